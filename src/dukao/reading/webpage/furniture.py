"""What of a web page belongs to the site and not to the page: menus, breadcrumbs, footers, tools."""

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SILENT = frozenset(
    (  # noqa: SIM905
        "head script style noscript template iframe object embed svg canvas nav footer aside button input "
        "select textarea option audio video map link meta"
    ).split()
)
BLOCKS = frozenset(
    (  # noqa: SIM905
        "address article blockquote body caption center dd details div dl dt fieldset figcaption figure "
        "form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td "
        "tfoot th thead tr ul"
    ).split()
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu"})
# The words that classes and names of furniture are made of, as sites write them.
_WORDS = frozenset(
    (  # noqa: SIM905
        "nav navbar navi navigation menu menus submenu breadcrumb breadcrumbs crumb crumbs mbx dqwz dqwzlj "
        "weizhi position curpos location footer foot bottom copyright share sharebox bdsharebuttonbox "
        "sidebar toolbar tools tool search searchbox login pagination pager topbar top header logo banner "
        "friendlink links qrcode ewm print fontsize wza wzastyle accessibility related recommend prevnext"
    ).split()
)
_CUT = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CONTAINERS = frozenset(
    (  # noqa: SIM905
        "ul ol dl div table td section header form p tr center"
    ).split()
)
# No part with as much of the page's own words is furniture, whatever it is called.
_TOO_MUCH = 0.3
_MOSTLY = 0.6
_SEVERAL = 3
_BREADCRUMB = re.compile(
    r"(?:您?(?:当前|现在)?(?:的|所在)?位置|首页)\s*(?:是|在)?\s*[:：>＞»/]|^首页\s*[>＞»]"
)
_NOTICE = re.compile(
    r"ICP备|公网安备|网站标识码|网站地图|版权所有|^扫一扫|^分享到?[:：]?|打印本页|关闭窗口|^【?(?:打印|关闭|字体)"
    r"|^字[号体][:：]|^(?:上|下)一[篇条][:：]|^(?:浏览|访问|阅读)(?:次数|量)[:：]|^(?:适老|无障碍)(?:版|浏览)$|^返回顶部$"
)
_LONGEST_NOTICE = 160


class Weight(NamedTuple):
    """How many characters an element says outside links and inside, and in how many links."""

    own: int
    linked: int
    links: int
    stops: int


Weights = dict["Element", Weight]


def tag_of(element: "Element") -> str:
    """The name of an element in small letters; nothing for what is none."""
    tag = element.tag
    return tag.lower().rpartition("}")[2] if isinstance(tag, str) else ""


def weigh(root: "Element") -> Weights:
    """The weight of every element of a page, from the leaves up."""
    weights: Weights = {}
    for element in reversed([*root.iter()]):
        tag = tag_of(element)
        if tag in ("script", "style", ""):
            weights[element] = Weight(0, 0, 0, 0)
            continue
        words = "".join((element.text or "", *(inner.tail or "" for inner in element)))
        own, stops = len("".join(words.split())), words.count("。")
        inner = [weights[one] for one in element]
        own += sum(one.own for one in inner)
        linked, links = sum(one.linked for one in inner), sum(one.links for one in inner)
        if tag == "a" and own:
            own, linked, links = 0, linked + own, links + 1
        weights[element] = Weight(own, linked, links, stops + sum(one.stops for one in inner))
    return weights


def is_furniture(element: "Element", weights: Weights) -> bool:
    """Whether an element belongs to the site: hidden, named like furniture, or little but links."""
    if is_hidden(element):
        return True
    weight = weights[element]
    if weight.own > _TOO_MUCH * weights[element.getroottree().getroot()].own:
        return False
    if element.get("role") in _ROLES or _is_named_so(element):
        return True
    said = weight.own + weight.linked
    mostly_links = weight.links >= _SEVERAL and weight.linked > _MOSTLY * said and not weight.stops
    return mostly_links and tag_of(element) in _CONTAINERS


def is_hidden(element: "Element") -> bool:
    """Whether a page does not show an element until somebody asks for it, if ever."""
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _is_named_so(element: "Element") -> bool:
    if tag_of(element) not in BLOCKS or tag_of(element) in ("body", "html", "td", "tr", "tbody"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return not _WORDS.isdisjoint(word.lower() for word in _CUT.split(names) if word)


def is_notice(said: str) -> bool:
    """True for a paragraph that a site puts around every page: where one is, who runs it, how to print it."""
    if len(said) > _LONGEST_NOTICE:
        return False
    return bool(_BREADCRUMB.match(said) or _NOTICE.search(said))
