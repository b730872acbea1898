"""Signing in: one sentence for every failure, a door that closes, French for whoever asks in another language."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests import factories
from workflow.models import Staff

PASSWORD = "correct horse battery staple"


@pytest.fixture
def officer(db: None) -> Staff:
    cache.clear()
    officer = factories.staff("officer")
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def _try(client: Client, username: str, password: str):  # type: ignore[no-untyped-def]
    return client.post("/accounts/login/", {"login": username, "password": password})


def test_right_password_opens_the_desk(officer: Staff) -> None:
    client = Client()

    answer = _try(client, "officer", PASSWORD)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_wrong_name_and_wrong_password_give_the_same_answer(officer: Staff) -> None:
    def visible(answer) -> str:  # type: ignore[no-untyped-def]
        text = answer.content.decode()
        return text[text.index('role="alert"') : text.index("<form")]

    assert visible(_try(Client(), "officer", "wrong")) == visible(_try(Client(), "nobody", "wrong"))


def test_ten_wrong_passwords_close_the_door_even_for_the_right_one(officer: Staff) -> None:
    client = Client()
    for _attempt in range(10):
        assert _try(client, "officer", "wrong").status_code in {200, 429}

    answer = _try(client, "officer", PASSWORD)

    assert answer.status_code in {200, 429}
    assert client.get("/").status_code == 302


def test_the_desk_is_french_whatever_the_browser_asks_for(officer: Staff) -> None:
    page = Client().get("/accounts/login/", headers={"accept-language": "de,en;q=0.8"})

    assert '<html lang="fr">' in page.content.decode()


def test_chosen_language_is_kept_in_the_account(officer: Staff) -> None:
    client = Client()
    client.force_login(officer)

    answer = client.post("/language/", {"language": "nl", "next": "/?view=all"})

    assert answer["Location"] == "/?view=all"
    assert '<html lang="nl">' in client.get("/").content.decode()
    officer.refresh_from_db()
    assert officer.language == "nl"


def test_language_switch_leads_nowhere_else(officer: Staff) -> None:
    answer = Client().post("/language/", {"language": "en", "next": "https://elsewhere.example/"})

    assert answer["Location"] == "/"


def test_unknown_language_is_refused(officer: Staff) -> None:
    assert Client().post("/language/", {"language": "xx"}).status_code == 400
