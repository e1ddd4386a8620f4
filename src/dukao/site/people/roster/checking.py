"""Lines of a list held against what stands: the accounts they would make, and what is wrong."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from difflib import get_close_matches

from django.db.models.functions import Lower

from dukao.site.people.models import Unit, UnitName, User
from dukao.site.people.naming import LOGIN_NAME
from dukao.site.people.roster.lacking import role_of_wish
from dukao.site.people.roster.sheet import HEADS, Line
from dukao.site.people.shown import seal_of

_CLOSE = 0.45  # how alike names are that are proposed for an unknown one
_LONGEST = {"name": 40, "wish": 60}


@dataclass(frozen=True, slots=True)
class Made:
    """An account a line would make."""

    line: Line
    unit: Unit

    @property
    def role(self) -> str:
        """The role that its wish speaks of, in words; "" for none."""
        role = role_of_wish(self.line.wish)
        return str(role.label) if role else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that makes no account, and everything that is wrong with it."""

    line: Line
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """What a list would make, what it cannot, and how many lines name nobody."""

    made: tuple[Made, ...]
    faults: tuple[Fault, ...]
    blank: int

    @property
    def seal(self) -> str:
        """The same for the same accounts of the same units: what is made is what was shown."""
        said = [(one.unit.pk, *astuple(one.line)) for one in self.made]
        return seal_of(said)


def check_lines(place_id: int, lines: Sequence[Line]) -> Check:
    """What lines would make in a place; nothing is made yet."""
    named = [line for line in lines if not line.is_blank]
    desk = _Desk(place_id, named)
    made: list[Made] = []
    faults: list[Fault] = []
    for line in named:
        unit = desk.units.get(line.unit)
        wrong = desk.what_is_wrong(line)
        if unit and not wrong:
            made.append(Made(line, unit))
        else:
            faults.append(Fault(line, "；".join(wrong)))
    return Check(tuple(made), tuple(faults), len(lines) - len(named))


class _Desk:
    """What a check works with: the place's units by every name, the log-in names that are taken."""

    def __init__(self, place_id: int, lines: Sequence[Line]) -> None:
        names = UnitName.objects.filter(place_id=place_id, unit__until__isnull=True).select_related("unit")
        self.units: dict[str, Unit] = {one.name: one.unit for one in names}
        self.times = Counter(line.username.lower() for line in lines)
        lower = User.objects.annotate(lower=Lower("username")).filter(lower__in=list(self.times))
        self.taken = set(lower.values_list("lower", flat=True))

    def what_is_wrong(self, line: Line) -> list[str]:
        """Every fault of a line, in the order of its cells."""
        said = [f"{HEADS[name]}没有填写" for name in ("unit", "name", "username") if not getattr(line, name)]
        if line.unit and line.unit not in self.units:
            said.append(self._say_unknown(line.unit))
        said += [
            f"{HEADS[name]}超过 {most} 个字"
            for name, most in _LONGEST.items()
            if len(getattr(line, name)) > most
        ]
        return [*said, *self._faults_of_username(line.username)]

    def _faults_of_username(self, username: str) -> list[str]:
        if not username:
            return []
        if not LOGIN_NAME.fullmatch(username):
            return [f"登录名“{username[:40]}”只能用字母、数字、点、横线，2 到 40 个字符"]
        if username.lower() in self.taken:
            return [f"登录名“{username}”已经有人用了：请换一个"]
        times = self.times[username.lower()]
        if times > 1:
            return [f"登录名“{username}”在这份名单里出现了 {times} 次：一人一个，请改成不同的"]
        return []

    def _say_unknown(self, name: str) -> str:
        near = get_close_matches(name, self.units, n=6, cutoff=_CLOSE)
        units = list(dict.fromkeys(self.units[one].name for one in near))[:3]
        advice = f"名称相近的有{'、'.join(units)}" if units else "请照台账里的单位名称写"
        return f"没有“{name[:30]}”这个单位：{advice}"
