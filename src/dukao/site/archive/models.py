"""Documents as they came, and what was compiled from them."""

from django.db import models
from django.urls import reverse

from dukao.site.people.models import Place, User


class DocumentKind(models.TextChoices):
    """What a document is."""

    REPORT = "report", "政府工作报告"
    BREAKDOWN = "breakdown", "责任分解"


class Publicity(models.TextChoices):
    """公开属性: nothing is public unless somebody decided so."""

    INTERNAL = "internal", "内部（未定）"
    PUBLIC = "public", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Document(models.Model):
    """A file as it came. Its bytes lie under its sha256 outside the web root; its text is what was read."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="documents")
    kind = models.CharField("类别", max_length=10, choices=DocumentKind)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    name = models.CharField("文件名", max_length=200)
    title = models.CharField("标题", max_length=300, blank=True)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=80)
    encoding = models.CharField(max_length=20)
    size = models.PositiveBigIntegerField("字节")
    chars = models.PositiveIntegerField("字数")
    text = models.TextField()
    publicity = models.CharField("公开属性", max_length=10, choices=Publicity, default=Publicity.INTERNAL)
    publicity_reason = models.CharField("不予公开的理由", max_length=200, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    in_force_at = models.DateTimeField("印发时间", null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("place", "kind", "sha256"), name="a_document_is_kept_once"),
        )

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def is_draft(self) -> bool:
        """A breakdown not issued and not made public: its wording is the office's alone until then."""
        is_breakdown = self.kind == DocumentKind.BREAKDOWN
        return is_breakdown and self.in_force_at is None and self.publicity != Publicity.PUBLIC

    def get_absolute_url(self) -> str:
        """The document's page."""
        return reverse("archive:document", args=[self.pk])


class Compilation(models.Model):
    """What one version of the rules read from a document, as the public JSON (`dukao.report/1` …)."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="compilations")
    against = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    rules_version = models.CharField("规则版本", max_length=40)
    result = models.JSONField()
    # How many of each kind were read, so that a list need not load the results.
    counts = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.document_id} {self.rules_version}"

    @property
    def summary(self) -> str:
        """What was read, counted: 承诺 233 条，指标 312 个."""
        said = (
            ("commitments", "承诺 {} 条"),
            ("measures", "指标 {} 个"),
            ("tasks", "重点工作 {} 项"),
            ("livelihood", "民生实事 {} 项"),
        )
        return "，".join(words.format(self.counts[name]) for name, words in said if self.counts.get(name))


class Profile(models.Model):
    """What a place does when it writes a breakdown (`dukao.profile/1`), from one moment to another.

    `document` is where it was detected: its spans point there. What a person said of a trait stays when the
    next document is read.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.JSONField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-since", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("place",), condition=models.Q(until__isnull=True), name="one_profile_a_place"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_id} {self.since:%Y-%m-%d}"


class Attachment(models.Model):
    """A file kept for another room under its sha256, which says there what it is: no document of its own."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField("字节")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ("kept_at",)

    def __str__(self) -> str:
        return self.sha256
