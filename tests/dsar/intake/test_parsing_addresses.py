"""Who wrote: what an attacker may put into From, and what real senders put there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.intake.addresses import addresses, normal


def read(value: str) -> list[str]:
    return [address.address for address in addresses([value])]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=?utf-8?q?victim=40bank=2Eexample=2C?= <evil@x.example>", ["evil@x.example"]),
        ("=?utf-8?b?IjxhQGIuZXhhbXBsZT4i?= <evil@x.example>", ["evil@x.example"]),
        ('"victim@bank.example" <evil@x.example>', ["evil@x.example"]),
        ('"victim@bank.example, " <evil@x.example>', ["evil@x.example"]),
        ("(victim@bank.example) evil@x.example", ["evil@x.example"]),
        ("=?utf-8?q?victim=40bank=2Eexample?=", []),
        # ambiguous: the bracketed one first, and both are seen
        ("victim@bank.example <evil@x.example>", ["evil@x.example", "victim@bank.example"]),
        ("<evil@x.example> <victim@bank.example>", ["evil@x.example", "victim@bank.example"]),
        ("evil@x.example, victim@bank.example", ["evil@x.example", "victim@bank.example"]),
    ],
)
def test_display_names_never_become_the_sender(value, expected):
    assert read(value) == expected


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("Ada Lovelace <Ada@Example.ORG>", "Ada Lovelace", "ada@example.org"),
        ("ada@example.org (Ada)", "Ada", "ada@example.org"),
        ("=?utf-8?q?Doe,_Jos=C3=A9?= <jose@example.org>", "Doe, José", "jose@example.org"),
        ('"=?iso-8859-1?q?Jos=E9?=" <jose@example.org>', "José", "jose@example.org"),
        ('"Doe, \\"J\\"" <j@example.org>', 'Doe, "J"', "j@example.org"),
        ("<@relay.example,@two.example:ada@example.org>", "", "ada@example.org"),
        ("Ada <mailto:ada@example.org>", "Ada", "ada@example.org"),
        ("Ada <ada@example.org", "Ada", "ada@example.org"),
        ("Ada :( <ada@example.org>", "", "ada@example.org"),
        ('"Ada <ada@example.org>', "Ada", "ada@example.org"),
        ('"ada"@example.org', "", "ada@example.org"),
        ("Ada <ada@münchen.example>", "Ada", "ada@xn--mnchen-3ya.example"),
        ("Ada <ada@faß.example>", "Ada", "ada@faß.example"),
        ("MAILER-DAEMON (Mail System)", "Mail System", "mailer-daemon"),
        ("Mail <MAILER-DAEMON>", "Mail", "mailer-daemon"),
        ("Doe, Jane <jane@example.org>", "Doe, Jane", "jane@example.org"),
        ("john . smith@example.org", "", "john.smith@example.org"),
        ("John <john.smith @example.org>", "John", "john.smith@example.org"),
        ('"an na"@example.org', "", '"an na"@example.org'),
    ],
)
def test_real_senders_are_read(value, name, address):
    (found,) = addresses([value])

    assert found.address == address
    assert found.name == name or not name


@pytest.mark.parametrize(
    "value",
    [
        "",
        "<>",
        "undisclosed-recipients:;",
        "Ada Lovelace",
        "<Ada Lovelace>",
        "@",
        "a@",
        "Ada <>",
        "a@@b.example",
        "<an na@b.example>",
    ],
)
def test_no_address_is_no_address(value):
    assert read(value) == []


def test_group_gives_its_members_and_each_address_comes_once():
    assert read("Friends: a@x.example, B@x.example; b@x.example") == ["a@x.example", "b@x.example"]


def test_at_most_a_thousand():
    assert len(read(",".join(f"u{n}@x.example" for n in range(2000)))) == 1000


@given(st.text(alphabet='ab@.<>,;:"\\() =?qQ\udce9é\r\n\t\0', max_size=200))
def test_any_value_gives_clean_addresses(value):
    for address in addresses([value]):
        assert address.address == normal(address.address)
        assert not set(address.address + address.name) & set("\r\n\0")
