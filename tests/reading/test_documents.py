"""A breakdown typed into Word, Excel and a web page says what its text says; every row knows its place."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown
from dukao.reading import Source, read_file
from dukao.sample import sample_path
from tests.lacking import say_lacking
from tests.reading import offices

WRITERS: dict[str, Callable[[list[offices.Block], Path], None]] = {
    "docx": offices.write_docx,
    "xlsx": offices.write_xlsx,
    "html": offices.write_html,
}
# What LibreOffice is asked to make of which of these.
CONVERSIONS = [("docx", "pdf"), ("html", "docx"), ("xlsx", "xlsx"), ("docx", "html")]


def read_rows(breakdown: Breakdown, source: Source) -> list[tuple[Any, ...]]:
    """Everything a row says, without where it stands; a PDF has lost the spaces at the ends of its lines."""
    is_set = source.places is not None and source.places.kind == "page"

    def plain(text: str) -> str:
        return "".join(text.split()) if is_set else text

    items: list[Any] = [*breakdown.tasks, *breakdown.livelihood]
    return [
        (
            item.id,
            plain(getattr(item, "text", None) or item.content),
            [(u.name, u.office, plain(u.written), u.group, u.role, u.basis, u.scope) for u in item.units],
            [(leader.name, leader.title) for leader in item.leaders],
            plain(item.remark.text) if item.remark else None,
            getattr(item, "filled_down", None),
            getattr(item, "project", None),
        )
        for item in items
    ]


@pytest.fixture(scope="session", params=["sample", "real"])
def original(request: pytest.FixtureRequest) -> Path:
    """The text that is typed: the sample's breakdown, and the real one where it is at hand."""
    if request.param == "sample":
        return sample_path("breakdown")
    shared: Path = request.getfixturevalue("shared")
    return next((shared / "seeds").glob("002*"))


@pytest.fixture(scope="session")
def typed(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the text typed into every format."""
    folder = tmp_path_factory.mktemp("typed")
    blocks = offices.read_blocks(original.read_text("utf-8"))
    for kind, write in WRITERS.items():
        write(blocks, folder / f"分解.{kind}")
    return folder


def assert_same(source: Source, original: Path) -> Breakdown:
    expected, found = compile_breakdown(read_file(original)), compile_breakdown(source)
    rows = zip(read_rows(expected, source), read_rows(found, source), strict=True)
    assert [row for row in rows if row[0] != row[1]] == []
    assert found.notice == expected.notice
    assert [group.leaders for group in found.groups] != []
    assert [f.items for f in found.findings] == [f.items for f in expected.findings]
    items: list[Any] = [*found.tasks, *found.livelihood]
    assert all(source.place_of(item.start) for item in items)
    return found


@pytest.mark.parametrize("kind", WRITERS)
def test_a_typed_breakdown_says_what_its_text_says(kind: str, typed: Path, original: Path) -> None:
    assert_same(read_file(typed / f"分解.{kind}"), original)


def test_a_page_in_an_old_encoding_is_read_and_named(tmp_path: Path) -> None:
    blocks = offices.read_blocks(sample_path("breakdown").read_text("utf-8"))
    offices.write_html(blocks, tmp_path / "分解.html", "gb2312")
    source = read_file(tmp_path / "分解.html")
    assert source.encoding == "gb18030"
    assert_same(source, sample_path("breakdown"))


@pytest.mark.parametrize(("kind", "into"), CONVERSIONS)
def test_what_libreoffice_makes_of_it_says_the_same(
    kind: str, into: str, typed: Path, original: Path, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        say_lacking("LibreOffice is not installed (Debian: libreoffice-writer, libreoffice-calc)")
    target = "docx:MS Word 2007 XML" if into == "docx" else into
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", target, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(typed / f"分解.{kind}")], check=True, capture_output=True, timeout=120)
    assert_same(read_file(tmp_path / f"分解.{into}"), original)


def test_places_lead_back_into_the_document(typed: Path) -> None:
    places = {}
    for kind in WRITERS:
        source = read_file(typed / f"分解.{kind}")
        whole = compile_breakdown(source).as_json()
        places[kind] = whole["tasks"][0]["at"]
        units = whole["tasks"][0]["units"][0]
        assert units["at"] == source.place_of(units["start"])
        assert whole["groups"][0]["at"] == source.place_of(whole["groups"][0]["start"])
    assert places["docx"].keys() == {"paragraph", "table", "row", "column"}
    assert places["docx"]["column"] == 2
    assert places["html"]["row"] == places["docx"]["row"]
    assert places["xlsx"]["sheet"] == "Sheet1"
    assert places["xlsx"]["cell"].startswith("C")


def test_text_has_no_places_of_its_own() -> None:
    source = read_file(sample_path("breakdown"))
    assert source.place_of(10) is None
    assert "at" not in compile_breakdown(source).as_json()["tasks"][0]
