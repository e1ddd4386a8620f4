"""Questions between rows: two names of one unit, one task under two leaders, one matter under two leads."""

import re
from collections.abc import Iterator

from dukao.breakdown.comparison.findings import names_item
from dukao.breakdown.values import Finding
from dukao.site.ledger.models import QuestionKind
from dukao.site.ledger.review.precedents import key_of, without_numbers
from dukao.site.ledger.review.question_drafts import (
    Draft,
    Item,
    Units,
    option,
    plain_difference,
    short,
    words_of,
)

_NAMES = re.compile(r"“(?P<short>[^”]+)”与“(?P<long>[^”]+)”")


class FindingAsker:
    """Turns the findings of a breakdown into questions; `counted` are contents whose figures a check asks."""

    def __init__(self, items: dict[str, Item], units: Units, counted: set[str]) -> None:
        self._items, self._units, self._counted = items, units, counted

    def drafts(self, finding: Finding) -> Iterator[Draft]:
        """The questions one finding raises; none where what the place knows answers it."""
        match finding.code:
            case "unit-alias":
                yield from self._alias(finding)
            case "two-leaders":
                yield self._two_leaders(finding)
            case "two-lead-units":
                yield from self._two_leads(finding)
            case "repeated-task":
                yield self._repeated(finding)
            case "item-left-out":
                yield self._left_out(finding)
            case "leader-from-above" | "units-from-above" | "leads-by-line":
                yield self._assumed(finding)
            case "allotted-figures" | "sentences-as-tasks":
                yield self._assumed(finding)
            case _:
                yield self._check(finding)

    def _alias(self, finding: Finding) -> Iterator[Draft]:
        found = _NAMES.search(finding.message)
        pair = (found["short"], found["long"]) if found else ("", "")
        known = [self._units[name] for name in pair if name in self._units]
        if not found or len({unit for unit, _ in known}) < len(known):
            return  # one unit already
        brief, full = pair
        count = {name: sum(name in _names_in(self._items[row]) for row in finding.items) for name in pair}
        message = (
            f"“{brief}”（{count[brief]} 行）和“{full}”（{count[full]} 行）像是同一个单位的两种写法，"
            "请核对；合并以后两个名称都能查到它。"
        )
        options = (
            option("same", f"同一单位，称“{full}”", name=full),
            option("same", f"同一单位，称“{brief}”", name=brief),
            option("apart", "是两个单位"),
        )
        facts = {"names": list(pair), "counts": count}
        # The same name with or without its level in front is plain; otherwise the fuller name is proposed.
        chosen, reason = full, f"“{full}”是较完整的写法"
        if full.endswith(brief) and count[brief] > 2 * count[full]:
            chosen, reason = brief, f"“{brief}”用得多"
        proposal = {"answer": "same", "name": chosen}
        yield Draft(
            QuestionKind.ALIAS, key_of(*pair), finding.items, message, options, facts, proposal, reason
        )

    def _two_leaders(self, finding: Finding) -> Draft:
        items = [self._items[row] for row in finding.items]
        text = words_of(items[0])
        led = [(item.id, "、".join(one.name for one in item.leaders) or "未写领导") for item in items]
        who = "和".join(f"{name}（{row}）" for row, name in led)
        options = (
            option("merge", "一项任务，两位领导共同牵头" if len(led) == 2 else "一项任务，几位领导共同牵头"),
            *(option("only", f"只由{name}牵头（{row}）", row=row) for row, name in led),
            option("apart", "是几项任务，各记各的", why=True),
        )
        return Draft(
            QuestionKind.TWO_LEADERS,
            key_of(without_numbers(text)),
            finding.items,
            f"“{short(text)}”同时列在{who}名下。",
            options,
            {"text": text},
            {"answer": "merge"},
            "文字相同，分解表把它列在几位领导名下",
        )

    def _two_leads(self, finding: Finding) -> Iterator[Draft]:
        items = [self._items[row] for row in finding.items]
        led = [(item, self._leads_of(item)) for item in items]
        if set(led[0][1]) & {one for _, leads in led[1:] for one in leads}:
            return  # one unit under two names it is known by
        choices = dict.fromkeys(one for _, leads in led for one in leads)
        said = "，".join(f"{item.id}由{'、'.join(n for n, _ in leads)}牵头" for item, leads in led)
        text = words_of(items[0])
        options = (
            *(option("lead", f"都由{name}牵头", unit=unit) for name, unit in choices),
            option("both", "是两件事，各自牵头", why=True),
        )
        key = key_of(without_numbers(text), *(name for name, _ in choices))
        message = f"“{short(text)}”：{said}。一件事只能有一个牵头单位，请明确。"
        facts = {"texts": {item.id: words_of(item) for item in items}}
        yield Draft(QuestionKind.TWO_LEADS, key, finding.items, message, options, facts)

    def _leads_of(self, item: Item) -> list[tuple[str, int]]:
        found = [self._units.get(u.name) for u in item.units if u.role == "lead" and not u.group]
        return [(name, unit) for unit, name in filter(None, found)]

    def _repeated(self, finding: Finding) -> Draft:
        items = [self._items[row] for row in finding.items]
        text = words_of(items[0])
        alike = len({tuple((u.name, u.role) for u in item.units) for item in items}) == 1
        options = (option("merge", "重复了，合为一项"), option("apart", "不是重复，各记各的", why=True))
        message = f"“{short(text)}”列了 {len(items)} 次（{'、'.join(finding.items)}），请确认是否重复。"
        return Draft(
            QuestionKind.REPEATED,
            key_of(without_numbers(text)),
            finding.items,
            message,
            options,
            {"text": text},
            {"answer": "merge"} if alike else None,
            "文字和单位都相同" if alike else "",
        )

    def _check(self, finding: Finding) -> Draft:
        items = [self._items[row] for row in finding.items]
        options = (
            option("both", "口径不同，都保留"),
            *(option("edit", f"改 {item.id}", needs="text", row=item.id) for item in items),
        )
        return Draft(
            QuestionKind.CHECK,
            key_of(finding.code, *(without_numbers(words_of(item)) for item in items)),
            finding.items,
            finding.message,
            options,
            {
                "code": finding.code,
                "texts": {item.id: words_of(item) for item in items},
                "differences": [
                    plain_difference(one)
                    for item in items
                    if item.id in self._counted
                    for one in item.differences
                ],
            },
            {"answer": "both"},
            "两处说法不同，多为统计范围不同；两个数都留着，填报时各报各的",
        )

    def _assumed(self, finding: Finding) -> Draft:
        """What only a place in a table, or a sentence, says: right as read, or put right row by row."""
        texts = {row: words_of(self._items[row]) for row in finding.items}
        options = (option("both", "读得对，照此"), option("fine", "不对，另在各行改正", why=True))
        reasons = {
            "allotted-figures": "数字所在的行、列写明了是哪个地方、哪项指标",
            "sentences-as-tasks": "题目或引语说是分工，通篇都把单位写在句前或句后",
        }
        reason = reasons.get(finding.code, "表格转存以后，合并单元格往往只有第一行还有字")
        return Draft(
            QuestionKind.CHECK,
            key_of(finding.code, *(without_numbers(text) for text in texts.values())),
            finding.items,
            finding.message,
            options,
            {"code": finding.code, "texts": texts},
            {"answer": "both"},
            reason,
        )

    def _left_out(self, finding: Finding) -> Draft:
        texts = {row: words_of(self._items[row]) for row in finding.items}
        found = re.search(r"“([^”]+)”", finding.message)
        words = found[1] if found else finding.message
        options = (
            option("row", "已由某一行承接", needs="row"),
            option("task", "增加一项任务", needs="task"),
            option("fine", "不单列", why=True),
        )
        facts = {"code": finding.code, "texts": texts, "words": words}
        key = key_of(finding.code, words)
        named = [row for row, text in texts.items() if names_item(text, words)]
        proposal, reason = None, ""
        if len(named) == 1:
            proposal = {"answer": "row", "row": named[0], "said": f"已由 {named[0]} 承接"}
            reason = f"{named[0]} 写到了它"
        return Draft(
            QuestionKind.CHECK, key, finding.items, finding.message, options, facts, proposal, reason
        )


def _names_in(item: Item) -> set[str]:
    names = {unit.name for unit in item.units if not unit.group}
    return names | {unit.office for unit in item.units if unit.office}
