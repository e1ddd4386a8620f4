"""The chain of what was done, what each action was done to, and when the chain was proved."""

from django.db import models


class Chain(models.Model):
    """The end of the chain: one row, locked by whoever appends. A chain cut short no longer meets it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_chain"),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest[:12]}"


class Entry(models.Model):
    """One action: who did what to what, when and why.

    `content` is the canonical JSON that was hashed, with before and after; `digest` is the sha256 of the
    previous digest and the content. The other columns repeat the content for asking; `dukao verify` compares.
    The database refuses to change or delete a row (`protection`).
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150, db_index=True)
    actor_name = models.CharField(max_length=80)
    place = models.CharField(max_length=12, blank=True)
    action = models.CharField(max_length=60, db_index=True)
    label = models.CharField(max_length=60)
    why = models.TextField(blank=True)
    content = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-sequence",)
        indexes = (models.Index(fields=("place", "-sequence"), name="entry_by_place"),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.label}"


class Subject(models.Model):
    """One thing an entry is about: `kind` is a noun of a room (`task`), `key` its id there."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="subjects")
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=60)

    class Meta:
        indexes = (models.Index(fields=("kind", "key"), name="subject_by_thing"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Verification(models.Model):
    """One walk along the chain: who asked, how far it held, where it broke. Added to, never changed."""

    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    entries = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    broken = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.entries}"

    @property
    def holds(self) -> bool:
        """Whether the whole chain was as it was written."""
        return self.broken is None
