"""OUTGOING_URL: what it may say, and what it says when it cannot be used."""

import pytest

from notifications.accounts import Account, WrongAccount, accounts
from notifications.addresses import on_the_wire


def test_several_accounts_are_tried_in_the_order_they_stand() -> None:
    found = accounts("smtp://ada%40x:s%3Acret@one.example:587?tls=starttls  smtp://two.example?tls=implicit")

    assert found == [
        Account(host="one.example", port=587, tls="starttls", user="ada@x", password="s:cret"),
        Account(host="two.example", port=465, tls="implicit"),
    ]
    assert [one.name for one in found] == ["ada@x@one.example:587", "two.example:465"]
    assert accounts("") == []


def test_a_provider_is_named_with_its_options_and_shows_none_of_them() -> None:
    (one,) = accounts("api://unisender-go?api_key=very-secret&api_url=http://127.0.0.1:1/")

    assert (one.name, one.provider) == ("unisender_go", "unisender_go")
    assert one.options == {"api_key": "very-secret", "api_url": "http://127.0.0.1:1/"}
    assert "very-secret" not in repr(one)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("http://host", "begins with http"),
        ("smtp://host?tls=maybe", "tls='maybe'"),
        ("smtp://host?cafille=x", "cafille"),
        ("smtp://host:port", "cannot be read"),
        ("smtp://", "begins with smtp"),
        ("smtp://user:pa55@host smtp://user:other@host", "twice"),
        ("smtp://user:pa55@host?tls", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_told_without_the_password(value: str, said: str) -> None:
    with pytest.raises(WrongAccount, match=said) as told:
        accounts(value)

    assert "pa55" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("ada@example.org", "ada@example.org"),
        ("ada@exämple.org", "ada@xn--exmple-cua.org"),
        ("jürgen@example.org", "jürgen@example.org"),
        ("ada@@example.org", ""),
        ("ada example@example.org", ""),
        ("ada\r\nRCPT TO:<eve@example.org>@example.org", ""),
        ("ada@", ""),
        ("@example.org", ""),
        ("ada", ""),
        ("ada@a..b", ""),
        ("ada\u202e@example.org", ""),
        (f"{'a' * 65}@example.org", ""),
    ],
)
def test_an_address_as_it_stands_in_an_envelope(address: str, wire: str) -> None:
    assert on_the_wire(address) == wire
