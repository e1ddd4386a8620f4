"""A place's way of writing: detected when a breakdown is read, corrected once, obeyed from then on."""

from dukao.breakdown.compiler import compile_breakdown
from dukao.reading.files import read_file
from dukao.sample import sample_path
from dukao.site.archive.models import Profile
from dukao.site.archive.profiles import note_profile, profile_of
from dukao.site.history.models import Entry
from dukao.site.history.queries import verify_chain
from dukao.site.ledger.models import Breakdown, Placement, Responsibility, Stage
from dukao.site.ledger.steps.approving import withdraw_breakdown
from tests.site.conftest import MORNING, Cast, propose


def test_it_is_detected_and_every_sight_leads_to_its_place(cast: Cast, draft: Breakdown) -> None:
    page = cast.client("clerk").get("/documents/profile/").content.decode()
    assert "标星号的牵头" in page
    profile = profile_of(cast.place.pk)
    assert profile is not None
    assert profile.value("lead") == "star"
    text = draft.document.text
    for trait in profile.traits:
        for seen in trait.seen:
            assert text[seen.start : seen.end] == seen.text
            assert f"/documents/{draft.document_id}/?span={seen.start}-{seen.end}#here" in page


def test_a_correction_is_kept_told_and_obeyed(cast: Cast, draft: Breakdown) -> None:
    row = Placement.objects.get(task__breakdown=draft, row="三-2").task
    assert Responsibility.objects.get(task=row).basis == "sole"
    several = Placement.objects.get(task__breakdown=draft, row="二-1").task
    assert Responsibility.objects.filter(task=several).exists()
    client = cast.client("clerk")
    answer = client.post("/documents/profile/", {"lead": "first", "why": "历年通知写明列首位的牵头"})
    assert answer.status_code == 302
    profile = profile_of(cast.place.pk)
    assert profile is not None
    assert profile.settled("lead") == "first"
    entry = Entry.objects.filter(action="profile-corrected").latest("sequence")
    assert entry.why == "历年通知写明列首位的牵头"
    assert verify_chain().holds
    withdraw_breakdown(draft.pk, "照改定的写法重读", by=cast.viewer("clerk"), at=entry.at)
    again = propose(cast)
    assert again.pk != draft.pk
    leads = Responsibility.objects.filter(task__breakdown=again, role="lead", basis="first")
    assert leads.exists()
    assert not Responsibility.objects.filter(task__breakdown=draft, basis="first").exists()
    kept = profile_of(cast.place.pk)
    assert kept is not None
    assert kept.settled("lead") == "first"
    assert Breakdown.objects.get(pk=draft.pk).stage == Stage.WITHDRAWN


def test_a_correction_needs_a_change_and_a_reason(cast: Cast, draft: Breakdown) -> None:
    client = cast.client("clerk")
    assert client.post("/documents/profile/", {"lead": "star", "why": "同"}).status_code == 422
    assert client.post("/documents/profile/", {"lead": "first"}).status_code == 422
    assert client.post("/documents/profile/", {"lead": "nonsense", "why": "错"}).status_code == 422
    assert Profile.objects.filter(until=None).count() == 1
    assert cast.client("head").post("/documents/profile/", {"lead": "first", "why": "不"}).status_code == 403
    assert cast.client("liaison").get("/documents/profile/").status_code == 403


def test_a_place_that_read_nothing_yet_can_say_so_itself(cast: Cast) -> None:
    client = cast.client("clerk")
    assert "还没有从责任分解里读出" in client.get("/documents/profile/").content.decode()
    assert client.post("/documents/profile/", {"lead": "first", "why": "惯例"}).status_code == 302
    profile = profile_of(cast.place.pk)
    assert profile is not None
    assert profile.settled("lead") == "first"
    assert MORNING


def test_a_list_of_livelihood_projects_says_nothing_of_how_key_tasks_are_written(
    cast: Cast, draft: Breakdown
) -> None:
    before = profile_of(cast.place.pk)
    read = compile_breakdown(read_file(sample_path("candidates_breakdown")))
    assert read.livelihood
    assert not read.tasks
    note_profile(draft.document, read, at=MORNING)
    assert profile_of(cast.place.pk) == before
