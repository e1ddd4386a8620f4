"""What of the ledger a page shows and how: every state of the page is an address."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

GROUPINGS = {"leader": "按领导", "unit": "按单位", "section": "按章节", "register": "按清单"}
SORTS = {"order": "文件次序", "deadline": "时限先后", "lead": "牵头单位", "text": "内容"}
COLUMNS = {
    "lead": "牵头单位",
    "others": "责任、配合单位",
    "leader": "牵头领导",
    "light": "进度",
    "deadline": "时限",
    "flags": "标记",
    "register": "清单",
    "section": "报告章节",
    "remark": "备注",
    "full": "任务全文",
}
DEFAULT_COLUMNS = ("lead", "others", "light", "deadline", "flags")
# What the tables of other pages show: no choice there; lights where they were asked for.
LIST_COLUMNS = {name: True for name in DEFAULT_COLUMNS if name != "light"}
LIT_COLUMNS = dict.fromkeys(DEFAULT_COLUMNS, True)
# The facets in the order they stand on the page.
FACETS = {
    "kind": "类别",
    "light": "进度",
    "lead": "牵头单位",
    "part": "责任、配合单位",
    "group": "统称",
    "leader": "牵头领导",
    "register": "五个重大清单",
    "number": "有数字",
    "remark": "有备注",
    "differs": "与报告不一致",
    "no_deadline": "分解未写时限",
    "shared": "两位领导牵头",
    "draft": "草稿",
}
FLAGS = ("number", "remark", "differs", "no_deadline", "shared", "draft")
_LONGEST = 60  # characters of a search


@dataclass(frozen=True, slots=True)
class Selection:
    """The state of a ledger page; `chosen` are the facets with something chosen, as the address has them."""

    by: str = "leader"
    sort: str = "order"
    q: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    as_of: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.chosen or self.q)

    @property
    def terms(self) -> list[str]:
        """The words searched for, each of which must be found."""
        return self.q.split()

    def toggled(self, facet: str, value: str) -> "Selection":
        """This state with one value of a facet on that was off, or off that was on."""
        had = self.chosen.get(facet, ())
        now = tuple(one for one in had if one != value) if value in had else (*had, value)
        chosen = {name: values for name, values in self.chosen.items() if name != facet}
        if now:
            chosen[facet] = now
        return replace(self, chosen=chosen)

    def without(self, *names: str) -> "Selection":
        """This state with some parts as they are by themselves: `chosen`, `q`, `columns`."""
        plain = Selection()
        changes = {name: getattr(plain, name) for name in names}
        return replace(self, **changes)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The address as names and values, nothing said that holds by itself."""
        if self.by != "leader":
            yield "by", self.by
        if self.q:
            yield "q", self.q
        for name in FACETS:
            for value in self.chosen.get(name, ()):
                yield name, value
        if self.sort != "order":
            yield "sort", self.sort
        if self.columns != DEFAULT_COLUMNS:
            for column in self.columns or ("none",):
                yield "cols", column
        if self.as_of:
            yield "as_of", self.as_of

    def pairs_but(self, *names: str) -> list[tuple[str, str]]:
        """The pairs a form carries along besides its own fields."""
        return [(name, value) for name, value in self.pairs() if name not in names]

    @property
    def query(self) -> str:
        """The query string, `?` alone for the plain page."""
        return f"?{urlencode(list(self.pairs()))}"


def read_selection(query: QueryDict, as_of: str = "") -> Selection:
    """The state an address asks for; what it asks for that does not exist is left out."""
    chosen = {}
    for name in FACETS:
        values = tuple(dict.fromkeys(value[:20] for value in query.getlist(name) if value))
        if values:
            chosen[name] = values
    columns = tuple(one for one in COLUMNS if one in query.getlist("cols"))
    return Selection(
        by=_known(query.get("by"), GROUPINGS, "leader"),
        sort=_known(query.get("sort"), SORTS, "order"),
        q=" ".join((query.get("q") or "").split())[:_LONGEST],
        chosen=chosen,
        columns=columns if "cols" in query else DEFAULT_COLUMNS,
        as_of=as_of,
    )


def _known(said: str | None, among: dict[str, str], otherwise: str) -> str:
    return said if said in among else otherwise
