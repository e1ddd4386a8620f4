"""The naive evaluator: a second opinion on every light and notice of a year, from plain facts alone.

Written from the words of the presets and of the practice, not from the program: it imports nothing of it,
looks at one task on one day at a time, and keeps nothing. `facts.py` says what the facts look like.
"""

from datetime import date, datetime, time, timedelta, timezone
from typing import Any

BEIJING = timezone(timedelta(hours=8))
GREEN, YELLOW, RED = "green", "yellow", "red"
BLOCKED, UNKNOWN, UNDATED, NONE = "blocked", "unknown", "undated", "none"
BAD = (YELLOW, RED)
WORST_FIRST = (RED, YELLOW, BLOCKED, UNKNOWN, UNDATED, GREEN, NONE)
TINY = 1e-7
Facts = dict[str, Any]


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time.max, BEIJING)


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(BEIJING) if text else None


def sooner(text: str) -> datetime:
    """What moments are put in order by."""
    return datetime.fromisoformat(text)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def happened(text: str | None, by: datetime) -> bool:
    """Whether something with this moment had happened by another."""
    at = moment(text)
    return at is not None and at <= by


def stands(row: Facts, at: datetime) -> bool:
    """Whether a row with a period stood at a moment."""
    return happened(row["since"], at) and not happened(row["until"], at)


# --- what was known of a task ---


def plan_at(task: Facts, at: datetime) -> Facts | None:
    return next((plan for plan in task["plans"] if stands(plan, at)), None)


def leads_at(task: Facts, at: datetime) -> list[Facts]:
    return [lead for lead in task["leads"] if stands(lead, at)]


def taken_filings(task: Facts, at: datetime) -> list[Facts]:
    """The filings the office had taken by a moment, in the order it took them."""
    led = [one for one in task["filings"] if one["lead"]]
    taken = [one for one in led if one["stage"] == "accepted" and happened(one["ruled_at"], at)]
    return sorted(taken, key=lambda one: (moment(one["ruled_at"]), one["id"]))


def last_closing(task: Facts, at: datetime) -> Facts | None:
    """The latest application to close that was not withdrawn by a moment."""
    found = None
    for one in task["closings"]:
        gone = one["stage"] == "withdrawn" and (
            one["returned_at"] is None or happened(one["returned_at"], at)
        )
        if happened(one["applied_at"], at) and not gone:
            found = one
    return found


def is_closed(closing: Facts | None, at: datetime) -> bool:
    return (
        closing is not None
        and happened(closing["closed_at"], at)
        and not happened(closing["reopened_at"], at)
    )


def rule_for(facts: Facts, what: str, on: date) -> Facts:
    """The rule of lights for a kind of plan on a day; milestones and limits go by days, figures never do."""
    by_days = what == "milestones"
    code = None
    for scope in (what, ""):
        for one in facts["adopted"]:
            begun = day(one["since"])
            over = day(one["until"])
            holds = begun is not None and begun <= on and (over is None or on < over)
            if code is None and one["subject"] == "lights" and one["scope"] == scope and holds:
                code = one["preset"]
    rules: Facts = facts["rules"]["lights"]
    if code is None or (rules[code]["mode"] == "days") != by_days:
        code = "haikou-node" if by_days else "yinchuan"
    rule: Facts = rules[code]
    return rule


# --- progress ---


def points_of(facts: Facts, plan: Facts, limit: date | None) -> tuple[list[tuple[date, float]], bool]:
    """A plan's own points, or those of its curve in the year, drawn together to an earlier limit."""
    preset = facts["rules"]["curves"].get(plan["curve"])
    if plan["points"]:
        is_step = preset is None or preset["shape"] == "step"
        return [(date.fromisoformat(on), share) for on, share in plan["points"]], is_step
    if preset is None:
        return [], True
    year = facts["year"]
    points = []
    for month, last, share in preset["points"]:
        if month == 2 and last == 29 and year % 4:
            last = 28
        points.append((date(year, month, last), share))
    if limit is not None and limit < points[-1][0]:
        first = date(year, 1, 1)
        whole = (points[-1][0] - first).days
        short = (limit - first).days
        points = [
            (first + timedelta(days=round((on - first).days * short / whole)), share) for on, share in points
        ]
    return points, preset["shape"] == "step"


def owed(points: list[tuple[date, float]], on: date, is_step: bool) -> float:
    """The share owed on a day."""
    before = (date(points[0][0].year, 1, 1), 0.0)
    for point in points:
        if point[0] > on:
            if is_step:
                return before[1]
            part = (on - before[0]).days / max((point[0] - before[0]).days, 1)
            return before[1] + (point[1] - before[1]) * part
        before = point
    return before[1]


def figures(task: Facts, plan: Facts, known: datetime, on: date) -> list[tuple[date, datetime, str, float]]:
    """The figures of the plan's number taken by then: true on, taken at, by whom, value."""
    found = []
    for one in taken_filings(task, known):
        mine = [
            value for name, value, unit in one["values"] if unit == plan["unit"] and name == plan["indicator"]
        ]
        alike = [value for _, value, unit in one["values"] if unit == plan["unit"]]
        value = (mine or alike or [None])[0]
        true_on, ruled = day(one["true_on"]), moment(one["ruled_at"])
        if value is not None and true_on and true_on <= on and ruled:
            found.append((true_on, ruled, one["unit"], value))
    return found


def deciding(found: list[tuple[date, datetime, str, float]], low_is_good: bool) -> tuple[date, float]:
    """The figure that counts: of the latest day; each lead's last word; where they differ, the worse."""
    last = max(one[0] for one in found)
    said: dict[str, float] = {}
    # Of two words taken on one day the later one counts as well.
    for _, _, unit, value in sorted((one for one in found if one[0] == last), key=lambda one: one[1]):
        said[unit] = value
    return last, (max if low_is_good else min)(said.values())


def steps_done(task: Facts, known: datetime) -> dict[str, date]:
    done = {}
    for one in taken_filings(task, known):
        for name, on in one["steps"]:
            done[name] = date.fromisoformat(on)
    return done


def limit_of(task: Facts, plan: Facts | None) -> date | None:
    """By when a task is to be done: the plan says, else the ledger, else the last step."""
    said = day(plan["deadline"]) if plan else None
    if said is None:
        said = day(task["deadline"])
    if said is None and plan and plan["kind"] == "milestones" and plan["steps"]:
        said = max(date.fromisoformat(due) for _, due in plan["steps"])
    return said


def percent(share: float) -> str:
    """A share as people write it: 52%, 55.6%."""
    rounded = round(share * 100, 1)
    return f"{rounded:,.0f}%" if rounded == int(rounded) else f"{rounded:,.1f}%"


class Opinion:
    """A light, pieces its reason must say, and whether it is done late."""

    def __init__(self, light: str, *says: str, late: bool = False) -> None:
        self.light, self.says, self.late = light, says, late

    def __repr__(self) -> str:
        return f"{self.light} {self.says} {'late' if self.late else ''}"


def progress(facts: Facts, task: Facts, on: date, known: datetime) -> Opinion:
    """The light of progress at the end of a day, from what was on record by `known`."""
    if any(stands(one, known) for one in task["standings"]):
        return Opinion(NONE, "不计入进度")
    leads = leads_at(task, known)
    if leads and all(one["partner"] for one in leads):
        return Opinion(NONE, "商请函")
    if not happened(task["issued_at"], known):
        return Opinion(UNKNOWN)
    plan = plan_at(task, known)
    limit = limit_of(task, plan)
    closing = last_closing(task, known)
    if closing and is_closed(closing, end_of(on)):
        done = date.fromisoformat(closing["done_on"])
        if limit and done > limit:
            return Opinion(GREEN, f"逾期{(done - limit).days}天完成", late=True)
        return Opinion(GREEN, "按时完成" if limit else "不算按时")
    last_words: dict[str, bool] = {one["unit"]: one["blocked"] for one in taken_filings(task, known)}
    of_leads = [last_words[lead["unit"]] for lead in leads if lead["unit"] in last_words]
    if any(of_leads or last_words.values()):
        return Opinion(BLOCKED, "受阻")
    if plan is None:
        return by_limit(facts, Opinion(UNKNOWN, "还没有推进方案"), limit, on)
    kind = plan["kind"]
    if kind == "cumulative":
        return count_up(facts, task, plan, limit, on, known)
    if kind == "stock":
        return go_from(facts, task, plan, limit, on, known)
    if kind == "milestones":
        return go_by_steps(facts, task, plan, limit, on, known)
    return hold(facts, task, plan, on, known)


def by_limit(facts: Facts, opinion: Opinion, limit: date | None, on: date) -> Opinion:
    """An unfinished task against its own day: overdue is never green; without a day never on time."""
    if limit is None:
        return Opinion(UNDATED, "不算按时") if opinion.light == GREEN else opinion
    rule = rule_for(facts, "milestones", on)
    overdue = (on - limit).days
    if overdue > 0:
        light = RED if overdue > rule["red"] else YELLOW
        said = Opinion(light, f"已逾期{overdue}天")
    elif rule.get("warns_days", 0) and -overdue <= rule["warns_days"]:
        said = Opinion(YELLOW, f"还剩{-overdue}天")
    else:
        return opinion
    return min((opinion, said), key=lambda one: WORST_FIRST.index(one.light))


def count_up(
    facts: Facts, task: Facts, plan: Facts, limit: date | None, on: date, known: datetime
) -> Opinion:
    """A number that grows: what was reached against what the curve asks."""
    drawn_to = day(plan["deadline"]) or day(task["deadline"])
    points, is_step = points_of(facts, plan, drawn_to)
    if not points:
        return by_limit(facts, Opinion(UNKNOWN), limit, on)
    found = figures(task, plan, known, on)
    value = deciding(found, False)[1] if found else None
    share = owed(points, on, is_step)
    if share <= 0:
        said = Opinion(UNKNOWN, "尚未到期")
    elif value is None:
        said = Opinion(UNKNOWN, f"应达{percent(share)}", "还没有报过数")
    else:
        said = weigh(rule_for(facts, "cumulative", on), share, value / plan["target"])
    if value is not None and value >= plan["target"]:
        reached = min(one[0] for one in found if one[3] >= plan["target"])
        return finished(said, reached, limit)
    return by_limit(facts, said, limit, on)


def go_from(facts: Facts, task: Facts, plan: Facts, limit: date | None, on: date, known: datetime) -> Opinion:
    """What stood already when the year began: how much of the way from there to the target is gone.

    Where the plan does not say what stood, the first figure does, and nothing is owed for the days before it.
    """
    points, is_step = points_of(facts, plan, day(plan["deadline"]) or day(task["deadline"]))
    found = figures(task, plan, known, on) if points else []
    if not found:
        return by_limit(facts, Opinion(UNKNOWN), limit, on)
    target, begin, first = plan["target"], plan["base"], min(one[0] for one in found)
    is_told = begin is not None
    if not is_told:
        said_last = {unit: v for on, _, unit, v in sorted(found, key=lambda one: one[1]) if on == first}
        begin = min(said_last.values())
    falls = begin > target if is_told else (plan["op"] in ("<", "<=") or target <= 0)
    if not is_told and begin > target and plan["op"] not in (">", ">="):
        return by_limit(facts, Opinion(UNKNOWN, "没有填年初数", "补填年初数"), limit, on)
    last, value = deciding(found, falls)
    there = [one[0] for one in found if (one[3] <= target if falls else one[3] >= target)]
    if value <= target if falls else value >= target:
        return finished(Opinion(GREEN), min(there), limit)
    rule = rule_for(facts, "stock", on)
    if begin == target or (not is_told and (begin <= target if falls else begin > target)):
        off = value - target if falls else target - value
        return by_limit(facts, missed(rule, off, target, value, plan["unit"]), limit, on)
    if not is_told and last == first:
        return by_limit(facts, Opinion(UNKNOWN, "还没有报过以后的数"), limit, on)
    share = owed(points, on, is_step)
    if not is_told:
        # On a line, be the curve stairs: who first files just before a step has most of it behind it.
        before = owed(points, first, False) if first.year == facts["year"] else 0.0
        share = (share - before) / (1 - before) if before < 1 else 1.0
    if share <= 0:
        return by_limit(facts, Opinion(UNKNOWN, "尚未到期"), limit, on)
    gone = (value - begin) / (target - begin)
    said = weigh(rule, share, gone)
    numbers = (f"{'减' if falls else '增'}量的{percent(share)}", f"（{percent(gone)}）")
    return by_limit(facts, Opinion(said.light, *numbers, *said.says[2:]), limit, on)


def missed(rule: Facts, off: float, target: float, value: float, unit: str) -> Opinion:
    """A level that is not held: how far off it is."""
    if rule["mode"] == "points":
        far = off if unit in ("%", "‰", "个百分点") else off / abs(target or 1) * 100
        return Opinion(RED if far > rule["red"] + TINY else YELLOW)
    ratio = min(value, target) / max(value, target)
    return Opinion(RED if ratio < rule["red"] - TINY else YELLOW)


def finished(said: Opinion, done: date, limit: date | None) -> Opinion:
    """What reached its target: late for good where it came after its day."""
    if limit is None:
        return Opinion(UNDATED, "不算按时") if said.light == GREEN else said
    if done > limit:
        return Opinion(GREEN, f"逾期{(done - limit).days}天", late=True)
    return said


def weigh(rule: Facts, share: float, reached: float) -> Opinion:
    """The light of a share reached against the share owed."""
    numbers = (f"应达{percent(share)}", f"实际{percent(reached)}")
    if reached >= share - TINY / 100:
        return Opinion(GREEN, *numbers)
    if rule["mode"] == "ratio":
        ratio = reached / share
        light = RED if ratio < rule["red"] - TINY else YELLOW if ratio < rule["yellow"] - TINY else GREEN
        return Opinion(light, *numbers, f"应达数的{percent(ratio)}")
    gap = (share - reached) * 100
    light = RED if gap > rule["red"] + TINY else YELLOW if gap >= rule["yellow"] - TINY else GREEN
    return Opinion(light, *numbers, f"差{percent(gap / 100)[:-1]}个百分点")


def go_by_steps(
    facts: Facts, task: Facts, plan: Facts, limit: date | None, on: date, known: datetime
) -> Opinion:
    """Work by steps: the step that is longest overdue decides."""
    rule = rule_for(facts, "milestones", on)
    done = {name: when for name, when in steps_done(task, known).items() if when <= on}
    steps = [(name, date.fromisoformat(due)) for name, due in plan["steps"]]
    open_ = [(due, name) for name, due in steps if name not in done]
    if steps and not open_:
        said = Opinion(GREEN, f"全部{len(steps)}个节点已完成")
        return finished(said, max(done[name] for name, _ in steps), limit)
    overdue = [one for one in open_ if one[0] < on]
    if not steps:
        said = Opinion(UNKNOWN)
    elif overdue:
        due, name = min(overdue, key=lambda one: one[0])
        late = (on - due).days
        said = Opinion(RED if late > rule["red"] else YELLOW, f"“{name}”", f"已逾期{late}天")
    else:
        due, name = min(open_, key=lambda one: one[0])
        warns = rule.get("warns_days", 0)
        said = Opinion(YELLOW if warns and (due - on).days <= warns else GREEN, f"“{name}”")
    return by_limit(facts, said, limit, on)


def hold(facts: Facts, task: Facts, plan: Facts, on: date, known: datetime) -> Opinion:
    """A figure that is held, kept under, or published by quarters."""
    low_is_good = plan["kind"] == "ceiling" or (plan["kind"] == "statistic" and plan["op"] in ("<", "<="))
    found = figures(task, plan, known, on)
    if plan["kind"] == "statistic":
        year = facts["year"]
        quarters = [date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31)]
        out = [one for one in quarters if one + timedelta(days=plan["delay"]) <= on]
        found = [one for one in found if one[0] in quarters]
        if not out:
            return Opinion(UNKNOWN, "公布")
        if not any(one[0] >= out[-1] for one in found):
            return Opinion(UNKNOWN, f"{out[-1].month}月{out[-1].day}日的统计数还没有报")
    if not found:
        return Opinion(UNKNOWN, "还没有报过数")
    last, value = deciding(found, low_is_good)
    target, unit = plan["target"], plan["unit"]
    if plan["kind"] == "statistic" and plan["curve"] and not low_is_good:
        # What a year's amount is so far, against what is owed by the end of the period it is for.
        points, is_step = points_of(facts, plan, day(plan["deadline"]) or day(task["deadline"]))
        return weigh(rule_for(facts, "statistic", on), owed(points, last, is_step), value / target)
    off = value - target if low_is_good else target - value
    if off <= TINY / 100:
        return Opinion(GREEN)
    return missed(rule_for(facts, plan["kind"], on), off, target, value, unit)


# --- filing and verification ---


def filed_at(one: Facts, known: datetime) -> datetime | None:
    """When a filing became its unit's word, as known at a moment."""
    if happened(one["filed_at"], known):
        return moment(one["filed_at"])
    for recall in one["recalls"]:
        if happened(recall["confirmed_at"], known) and not happened(recall["recalled_at"], known):
            return moment(recall["confirmed_at"])
    return None


def asked_rounds(facts: Facts, task: Facts, known: datetime) -> list[tuple[Facts, Facts]]:
    """What the leads of a task were asked by a moment: round, filing."""
    rounds = {one["id"]: one for one in facts["rounds"]}
    asked = [
        (rounds[one["round"]], one | {"unit": hand["unit"]})
        for one in task["filings"]
        for hand in one["asked"]
        if hand["lead"]
        and (hand["since"] is None or happened(hand["since"], known))
        and not happened(hand["until"], known)
    ]
    return [(round_, one) for round_, one in asked if happened(round_["opened_at"], known)]


def waits_for(one: Facts, known: datetime) -> Facts | None:
    """The return of a filing that was not answered by a moment."""
    for back in one["returns"]:
        if happened(back["returned_at"], known) and not happened(back["answered_at"], known):
            found: Facts = back
            return found
    return None


def is_dark(facts: Facts, task: Facts, known: datetime) -> bool:
    leads = leads_at(task, known)
    return any(stands(one, known) for one in task["standings"]) or (
        bool(leads) and all(one["partner"] for one in leads)
    )


def filing(facts: Facts, task: Facts, known: datetime) -> str:
    """The light of filing: the last round that was due, the worst of its leads."""
    if is_dark(facts, task, known):
        return NONE
    asked = asked_rounds(facts, task, known)
    if not asked:
        return UNKNOWN
    due = sorted({one["due_at"] for one, _ in asked if happened(one["due_at"], known)}, key=sooner)
    if not due:
        first = min((one["due_at"] for one, _ in asked), key=sooner)
        everybody = all(filed_at(one, known) for round_, one in asked if round_["due_at"] == first)
        return GREEN if everybody else UNKNOWN
    lights = []
    for round_, one in asked:
        if round_["due_at"] != due[-1]:
            continue
        filed, limit, back = filed_at(one, known), moment(due[-1]), waits_for(one, known)
        assert limit
        if filed is None:
            lights.append(RED)
        elif back and date.fromisoformat(back["due"]) < known.date():
            lights.append(YELLOW)
        else:
            lights.append(YELLOW if filed > limit else GREEN)
    return min(lights, key=WORST_FIRST.index)


def verification(facts: Facts, task: Facts, known: datetime) -> str:
    """The light of verification: what became of the close-out, else of the latest filing."""
    if is_dark(facts, task, known):
        return NONE
    closing = last_closing(task, known)
    if closing:
        if happened(closing["reopened_at"], known):
            return YELLOW
        if is_closed(closing, known):
            return GREEN
        if closing["stage"] == "returned" and happened(closing["returned_at"], known):
            return YELLOW
        return GREEN if happened(closing["verified_at"], known) else UNKNOWN
    sent = [(round_, one) for round_, one in asked_rounds(facts, task, known) if filed_at(one, known)]
    if not sent:
        return UNKNOWN
    sent.sort(key=lambda pair: (pair[0]["end"], pair[1]["id"]))
    last = sent[-1][1]
    if waits_for(last, known):
        return YELLOW
    if not (last["stage"] == "accepted" and happened(last["ruled_at"], known)):
        return UNKNOWN
    if stronger_evidence(last, [one for _, one in sent], known):
        return GREEN
    return YELLOW if last["values"] or last["steps"] else GREEN


def stronger_evidence(last: Facts, sent: list[Facts], known: datetime) -> bool:
    """Whether more than the unit's own word stands behind a filing, or what its "no change" confirms."""
    place = len(sent) - 1
    while True:
        one = sent[place]
        if any(
            proof["kind"] != "word"
            and happened(proof["added_at"], known)
            and not happened(proof["withdrawn_at"], known)
            for proof in one["evidence"]
        ):
            return True
        if not one["unchanged"]:
            return False
        earlier = [
            at
            for at in range(place)
            if sent[at]["unit"] == last["unit"]
            and sent[at]["stage"] == "accepted"
            and happened(sent[at]["ruled_at"], known)
        ]
        if not earlier:
            return False
        place = earlier[-1]


# --- notices ---


def month_ends_before(facts: Facts, on: date) -> list[date]:
    """The ends of the year's months that are over, the latest first."""
    year = facts["year"]
    firsts = [date(year, month, 1) for month in range(2, 13)] + [date(year + 1, 1, 1)]
    ends = [first - timedelta(days=1) for first in firsts]
    return [end for end in reversed(ends) if end < on]


def run_of(facts: Facts, task: Facts, on: date, known: datetime) -> tuple[str, int, int] | None:
    """How long a task behind today has been behind at month ends: since, months, red months."""
    if progress(facts, task, on, known).light not in BAD:
        return None
    months = reds = 0
    since = None
    for end in month_ends_before(facts, on):
        light = progress(facts, task, end, end_of(end)).light
        if light not in BAD:
            break
        if light == RED and reds == months:
            reds += 1
        months += 1
        since = f"{end:%Y-%m}"
    return (since, months, reds) if since else None


def stage_of(paper: Facts, at: datetime) -> str:
    """How far a paper had come at a moment."""
    for name in ("withdrawn", "closed", "answered", "signed"):
        if happened(paper[f"{name}_at"], at):
            return name
    return "draft"


def rung_due(facts: Facts, task: Facts, unit: int, at: datetime) -> str | None:
    """The rung a task newly comes to for one of its leads at a moment; None where it stays."""
    run = run_of(facts, task, at.date(), at)
    if run is None:
        return None
    since, months, reds = run
    rungs = facts["rules"]["ladder"]["rungs"]
    codes = [rung["code"] for rung in rungs]
    reached, unanswered = -1, False
    for paper in facts["notices"]:
        mine = [line for line in paper["tasks"] if line["id"] == task["id"]]
        drafted = moment(paper["drafted_at"])
        assert drafted
        if paper["unit"] != unit or paper["rung"] == "letter" or not mine or drafted >= at:
            continue
        if (mine[0]["since"] or f"{drafted:%Y-%m}") < since:
            continue  # of an earlier run
        stage, due = stage_of(paper, at), day(paper["due"])
        if stage == "draft" or (stage == "signed" and due and at.date() <= due):
            return None
        place = codes.index(paper["rung"])
        late = stage == "signed" and due is not None and at.date() > due
        if place > reached:
            reached, unanswered = place, late
        elif place == reached:
            unanswered = unanswered or late
    full = [
        place
        for place, rung in enumerate(rungs)
        if (reds if rung["when"] == "red" else months) >= rung["months"]
    ]
    highest = max(full, default=-1)
    if unanswered and reached + 1 < len(rungs) and rungs[reached + 1]["unanswered"]:
        highest = max(highest, reached + 1)
    return codes[highest] if highest > reached else None


def notices_due(facts: Facts, at: datetime) -> dict[tuple[int, str], list[int]]:
    """What the ladder asks to be drafted at a moment: (unit, rung) → the tasks on the paper."""
    due: dict[tuple[int, str], list[int]] = {}
    for task in facts["tasks"]:
        for lead in leads_at(task, at):
            if not lead["partner"] and happened(task["issued_at"], at):
                rung = rung_due(facts, task, lead["unit"], at)
                if rung:
                    due.setdefault((lead["unit"], rung), []).append(task["id"])
    return {key: sorted(tasks) for key, tasks in due.items()}


# --- limits ---


def workday_after(facts: Facts, on: date, count: int) -> date:
    """So many working days after a day; 0: the day itself, or the first working day behind it."""
    works = set(facts["workdays"])
    while count or on.isoformat() not in works:
        on += timedelta(days=1)
        if on.isoformat() in works and count:
            count -= 1
    return on
