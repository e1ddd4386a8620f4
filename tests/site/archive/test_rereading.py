"""Reading again with newer rules: what would change is shown, and changes nothing."""

from copy import deepcopy
from pathlib import Path

import pytest

from dukao.site.archive import rules_version as versions
from dukao.site.archive.models import Compilation
from dukao.site.archive.rereading import compare
from dukao.site.archive.rules_version import rules_version
from dukao.site.history.models import Entry
from dukao.site.ledger.models import Breakdown, TaskState
from tests.site.conftest import Cast


@pytest.fixture
def older(draft: Breakdown) -> Compilation:
    """The report as older rules read it: one promise less, one more, one number otherwise."""
    kept = draft.report_compilation
    result = deepcopy(kept.result)
    promises = result["commitments"]
    gone = promises.pop(0)
    promises.append({**gone, "start": 1, "end": 5, "text": "读错的一句"})
    result["measures"][-1]["value"] = 77
    Compilation.objects.filter(pk=kept.pk).update(result=result, rules_version="0.0.1+old")
    return Compilation.objects.get(pk=kept.pk)


def test_the_same_rules_find_no_change(cast: Cast, draft: Breakdown) -> None:
    client = cast.client("clerk")
    for pk in (draft.report_id, draft.document_id):
        said = client.get(f"/documents/{pk}/reread/").content.decode()
        assert "没有变化" in said
        assert "不必再存" in said


def test_what_would_change_is_shown_and_nothing_is_changed(
    cast: Cast, draft: Breakdown, older: Compilation
) -> None:
    entries, readings = Entry.objects.count(), Compilation.objects.count()
    response = cast.client("clerk").get(f"/documents/{draft.report_id}/reread/")
    said = response.content.decode()
    promises, numbers = response.context["differs"][:2]
    assert (len(promises.added), promises.gone, promises.changed) == (1, ("读错的一句",), ())
    assert [one.fields for one in numbers.changed] == [(("数值", "77", said_of(numbers)),)]
    assert "读错的一句" in said
    assert (Entry.objects.count(), Compilation.objects.count()) == (entries, readings)


def said_of(comparison) -> str:  # type: ignore[no-untyped-def]
    return str(comparison.changed[0].fields[0][2])


def test_keeping_the_new_reading_is_an_action_that_leaves_the_ledger_alone(
    cast: Cast, draft: Breakdown, older: Compilation
) -> None:
    before = list(TaskState.objects.order_by("pk").values())
    client, address = cast.client("clerk"), f"/documents/{draft.report_id}/reread/"
    assert client.post(address).status_code == 302
    newest = Compilation.objects.filter(document=draft.report_id).first()
    assert newest is not None
    assert newest.rules_version == rules_version()
    older.refresh_from_db()
    assert older.rules_version == "0.0.1+old"
    draft.refresh_from_db()
    assert draft.report_compilation_id == older.pk
    assert list(TaskState.objects.order_by("pk").values()) == before
    entry = Entry.objects.first()
    assert entry is not None
    assert entry.label == "重新读取文件"
    again = client.post(address)
    assert again.status_code == 409
    assert "没有新的结果可存" in again.content.decode()


def test_rows_are_known_by_their_place_not_by_their_number() -> None:
    row = {"id": "二-1", "group": "二", "start": 10, "text": "改造老旧小区18个。", "units": [], "leaders": []}
    moved = {**row, "id": "二-2", "units": [{"name": "区住建局", "role": "lead"}]}
    (tasks,) = compare({"tasks": [row]}, {"tasks": [moved]})
    assert (tasks.added, tasks.gone, tasks.same) == ((), (), 0)
    assert tasks.changed[0].fields == (("责任单位", "（无）", "区住建局（牵头）"),)


@pytest.mark.parametrize("name", ["reading/pdf.py", "language/data/units.toml"])
def test_another_rule_or_vocabulary_is_another_version(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "files", lambda _package: tmp_path)
    rule = tmp_path / name
    rule.parent.mkdir(parents=True)
    said = []
    for words in ("one", "other"):
        rule.write_text(words)
        said.append(rules_version.__wrapped__())
    assert said[0] != said[1]
