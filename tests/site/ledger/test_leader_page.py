"""A leader's page: the tasks a post leads; the whole ledger for who is responsible for the whole."""

from dukao.site.ledger.models import Breakdown
from dukao.site.people.models import Post
from tests.site.conftest import Cast
from tests.site.ledger.pages import html, read, signs


def post(cast: Cast, name: str) -> Post:
    """The post somebody holds."""
    found: Post = Post.objects.get(place=cast.place, tenures__person__name=name)
    return found


def test_a_leader_reads_the_own_tasks_by_section(cast: Cast, ledger: Breakdown) -> None:
    address = f"/leaders/{post(cast, '白露').pk}/"
    said = read(cast, "leader", address)
    assert "您2024年牵头重点工作6项、民生实事2项内容" in said or "您2024年牵头重点工作6项" in said
    assert "（二）提升城市品质" in said
    assert "白露（副区长）2024年牵头" in read(cast, "clerk", address)


def test_the_district_head_sees_the_whole_ledger(cast: Cast, ledger: Breakdown) -> None:
    page = html(cast, "clerk", f"/leaders/{post(cast, '罗一舟').pk}/")
    assert len(signs(page)) == 17
    said = read(cast, "clerk", f"/leaders/{post(cast, '罗一舟').pk}/")
    assert "罗一舟（区长）总负责，2024年全部重点工作14项、民生实事3项内容" in said


def test_the_head_of_the_place_logs_in_and_reads_everything(cast: Cast, ledger: Breakdown) -> None:
    user = cast.users["leader"]
    user.person = post(cast, "罗一舟").tenures.get().person
    user.save()
    assert len(signs(html(cast, "leader", "/ledger/2024/"))) == 17
    assert "您总负责，2024年全部重点工作14项" in read(cast, "leader", "/")


def test_units_see_of_a_leader_their_own_tasks(cast: Cast, ledger: Breakdown) -> None:
    rows = signs(html(cast, "liaison", f"/leaders/{post(cast, '白露').pk}/"))
    assert set(rows) == {"三-1", "三-3", "民生-1-1"}
