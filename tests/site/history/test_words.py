"""Nothing that the program names for itself is shown to a reader: every field and every code has its word."""

import ast
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from django.db.models import TextChoices

import dukao.site
from dukao.presets.loading import load_entries
from dukao.site.archive.models import DocumentKind, Publicity
from dukao.site.history.models import Entry
from dukao.site.history.queries import latest_business
from dukao.site.history.telling import changes_of, tell
from dukao.site.ledger.models import (
    Breakdown,
    OpinionKind,
    Question,
    Role,
    Ruling,
    Stage,
    Status,
    SupplementKind,
    SupplementStage,
    TaskKind,
)
from dukao.site.ledger.queries.deeds import read_deeds
from dukao.site.ledger.queries.wording import RELATIONS
from dukao.site.ledger.review.settling import accept_proposals, reopen_question
from dukao.site.ledger.steps.supplementing import Change, Paper, draft_supplement, sign_supplement
from dukao.site.people.models import Role as PersonRole
from dukao.site.people.models import UnitKind
from dukao.site.simulating.living import live
from dukao.site.simulating.world import ISSUED, found_world
from dukao.site.supervision.models import Subject
from tests.site.conftest import MORNING, Cast
from tests.site.ledger.walking import at, task_at

WORDS = tomllib.loads((files("dukao.site.history") / "data" / "words.toml").read_text(encoding="utf-8"))
SITE = Path(dukao.site.__file__).parent
# Who writes what history is told, by the names functions of the actions have.
TELLERS = re.compile(r"_?(as_plain|as_json|plain|said|told|steps_of|side|tell\w*)$")
# Names in the same functions that are no fields of an entry.
NO_FIELDS = {"about", "draft", "gone", "label", "month", "opening", "quarter", "requirements", "seen"}
CODES: dict[str, list[type[TextChoices]]] = {
    "status": [Status],
    "stage": [Stage, SupplementStage],
    "kind": [TaskKind, SupplementKind, OpinionKind, DocumentKind, UnitKind],
    "publicity": [Publicity],
    "role": [Role, PersonRole],
    "roles": [PersonRole],
    "ruling": [Ruling],
    "subject": [Subject],
}
RAW = re.compile(r"[a-z]{2,}[_-]?[a-z]*|\d{4}-\d\d-\d\dT|[0-9a-f]{64}")


def names_recorded() -> Iterator[tuple[str, str]]:
    """Every field name in a module that records, in the functions that record or say what is recorded."""
    for path in SITE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "migrations" in path.parts or path.parent.name in ("history", "showing"):
            continue
        for made in ast.walk(ast.parse(text)):
            if isinstance(made, ast.FunctionDef) and (TELLERS.match(made.name) or _records(made)):
                for one in ast.walk(made):
                    if isinstance(one, ast.Dict):
                        keys = (key.value for key in one.keys if isinstance(key, ast.Constant))
                        yield from ((f"{path.name}:{made.name}", str(key)) for key in keys)


def _records(made: ast.FunctionDef) -> bool:
    calls = (one.func for one in ast.walk(made) if isinstance(one, ast.Call))
    return any(getattr(one, "id", getattr(one, "attr", "")) in ("record", "_record") for one in calls)


def test_every_field_that_is_recorded_has_a_word() -> None:
    found = {name: where for where, name in names_recorded() if name.isascii()}
    assert len(found) > 80
    assert {one: where for one, where in found.items() if one not in {*WORDS["fields"], *NO_FIELDS}} == {}


def test_every_thing_an_entry_is_about_has_a_noun() -> None:
    about = re.compile(r'\(\s*"([a-z_]+)",\s*[\w.]*(?:pk|_id|\.key)\s*\)')
    found = {kind for path in SITE.rglob("*.py") for kind in about.findall(path.read_text(encoding="utf-8"))}
    assert len(found) > 20
    assert found - set(WORDS["nouns"]) == set()


def test_every_code_that_is_recorded_has_a_word() -> None:
    told = {name: set(WORDS["values"][name]) for name in CODES}
    wanted = {name: {value for one in kinds for value in one.values} for name, kinds in CODES.items()}
    assert {name: wanted[name] - told[name] for name in CODES if wanted[name] - told[name]} == {}
    assert WORDS["values"]["relation"] == RELATIONS


@pytest.mark.parametrize("subject", ["cadences", "ladders", "lights", "limits"])
def test_a_preset_is_told_by_its_own_name(subject: str) -> None:
    for code, preset in load_entries(subject).items():
        assert [one.after for one in changes_of(None, {"preset": code})] == [preset["name"]]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("项数", 3, "3项"),
        ("目标值", 3000.0, "3000"),
        ("数值", {"完成数": [1082240864.0, "元"]}, "完成数：10.8224亿元"),
        ("应达", {"2024-09-30": 0.1, "2024-12-31": 1.0}, "2024-09-30：10%，2024-12-31：100%"),
        ("year", 2025, "2025"),
    ],
)
def test_a_number_is_told_with_what_it_counts(name: str, value: object, said: str) -> None:
    assert [one.after for one in changes_of(None, {name: value})] == [said]


def test_every_answer_has_a_word(draft: Breakdown) -> None:
    codes = {one["answer"] for asked in Question.objects.all() for one in asked.options}
    assert codes - set(WORDS["values"]["answer"]) == set()


def raw_words(entries: list[Entry]) -> set[str]:
    """What of the program's own stands in the changes of entries; names of files, accounts and pages may."""
    own = {"登录名", "账号", "校验值", "规则版本", "文件名", "名称", "地址", "分解表", "报告", "代码"}
    changes = (one for entry in entries for one in tell(entry).changes)
    said = (text for one in changes if one.label not in own for text in (one.label, one.before, one.after))
    return {text for text in said if RAW.search(text)}


def lived_through(cast: Cast, draft: Breakdown) -> None:
    """A draft settled, one answer taken back, rows changed by hand."""
    clerk = cast.viewer("clerk")
    accept_proposals(draft.pk, by=clerk, at=MORNING + timedelta(days=1))
    for question in Question.objects.all():
        if question.undo:
            reopen_question(question.pk, version=question.version, by=clerk, at=MORNING + timedelta(days=2))
            return


def supplement(cast: Cast, ledger: Breakdown, *changes: Change) -> None:
    number, why, signed = "望政办〔2024〕18号", "因征收进度调整", at(21, 6)
    drafted = draft_supplement(
        ledger.pk,
        changes,
        Paper(
            SupplementKind.NOTICE,
            number,
            date(2024, 6, 20),
            why,
        ),
        by=cast.viewer("clerk"),
        at=at(20, 6),
    )
    sign_supplement(drafted.pk, by=cast.viewer("head"), at=signed)


def test_no_entry_of_a_draft_shows_a_name_of_the_programs(cast: Cast, draft: Breakdown) -> None:
    lived_through(cast, draft)
    assert raw_words(list(Entry.objects.all())) == set()


@pytest.mark.usefixtures("db")
def test_no_entry_of_a_lived_year_shows_a_name_of_the_programs() -> None:
    live(found_world(12, 6, 7), ISSUED.date(), date(2024, 6, 30))
    assert raw_words(list(Entry.objects.all())) == set()


def test_a_notice_tells_each_task_its_own_part(cast: Cast, ledger: Breakdown) -> None:
    one, other = task_at(ledger, "二-1"), task_at(ledger, "二-2")
    supplement(
        cast,
        ledger,
        Change(one.pk, remark="分季度推进"),
        Change(other.pk, remark="按月推进", withdrawn=True),
    )
    own, *_ = read_deeds(cast.viewer("clerk"), one, None).entries
    assert [
        (change.label, change.before, change.after) for change in own.changes if "备注" in change.label
    ] == [("备注", "", "分季度推进")]
    assert "按月推进" not in str(own.changes)
    assert own.others == 1
    whole = tell(Entry.objects.filter(action="supplement-signed").get())
    assert f"{other.number} 备注" in [change.label for change in whole.changes]
    assert raw_words(list(Entry.objects.filter(action__startswith="supplement"))) == set()


def test_an_old_entry_about_several_tasks_is_still_told() -> None:
    before = [{"task": 12, "remark": "旧"}, {"task": 113, "duties": "牵头 区住建局"}]
    after = {
        "kind": "notice",
        "changes": [{"task": 12, "remark": "新"}, {"task": 113, "duties": "牵头 区水利局"}],
    }
    told = [(one.label, one.before, one.after) for one in changes_of(before, after)]
    assert told == [
        ("类别", "", "补充通知"),
        ("任务 12 备注", "旧", "新"),
        ("任务 113 分工", "牵头 区住建局", "牵头 区水利局"),
    ]
    assert [one.label for one in changes_of(before, after, 12)] == ["类别", "备注"]


def test_an_old_answer_is_told_by_its_words_alone() -> None:
    after = {"question": "谁牵头", "answer": "lead", "unit": 3, "heading": 4, "said": "由区水利局牵头"}
    assert [(one.label, one.after) for one in changes_of(None, after)] == [
        ("事项", "谁牵头"),
        ("处理为", "由区水利局牵头"),
    ]
    assert [one.before for one in changes_of({"units": ["lead:区水利局"]}, None)] == ["牵头：区水利局"]


def test_the_home_page_shows_no_digests(cast: Cast, draft: Breakdown) -> None:
    labels = {change.label for entry in latest_business("990201", 9) for change in entry.changes}
    assert labels
    assert labels & {"校验值", "规则版本"} == set()
    page = cast.client("clerk").get("/").content.decode()
    assert re.search(r"[0-9a-f]{64}|0\.1\.0\+", page) is None
