"""Places, units, groups and posts with their periods; users, their roles and tokens."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from dukao.site.people.dated import Dated


class Level(models.TextChoices):
    """How high a place stands."""

    NATION = "nation", "国家"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


class Place(models.Model):
    """A place with a government: code of GB/T 2260, name, level and the place it belongs to."""

    code = models.CharField("行政区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=40)
    level = models.CharField("层级", max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    office = models.CharField("办公室全称", max_length=80, blank=True)
    letters = models.CharField("发文代字", max_length=20, blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class UnitKind(models.TextChoices):
    """What a unit is. Partners are asked, never pressed, lit or scored."""

    DEPARTMENT = "department", "政府部门"
    TOWNSHIP = "township", "街道乡镇"
    VERTICAL = "vertical", "垂直管理机构"
    INSTITUTION = "institution", "事业单位"
    COMPANY = "company", "国有企业"
    TASK_FORCE = "task_force", "专班指挥部"
    MASS = "mass", "群团组织"
    PARTY = "party", "党委机构"
    COURT = "court", "法院检察院"
    MILITARY = "military", "军事机关"
    OTHER = "other", "其他"


PARTNERS = (UnitKind.PARTY, UnitKind.COURT, UnitKind.MILITARY)


class Unit(Dated):
    """A unit that answers for tasks, from its founding to its end; `name` is how papers call it."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="units")
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=UnitKind)
    order = models.PositiveIntegerField("次序", default=0)

    class Meta:
        ordering = ("order", "id")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("place", "name"), condition=Q(until__isnull=True), name="one_unit_by_name"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_partner(self) -> bool:
        """Party bodies, courts and the military: asked by 商请函, never pressed, lit or scored."""
        return self.kind in PARTNERS


class FormerUnit(models.Model):
    """What a unit was called, and of which kind it was, until a moment."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="former")
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=UnitKind)
    until = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """Every name a unit goes by, its own included; a name belongs to one unit of a place."""

    place = models.ForeignKey(Place, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    name = models.CharField("名称", max_length=60)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("place", "name"), name="a_name_means_one_unit"),)

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """An office inside a unit or hung onto it, written in brackets: 区发改局（区六重办）."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offices")
    name = models.CharField("名称", max_length=60)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("unit", "name"), name="one_office_by_name"),)

    def __str__(self) -> str:
        return self.name


class UnitGroup(models.Model):
    """Units under one name: 各街镇 has dated members; 相关街镇 are named by the lead unit task by task.

    `is_proposed` while the members are those the program found in the papers and nobody has looked at them.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="groups")
    name = models.CharField("名称", max_length=40)
    is_chosen = models.BooleanField("逐项指定", default=False)
    is_proposed = models.BooleanField("名单待核对", default=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("place", "name"), name="one_group_by_name"),)

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    """A unit in a group for a period."""

    group = models.ForeignKey(UnitGroup, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")

    class Meta(Dated.Meta):
        ordering = ("unit__order", "id")

    def __str__(self) -> str:
        return f"{self.group} {self.unit}"


class Person(models.Model):
    """Somebody who holds posts; people come and go, responsibility stays with the post."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="persons")
    name = models.CharField("姓名", max_length=40)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


# What a post is called while only its holder is known.
UNNAMED_POST = "领导"


class Post(models.Model):
    """A post whose holder leads tasks: 常委、常务副区长; `is_head` for who is responsible for the whole."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=60)
    order = models.PositiveIntegerField("次序", default=0)
    is_head = models.BooleanField("总负责", default=False)

    class Meta:
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.title


class Tenure(Dated):
    """A person in a post for a period."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")

    class Meta(Dated.Meta):
        ordering = ("-since", "-id")

    def __str__(self) -> str:
        return f"{self.person} {self.post}"


class UserManager(BaseUserManager["User"]):
    """Finds users for log-in; they are made by the actions of this room."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user of a log-in name."""
        return self.get(username=username)


class User(AbstractBaseUser):
    """Somebody who logs in; what they may do hangs on their grants, not on a flag."""

    username = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="users")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="users")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="users")
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须改密码", default=True)
    # Of who made the account, for who gives the roles; itself it gives none.
    wish = models.CharField("职务说明/拟任角色", max_length=60, blank=True, default="")
    secret_until = models.DateTimeField("一次性口令有效期", null=True, blank=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"

    def has_expired_secret(self, at: datetime) -> bool:
        """Whether the account stands on a one-time secret nobody used in time."""
        return self.must_change_password and self.secret_until is not None and self.secret_until <= at


class Role(models.TextChoices):
    """What somebody is here for. The three administrators are three people (三员分立)."""

    CLERK = "clerk", "督查室经办"
    HEAD = "head", "办公室负责人"
    LIAISON = "liaison", "单位联络员"
    UNIT_HEAD = "unit_head", "单位负责人"
    LEADER = "leader", "领导"
    DEPUTY = "deputy", "人大代表"
    AUDITOR = "auditor", "审计管理员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"


ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)


class Grant(models.Model):
    """A role given to a user, from a moment until it was taken back."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField("角色", max_length=16, choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role"), condition=Q(until__isnull=True), name="a_role_is_given_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class ApiToken(models.Model):
    """A key to the read API: only its sha256 is kept; it sees what its user sees."""

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name
