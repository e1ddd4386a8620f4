"""Each leader's and each unit's own extract of an issued breakdown, as page, .docx and PDF."""

from io import BytesIO

from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as WordDocument

from dukao.site.ledger.models import Breakdown, Placement, TaskState
from dukao.site.people.models import Post, Unit
from tests.site.conftest import Cast


def words_of(content: bytes) -> str:
    """Everything a Word file says, tables too."""
    document = WordDocument(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_unit_has_exactly_its_own_rows(cast: Cast, ledger: Breakdown) -> None:
    unit = Unit.objects.get(place=cast.place, name="区住建局")
    address = f"/breakdowns/{ledger.pk}/extracts/units/{unit.pk}/"
    page = cast.client("clerk").get(address).content.decode()
    assert "改造老旧小区18个" in page
    assert "主动培育低空经济" not in page
    word = words_of(cast.client("clerk").get(f"{address}?format=docx").content)
    assert "改造老旧小区18个" in word
    assert "区住建局" in word
    assert "主动培育低空经济" not in word
    assert cast.client("clerk").get(f"{address}?format=pdf").content.startswith(b"%PDF")


def test_a_leader_has_exactly_the_rows_of_the_post(cast: Cast, ledger: Breakdown) -> None:
    post = Post.objects.get(place=cast.place, tenures__person__name="白露")
    page = cast.client("leader").get(f"/breakdowns/{ledger.pk}/extracts/leaders/{post.pk}/").content.decode()
    led = Placement.objects.at(None).filter(post=post, task__kind="key").values("task")
    others = TaskState.objects.at(None).filter(task__kind="key").exclude(task__in=led)
    said = {one.text for one in TaskState.objects.at(None).filter(task__in=led)}
    assert all(text in page for text in said)
    assert not any(one.text in page for one in others if one.text not in said)


def test_another_units_extract_is_not_there_for_a_unit(cast: Cast, ledger: Breakdown) -> None:
    own, other = (Unit.objects.get(place=cast.place, name=name) for name in ("区住建局", "区商务局"))
    client = cast.client("liaison")
    assert client.get(f"/breakdowns/{ledger.pk}/extracts/units/{own.pk}/").status_code == 200
    assert client.get(f"/breakdowns/{ledger.pk}/extracts/units/{other.pk}/").status_code == 404


def test_the_list_counts_and_links_everybody_in_a_fixed_number_of_questions(
    cast: Cast, ledger: Breakdown
) -> None:
    client = cast.client("clerk")
    address = f"/breakdowns/{ledger.pk}/extracts/"
    page = client.get(address).content.decode()
    assert "区住建局" in page
    assert "白露" in page
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    TaskState.objects.filter(task__breakdown=ledger, order__gt=5).update(status="withdrawn")
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    assert len(few) == len(many)
