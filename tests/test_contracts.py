"""What the commands print is what the public formats say: fields, types, offsets, references, exit statuses.

`shapes` holds the formats as tables, `laws` what holds between their parts. The commands are run as programs,
on the sample and, where they are at hand, on real documents.
"""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dukao.reading.files import read_file
from dukao.sample import SampleName, sample_path
from tests import laws, shapes

Object = dict[str, Any]
# The documents: a name, and where it is found from the folder of real documents; the sample's have none.
PAGES = {
    "report": None,
    "last_report": None,
    "2024": "seeds/000_*",
    "2021": "seeds/003_*",
    "page": "seeds/004_*",
}
TABLES = {"breakdown": ("report", "last_report"), "seeds/002_*": ("2024", "2021")}


def run(*argv: str | Path) -> subprocess.CompletedProcess[str]:
    """One run of the command, as a program."""
    command = [sys.executable, "-m", "dukao", *map(str, argv)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def printed(*argv: str | Path) -> str:
    done = run(*argv)
    assert done.returncode == 0, done.stderr
    return done.stdout


def asked(*argv: str | Path) -> Object:
    """The one JSON object a command prints."""
    answer = json.loads(printed(*argv))
    assert isinstance(answer, dict)
    return answer


Finder = Callable[[str], Path]


@pytest.fixture(scope="session")
def find(request: pytest.FixtureRequest) -> Finder:
    """Finds a document by its name here; skips where it is a real one and those are not at hand."""

    def path_of(name: str) -> Path:
        pattern = PAGES.get(name, name if "/" in name else None)
        if pattern is None:
            samples: dict[str, SampleName] = {
                "report": "report",
                "last_report": "last_report",
                "breakdown": "breakdown",
            }
            return sample_path(samples[name])
        shared: Path = request.getfixturevalue("shared")
        return next(shared.glob(pattern))

    return path_of


@pytest.mark.parametrize("name", PAGES)
def test_compile_prints_a_report_as_the_formats_say(find: Finder, name: str) -> None:
    path = find(name)
    report = asked("compile", path, "--json")
    assert shapes.fields(shapes.REPORT)(report, "report") == []
    assert laws.report_breaches(report, read_file(path).text) == []
    assert laws.backward_ranges(report["measures"]) == []
    assert list(report) == list(shapes.REPORT)


@pytest.mark.parametrize("names", [("report", "last_report"), ("2024", "page")], ids="+".join)
def test_lines_are_the_same_objects_each_with_its_type(find: Finder, names: tuple[str, ...]) -> None:
    paths = [find(name) for name in names]
    lines = [json.loads(line) for line in printed("compile", *paths, "--jsonl").splitlines()]
    for number, line in enumerate(lines, 1):
        kind = line.pop("type")
        assert shapes.fields(shapes.LINES[kind])(line, f"line {number}") == []
    expected: list[Object] = []
    for path in paths:
        report = asked("compile", path, "--json")
        lists = [report.pop(key) for key in shapes.REPORT_LISTS]
        expected += [report, *(entry for entries in lists for entry in entries)]
    assert lines == expected


@pytest.mark.parametrize("name", TABLES)
def test_a_breakdown_read_alone_is_as_the_formats_say(find: Finder, name: str) -> None:
    path = find(name)
    breakdown = asked("breakdown", path, "--json")
    assert shapes.fields(shapes.BREAKDOWN)(breakdown, "breakdown") == []
    assert laws.breakdown_breaches(breakdown, read_file(path).text, None, "") == []


@pytest.mark.parametrize(("name", "other"), [(name, other) for name in TABLES for other in TABLES[name]])
def test_a_breakdown_held_against_a_report_is_as_the_formats_say(find: Finder, name: str, other: str) -> None:
    path, report_path = find(name), find(other)
    breakdown = asked("breakdown", path, "--report", report_path, "--json")
    report = asked("compile", report_path, "--json")
    assert shapes.fields(shapes.BREAKDOWN)(breakdown, "breakdown") == []
    texts = read_file(path).text, report, read_file(report_path).text
    assert laws.breakdown_breaches(breakdown, *texts) == []
    assert breakdown["report"] == report["source"]


@pytest.mark.parametrize(
    ("name", "past"), [("report", []), ("report", ["breakdown"]), ("2021", ["seeds/002_*"])]
)
def test_a_draft_is_as_the_formats_say(find: Finder, name: str, past: list[str]) -> None:
    path = find(name)
    options = [option for one in past for option in ("--from", find(one))]
    draft = asked("draft", path, *options, "--json")
    report = asked("compile", path, "--json")
    text, known = read_file(path).text, {one["id"]: one for one in report["commitments"]}
    assert shapes.fields(shapes.DRAFT)(draft, "draft") == []
    groups = [group["id"] for group in draft["groups"]]
    assert laws.repeated("task", draft["tasks"]) == []
    for task in draft["tasks"]:
        assert task["group"] in groups
        spans = task["source_spans"]
        assert (task["start"], task["end"]) == (min(a for a, _ in spans), max(b for _, b in spans))
        held = [known[name] for name in task["commitments"]]
        assert all(any(one["start"] <= a < b <= held[-1]["end"] for one in held) for a, b in spans)
        assert all(list(laws.measure_breaches(measure, text)) == [] for measure in task["measures"])
        assert all((unit["start"], unit["end"]) == (0, 0) for unit in task["units"])
    left = {one["commitment"] for one in draft["left_out"]}
    assert left | {name for task in draft["tasks"] for name in task["commitments"]} == set(known)


@pytest.mark.parametrize("name", ["report", "page"])
def test_articles_are_as_the_formats_say(find: Finder, name: str) -> None:
    path = find(name)
    text = read_file(path).text
    page = asked("articles", path, "--json")
    assert shapes.fields(shapes.ARTICLES)(page, "page") == []
    at = 0
    for article in page["articles"]:
        (first, last), name = article["body"], article["title"]
        assert at <= article["start"] <= first <= last <= article["end"] <= len(text), name
        assert article["title"] in text[article["start"] : article["end"]]
        at = article["end"]
        for measure in article["measures"]:
            assert list(laws.measure_breaches(measure, text)) == []
            assert first <= measure["start"] < measure["end"] <= last
        assert laws.repeated("measure", article["measures"]) == []


@pytest.mark.parametrize("name", ["report", "breakdown", "2021", "seeds/002_*"])
def test_explain_answers_as_the_formats_say(find: Finder, name: str) -> None:
    path = find(name)
    is_table = "breakdown" in name or "002" in name
    text = read_file(path).text
    if is_table:
        tasks = asked("breakdown", path, "--json")["tasks"]
        target = next(task for task in tasks if task["measures"])
        named, measure = target["id"], target["measures"][0]
    else:
        measures = asked("compile", path, "--json")["measures"]
        measure = next(one for one in measures if one["commitment"])
        named = measure["commitment"]
    answer = asked("explain", path, str(measure["start"]), "--json")
    assert shapes.fields(shapes.EXPLANATION)(answer, "answer") == []
    start, end = answer["sentence"]
    assert 0 <= start <= measure["start"] < measure["end"] <= end <= len(text)
    assert {named, measure["id"]} <= set(answer["read"])
    assert [measure["start"], measure["end"]] in [rule["span"] for rule in answer["rules"]]
    assert set(measure["rules"]) <= {rule["code"] for rule in answer["rules"]}


@pytest.fixture
def bad(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file no command can use."""

    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


REFUSED = {
    "空.txt": b"",
    "图.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x00\xff\xfe\x00",
    "乱.md": bytes(range(128, 256)) * 3,
}


@pytest.mark.parametrize("command", ["compile", "breakdown", "articles", "draft"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_one_line_that_begins_with_the_file(
    command: str, name: str, bad: Callable[[str, bytes], Path]
) -> None:
    done = run(command, bad(name, REFUSED[name]), "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(name)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("argv", [["compile", "breakdown"], ["breakdown", "report"]], ids=" ".join)
def test_the_wrong_kind_of_document_says_what_was_found_and_expected(find: Finder, argv: list[str]) -> None:
    path = find(argv[1])
    done = run(argv[0], path, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(path.name)
    assert "读到的是" in done.stderr
    assert "要的是" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("argv", [["compile"], ["compil", "x"], ["breakdown", "x", "--jsonl"]], ids=" ".join)
def test_wrong_usage_ends_with_two(argv: list[str]) -> None:
    done = run(*argv)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_odd_prose_is_a_diagnostic_and_no_failure(bad: Callable[[str, bytes], Path]) -> None:
    path = bad("闲谈.txt", "今天天气很好，种树3棵。".encode())
    done = run("compile", path, "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["diagnostics"]
    assert all(line.startswith("闲谈.txt") for line in done.stderr.splitlines())
    assert laws.report_breaches(report, read_file(path).text) == []


# Each spoils one thing a law or a shape watches over; what it gives says whether anything was noticed.
SPOILED: dict[str, Callable[[Object], Any]] = {
    "a surface moved": lambda report: report["measures"][0].update(start=report["measures"][0]["start"] + 1),
    "a comparison unheard of": lambda report: report["measures"][0].update(op="≥"),
    "a truth for a number": lambda report: report["measures"][0].update(value=True),
    "a field left out": lambda report: report["measures"][0].pop("series"),
    "a field too many": lambda report: report.update(start=0),
    "an indicator that is not its spans": lambda report: report["measures"][0].update(indicator="别的"),
    "a measure named twice": lambda report: report["measures"].append(report["measures"][-1]),
    "a section that is its own parent": lambda report: report["outline"][0].update(parent="s1"),
    "a body beyond the text": lambda report: report["outline"][0].update(body_end=9**9),
    "a commitment of no section": lambda report: report["commitments"][0].update(section="s999"),
    "a promise that forgets its measures": lambda report: [
        one.update(measures=[]) for one in report["commitments"]
    ],
    "a target without a number": lambda report: report["commitments"][-1].update(kind="target"),
    "a source of another length": lambda report: report["source"].update(chars=1),
}


@pytest.mark.parametrize("name", SPOILED)
def test_the_laws_notice(name: str, sample_report: Object) -> None:
    report = copy.deepcopy(sample_report)
    SPOILED[name](report)
    text = read_file(sample_path("report")).text
    faults = shapes.fields(shapes.REPORT)(report, "report")
    assert faults or laws.report_breaches(report, text)


SPOILED_ROWS: dict[str, Callable[[Object], Any]] = {
    "a unit moved": lambda row: row["units"][0].update(start=row["units"][0]["start"] + 1),
    "a unit renamed": lambda row: row["units"][0].update(name="区某局"),
    "a text of its own": lambda row: row.update(text="另一件事。"),
    "a group unheard of": lambda row: row.update(group="百"),
    "an absent row with a place": lambda row: row.update(relation="absent"),
    "a difference from nowhere": lambda row: row.update(
        relation="edited",
        differences=[
            {
                "kind": "wording",
                "report": "某",
                "report_span": None,
                "breakdown": "",
                "breakdown_span": None,
            }
        ],
    ),
    "a lead by another convention": lambda row: row["units"][0].update(basis="guess"),
}


@pytest.mark.parametrize("name", SPOILED_ROWS)
def test_the_laws_notice_a_row(name: str, sample_breakdown: Object, sample_report: Object) -> None:
    breakdown = copy.deepcopy(sample_breakdown)
    SPOILED_ROWS[name](breakdown["tasks"][0])
    texts = [read_file(sample_path(one)).text for one in ("breakdown", "report")]
    faults = shapes.fields(shapes.BREAKDOWN)(breakdown, "breakdown")
    assert faults or laws.breakdown_breaches(breakdown, texts[0], sample_report, texts[1])


@pytest.fixture(scope="module")
def sample_report() -> Object:
    return asked("compile", sample_path("report"), "--json")


@pytest.fixture(scope="module")
def sample_breakdown() -> Object:
    return asked("breakdown", sample_path("breakdown"), "--report", sample_path("report"), "--json")
