"""The articles of a page, and the report among them."""

import json
from pathlib import Path

import pytest

from dukao.report.articles import find_report, list_articles

CASES = sorted((Path(__file__).parent.parent / "cases" / "articles").glob("*.txt"))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _case(name: str) -> str:
    return _read(next(path for path in CASES if path.stem == name))


def test_there_are_cases() -> None:
    assert len(CASES) == 3


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_reads_the_case(path: Path) -> None:
    text = _read(path)
    found = [
        {
            "title": article.title,
            "tag": article.tag,
            "date": article.date,
            "body": "…".join((text[slice(*article.body)][:8], text[slice(*article.body)][-8:])),
            "places": list(article.places),
        }
        for article in list_articles(text)
    ]
    assert found == json.loads(_read(path.with_suffix(".json")))


def test_finds_the_report_and_says_so() -> None:
    text = _case("dashes")
    start, end, diagnostic = find_report(text)
    assert text[start:end].startswith("【投资临江】2024年")
    assert text[start:end].endswith("开工项目90个。")
    assert diagnostic is not None
    assert "共 2 篇" in diagnostic.message
    assert "第 2 篇" in diagnostic.message


def test_a_page_that_is_one_report_is_taken_whole() -> None:
    text = _case("one_document")
    assert find_report(text) == (0, len(text), None)


def test_says_when_no_article_is_a_report() -> None:
    text = _case("labels")
    start, end, diagnostic = find_report(text)
    assert (start, end) == (0, len(text))
    assert diagnostic is not None
    assert diagnostic.code == "articles.no-report"


def test_an_empty_page_holds_no_article() -> None:
    assert list_articles(" \n\n") == ()
    assert find_report("") == (0, 0, None)


def test_reads_a_page_of_ten(shared: Path) -> None:
    text = _read(next((shared / "seeds").glob("004_*")))
    articles = list_articles(text)
    assert len(articles) == 10
    assert all(article.date for article in articles)
    assert sum(article.tag is not None for article in articles) == 8
    start, end, diagnostic = find_report(text)
    assert (start, end) == (articles[-1].start, articles[-1].body[1])
    assert diagnostic is not None


def test_every_report_of_the_corpus_is_one_document(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "reports").glob("*.txt")):
        text = _read(path)
        assert find_report(text) == (0, len(text), None), path.name
