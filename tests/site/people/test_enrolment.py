"""The first start."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from dukao.site.history.models import Entry
from dukao.site.people.actions import enrol_administrators
from dukao.site.people.enrolment import renew_secrets
from dukao.site.people.models import Grant, User
from tests.site.conftest import MORNING, Cast


@pytest.mark.django_db
def test_the_first_start_makes_three_administrators_with_one_time_secrets() -> None:
    made = dict(enrol_administrators(now()))
    assert set(made) == {"sysadmin", "secadmin", "auditor"}
    assert len(set(made.values())) == 3
    roles = dict(Grant.objects.values_list("user__username", "role"))
    assert roles == {"sysadmin": "system_admin", "secadmin": "security_admin", "auditor": "auditor"}
    entry = Entry.objects.get()
    assert (entry.actor, entry.place) == ("dukao", "")
    for username, secret in made.items():
        assert secret not in entry.content
        client = Client()
        assert client.post("/login/", {"username": username, "password": secret}).status_code == 302
        assert client.get("/")["Location"] == "/password/"


@pytest.mark.django_db
def test_a_first_secret_nobody_used_in_time_is_no_good_and_the_next_start_gives_another() -> None:
    given = now() - timedelta(hours=73)
    late = dict(enrol_administrators(given))
    refused = Client().post("/login/", {"username": "sysadmin", "password": late["sysadmin"]})
    assert refused.status_code == 422
    assert "重新启动督考" in refused.content.decode()
    assert renew_secrets(given + timedelta(hours=71)) == []
    fresh = dict(renew_secrets(now()))
    assert set(fresh) == set(late)
    answer = Client().post("/login/", {"username": "sysadmin", "password": fresh["sysadmin"]})
    assert answer.status_code == 302
    assert renew_secrets(now()) == []


@pytest.mark.django_db
def test_the_second_start_makes_nobody() -> None:
    enrol_administrators(MORNING)
    assert enrol_administrators(MORNING) == []
    assert User.objects.count() == 3
    assert Entry.objects.count() == 1


def test_an_installation_that_has_administrators_gets_no_others(cast: Cast) -> None:
    assert enrol_administrators(MORNING) == []
