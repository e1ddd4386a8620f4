"""报送: whether a task's lead filed for the rounds that were due: on time, late or not at all."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from dukao.progress.figures import say_month_day
from dukao.progress.values import Judgement, Light


class Asked(NamedTuple):
    """One round a lead unit was asked for, and what it did, as known at the moment of judging.

    `filed` is when its filing first became the unit's word; of a round that does not decide it is enough to
    say that it did (`was_filed`). `returned_due` is the day by which a filing that was sent back is to be
    sent again, None where none waits.
    """

    label: str
    due: datetime
    filed: datetime | None
    unit: str = ""
    returned_due: date | None = None
    returned_why: str = ""
    was_filed: bool = False

    @property
    def is_filed(self) -> bool:
        """Whether anything was filed, whenever."""
        return self.was_filed or self.filed is not None


def judge_filing(asked: Iterable[Asked], now: datetime, rule: str = "") -> Judgement:
    """Green: the last round that was due was filed on time; yellow: late, or sent back and not sent again in
    time; red: not filed. Where two lead, the worse of both.

    `now` and the limits bear the place's time zone; `rule` names the cadence.
    """
    every = sorted(asked, key=lambda one: one.due)
    due = [one for one in every if one.due <= now]
    if not every:
        return Judgement(Light.UNKNOWN, "还没有要求报送，暂不可判", rule, day=now.date())
    if not due:
        return _judge_coming(every, now, rule)
    last = [one for one in due if one.due == due[-1].due]
    judged = min((_judge_one(one, now, len(last) > 1) for one in last), key=lambda pair: pair[0].rank)
    light, words = judged
    missed = trailing_unfiled(due, now)
    if light is Light.RED and missed > 1:
        words += f"，连续{missed}期未报"
    elif earlier := _earlier_gaps(due):
        words += f"；此前缺报{len(earlier)}期（{'、'.join(earlier)}）"
    tail = f"（{rule}）" if rule else ""
    return Judgement(light, f"{light.colour}：{words}{tail}", rule, day=now.date())


def trailing_unfiled(asked: Iterable[Asked], now: datetime) -> int:
    """For how many rounds in a row, up to the last that was due, nobody who leads has filed anything."""
    due = [one for one in asked if one.due <= now]
    last = max((one.due for one in due if one.is_filed), default=None)
    return len({one.due for one in due if last is None or one.due > last})


def _judge_coming(every: Sequence[Asked], now: datetime, rule: str) -> Judgement:
    first = every[0]
    if all(one.filed for one in every if one.due == first.due):
        words = f"{first.label}的报送{_say(first.due)}截止，{say_month_day(_filed_on(first))}已报"
        return Judgement(Light.GREEN, f"绿：{words}", rule, day=now.date())
    words = f"{first.label}的报送{_say(first.due)}截止，还没有到期"
    return Judgement(Light.UNKNOWN, words, rule, day=now.date())


def _judge_one(one: Asked, now: datetime, names: bool) -> tuple[Light, str]:
    who = f"{one.unit}" if names and one.unit else ""
    begin = f"{one.label}应于{_say(one.due)}前报送，"
    if one.filed is None:
        return Light.RED, f"{begin}{who}没有报，已逾期{_days_late(one.due, now)}天"
    if one.returned_due and one.returned_due < now.date():
        said = f"，应于{say_month_day(one.returned_due)}前补报，还没有补"
        return Light.YELLOW, f"{one.label}的报送被退回{f'（{who}）' if who else ''}{said}"
    if one.filed > one.due:
        late = _days_late(one.due, one.filed.astimezone(one.due.tzinfo))
        return Light.YELLOW, f"{begin}{who}{say_month_day(_filed_on(one))}才报，迟报{late}天"
    return Light.GREEN, f"{begin}{who}{say_month_day(_filed_on(one))}已报"


def _filed_on(one: Asked) -> date:
    """The day something was filed, by the clock its limit is told by."""
    assert one.filed is not None
    return one.filed.astimezone(one.due.tzinfo).date()


def _earlier_gaps(due: Sequence[Asked]) -> list[str]:
    """The labels of rounds before the last that somebody who leads never filed for."""
    return list(dict.fromkeys(one.label for one in due if one.due < due[-1].due and not one.is_filed))


def _days_late(due: datetime, at: datetime) -> int:
    """Calendar days past a limit, at least one: an hour late is a day late."""
    return max((at.date() - due.date()).days, 1)


def _say(due: datetime) -> str:
    return f"{say_month_day(due)}{due.hour}时" if due.minute == 0 else f"{say_month_day(due)}{due:%H:%M}"
