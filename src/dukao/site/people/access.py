"""The one predicate of who may see and do what. Rooms ask here; none decides by itself."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db.models import FilteredRelation, Q
from django.utils.timezone import localdate

from dukao.site.history.values import Actor
from dukao.site.people.errors import Refusal
from dukao.site.people.models import Membership, Role, Tenure, User
from dukao.site.refusals import Refused


class Act(StrEnum):
    """What one can want to do; the value is how a page says it."""

    SEE_LEDGER = "查看台账"
    SEE_COVERAGE = "查看承诺与分解的对照"
    SEE_DOCUMENTS = "查看文件"
    UPLOAD = "上传文件"
    REVIEW = "核对分解"
    ANSWER = "答复征求意见"
    SET_TASK = "设定任务的时限、清单和公开属性"
    AMEND = "拟补充通知"
    SIGN = "签发"
    EXPORT = "导出"
    IMPORT_WORKBOOK = "导入工作簿"
    ADOPT = "采用规则"
    KEEP_REGISTERS = "登记清单事项"
    ASSIGN = "交办和处理异议"
    ACCEPT_TASK = "签收任务或提出异议"
    SEE_PLANS = "查看推进方案"
    PLAN = "制定推进方案"
    RULE_PLAN = "审核推进方案"
    FILE = "填报进展"
    CONFIRM_FILING = "确认报送"
    RULE_FILING = "审核进展"
    SEE_ROUNDS = "查看各单位报送情况"
    PRESS = "拟督办单和通报"
    SEE_PRESS = "查看督办"
    SEE_MEETINGS = "查看督查会议"
    SEE_LIGHTS = "查看红黄绿灯"
    INSTRUCT = "作出批示"
    SEE_CLOSINGS = "查看办结和任务调整"
    APPLY_CLOSE = "申请办结"
    VERIFY = "核验办结"
    KEEP_UNITS = "维护单位、统称和职务"
    SEE_HISTORY = "查看历史记录"
    SEE_JOBS = "查看自动办理"
    KEEP_USERS = "管理账号"
    KEEP_ROLES = "授予角色"
    USE_API = "使用接口"


_OFFICE = frozenset({Role.CLERK, Role.HEAD})
_UNIT = frozenset({Role.LIAISON, Role.UNIT_HEAD})
_BUSINESS = _OFFICE | _UNIT | {Role.LEADER, Role.DEPUTY}

MATRIX: dict[Act, frozenset[Role]] = {
    Act.SEE_LEDGER: _BUSINESS,
    Act.SEE_COVERAGE: _OFFICE | {Role.LEADER},
    Act.SEE_DOCUMENTS: _OFFICE | _UNIT | {Role.LEADER},
    Act.UPLOAD: frozenset({Role.CLERK}),
    Act.REVIEW: _OFFICE,
    Act.ANSWER: _UNIT,
    Act.SET_TASK: frozenset({Role.CLERK}),
    Act.AMEND: frozenset({Role.CLERK}),
    Act.SIGN: frozenset({Role.HEAD}),
    Act.EXPORT: _BUSINESS,
    Act.IMPORT_WORKBOOK: frozenset({Role.CLERK}),
    Act.ADOPT: frozenset({Role.CLERK}),
    Act.KEEP_REGISTERS: frozenset({Role.CLERK}),
    Act.ASSIGN: frozenset({Role.CLERK}),
    Act.ACCEPT_TASK: _UNIT,
    Act.SEE_PLANS: _OFFICE | _UNIT | {Role.LEADER},
    Act.PLAN: _UNIT,
    Act.RULE_PLAN: _OFFICE,
    Act.FILE: _UNIT,
    Act.CONFIRM_FILING: frozenset({Role.UNIT_HEAD}),
    Act.RULE_FILING: frozenset({Role.CLERK}),
    Act.SEE_ROUNDS: _OFFICE,
    Act.PRESS: frozenset({Role.CLERK}),
    Act.SEE_PRESS: _OFFICE | _UNIT | {Role.LEADER},
    Act.SEE_MEETINGS: _OFFICE | {Role.LEADER},
    Act.SEE_LIGHTS: _OFFICE | _UNIT | {Role.LEADER},
    Act.INSTRUCT: frozenset({Role.LEADER}),
    Act.SEE_CLOSINGS: _OFFICE | _UNIT | {Role.LEADER},
    Act.APPLY_CLOSE: frozenset({Role.UNIT_HEAD}),
    Act.VERIFY: _OFFICE,
    Act.KEEP_UNITS: frozenset({Role.CLERK}),
    Act.SEE_HISTORY: frozenset({Role.AUDITOR}),
    Act.SEE_JOBS: _OFFICE | {Role.SYSTEM_ADMIN},
    Act.KEEP_USERS: frozenset({Role.SYSTEM_ADMIN}),
    Act.KEEP_ROLES: frozenset({Role.SECURITY_ADMIN}),
    Act.USE_API: _BUSINESS | {Role.AUDITOR},
}


class Reach(StrEnum):
    """Which tasks of the place somebody sees."""

    ALL = "all"  # drafts too
    ISSUED = "issued"  # every issued task
    OWN = "own"  # the issued tasks of one's unit or post
    PUBLIC = "public"  # issued and 主动公开
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, as far as rights go: computed once a request, handed to every query and action."""

    user_id: int
    username: str
    name: str
    place_id: int = 0  # 0: an administrator of the whole installation
    place_code: str = ""
    place_name: str = ""
    unit_id: int | None = None
    unit_name: str = ""
    group_ids: frozenset[int] = field(default_factory=frozenset)
    post_ids: frozenset[int] = field(default_factory=frozenset)
    is_head_of_government: bool = False
    roles: frozenset[Role] = field(default_factory=frozenset)

    @property
    def actor(self) -> Actor:
        """This person in the history."""
        return Actor(self.username, self.name, self.place_code)

    @property
    def own_unit(self) -> int:
        """The unit this person acts for; 0, which no unit has, for somebody of none."""
        return self.unit_id or 0

    @property
    def reach(self) -> Reach:
        """Which tasks this person sees: the widest of what the roles give."""
        if self.roles & _OFFICE:
            return Reach.ALL
        if Role.LEADER in self.roles and self.is_head_of_government:
            return Reach.ISSUED
        if self.roles & (_UNIT | {Role.LEADER}):
            return Reach.OWN
        return Reach.PUBLIC if Role.DEPUTY in self.roles else Reach.NONE

    @property
    def role_names(self) -> str:
        """The roles in words."""
        return "、".join(str(role.label) for role in Role if role in self.roles)


def may(viewer: Viewer, act: Act) -> bool:
    """Whether this person may do such a thing at all; which rows, `reach` and the rooms' `access` say."""
    return bool(viewer.roles & MATRIX[act])


def require(viewer: Viewer, *acts: Act) -> None:
    """Refuse whoever may do none of these; the sentence names the last."""
    if not any(may(viewer, act) for act in acts):
        raise Refused(Refusal.FORBIDDEN, status=403, act=acts[-1].value)


def viewer_of(user: User, at: datetime) -> Viewer:
    """The viewer a user is at a moment: roles not taken back, posts held and groups belonged to that day."""
    day = localdate(at)
    holds = Q(grants__since__lte=at) & (Q(grants__until__isnull=True) | Q(grants__until__gt=at))
    held = FilteredRelation("grants", condition=holds)
    # One query: a row for every role held, one without a role for somebody who holds none.
    facts = ("held__role", "place__code", "place__name", "unit__name")
    known = list(User.objects.filter(pk=user.pk).alias(held=held).values_list(*facts))
    roles = [row[0] for row in known if row[0]]
    _, place_code, place_name, unit_name = known[0]
    posts: list[tuple[int, bool]] = []
    groups: list[int] = []
    if user.person_id:
        tenures = Tenure.objects.on(day).filter(person_id=user.person_id)
        posts = list(tenures.values_list("post_id", "post__is_head"))
    if user.unit_id:
        memberships = Membership.objects.on(day).filter(unit_id=user.unit_id)
        groups = list(memberships.values_list("group_id", flat=True))
    return Viewer(
        user_id=user.pk,
        username=user.username,
        name=user.name,
        place_id=user.place_id or 0,
        place_code=place_code or "",
        place_name=place_name or "",
        unit_id=user.unit_id,
        unit_name=unit_name or "",
        group_ids=frozenset(groups),
        post_ids=frozenset(post for post, _ in posts),
        is_head_of_government=any(is_head for _, is_head in posts),
        roles=frozenset(Role(role) for role in roles),
    )
