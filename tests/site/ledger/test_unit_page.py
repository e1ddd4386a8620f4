"""A unit's page: what it leads and helps with, its names, its load beside others."""

from dukao.site.ledger.models import Breakdown
from dukao.site.people.models import Membership, Unit, UnitName
from tests.site.conftest import Cast
from tests.site.ledger.pages import html, read, signs


def unit(cast: Cast, name: str) -> Unit:
    """A unit of the place by its name."""
    found: Unit = Unit.objects.get(place=cast.place, name=name)
    return found


def test_the_first_sentence_counts_what_the_unit_leads_and_helps_with(cast: Cast, ledger: Breakdown) -> None:
    said = read(cast, "clerk", f"/units/{unit(cast, '区住建局').pk}/")
    assert "区住建局2024年牵头4项、经统称承担1项" in said
    assert "区财政局2024年责任3项、经统称承担1项" in read(
        cast, "clerk", f"/units/{unit(cast, '区财政局').pk}/"
    )


def test_names_offices_and_groups_are_told(cast: Cast, ledger: Breakdown) -> None:
    own = unit(cast, "区住建局")
    UnitName.objects.create(place=cast.place, unit=own, name="区住房和城乡建设局")
    said = read(cast, "clerk", f"/units/{own.pk}/")
    assert "又称区住房和城乡建设局。" in said
    assert "属于区政府直属各单位。" in said


def test_a_township_carries_what_is_laid_on_its_group(cast: Cast, ledger: Breakdown) -> None:
    street = unit(cast, "海门街道")
    assert Membership.objects.filter(unit=street, group__name="各街道").exists()
    rows = signs(html(cast, "clerk", f"/units/{street.pk}/"))
    assert "二-2" in rows
    assert "三-1" not in rows  # 相关街道: the lead unit names them


def test_load_is_a_table_with_the_numbers_beside_the_bars(cast: Cast, ledger: Breakdown) -> None:
    own = unit(cast, "区住建局")
    page = html(cast, "clerk", f"/units/{own.pk}/")
    row = page[page.index('class="loads__here"') :]
    assert row.index('<td class="num">4</td>') < row.index("<rect")
    assert "style=" not in page


def test_somebody_in_a_unit_opens_the_own_alone_and_is_told_others_counts(
    cast: Cast, ledger: Breakdown
) -> None:
    own, other = unit(cast, "区住建局"), unit(cast, "区水利局")
    page = html(cast, "liaison", f"/units/{own.pk}/")
    assert f"/units/{other.pk}/" not in page
    assert "区水利局" in page
    read(cast, "liaison", f"/units/{other.pk}/", status=404)
    read(cast, "auditor", f"/units/{own.pk}/", status=403)


def test_a_leader_sees_of_a_unit_what_the_leader_leads(cast: Cast, ledger: Breakdown) -> None:
    rows = signs(html(cast, "leader", f"/units/{unit(cast, '区住建局').pk}/"))
    assert "四-1" not in rows
    assert "三-3" in rows


def test_a_unit_of_another_place_is_not_found(cast: Cast, ledger: Breakdown) -> None:
    from dukao.site.people.models import Place

    elsewhere = Place.objects.create(code="990202", name="邻区", level="county")
    strange = Unit.objects.create(place=elsewhere, name="邻区住建局", kind="department", since="2024-01-01")
    read(cast, "clerk", f"/units/{strange.pk}/", status=404)


def test_a_year_without_tasks_says_so(cast: Cast, ledger: Breakdown) -> None:
    said = read(cast, "clerk", f"/units/{unit(cast, '区住建局').pk}/?year=2020")
    assert "区住建局在2020年的台账里没有任务" in said
