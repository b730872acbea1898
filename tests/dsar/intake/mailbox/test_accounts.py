"""IMAP_URLS: what may be written, and the sentence for what may not."""

import pytest

from dsar.env import WrongSetting
from dsar.intake.mailbox.accounts import Tls, accounts

OURS = "vieprivee@assistool.com"


def test_one_address_says_everything() -> None:
    url = (
        "imap://vieprivee%40assistool.com:p%40ss%3Aword@imap.example.org"
        "?mailbox=privacy@example.org&folders=INBOX|Junk&processed=Done"
    )

    [account] = accounts([url], mailbox=OURS)

    assert (account.host, account.port, account.tls) == ("imap.example.org", 993, Tls.IMPLICIT)
    assert (account.user, account.secret) == ("vieprivee@assistool.com", "p@ss:word")
    assert (account.address, account.folders, account.processed) == ("privacy@example.org", ("INBOX", "Junk"), "Done")
    assert "p@ss" not in repr(account)


def test_the_large_providers_need_no_password() -> None:
    microsoft, google = accounts(
        [
            "imap://vieprivee%40assistool.com@outlook.office365.com?auth=microsoft&tenant=contoso",
            "imap://vieprivee%40assistool.com:refresh-token@imap.gmail.com?auth=google",
        ],
        mailbox=OURS,
    )

    assert (microsoft.oauth, microsoft.secret, microsoft.provider) == (True, "", "microsoft")
    assert microsoft.token_url.endswith("/contoso/oauth2/v2.0/token")
    assert (google.oauth, google.secret) == (True, "refresh-token")


@pytest.mark.parametrize(
    ("url", "cure"),
    [
        ("imaps://user:password@host", "write imap://"),
        ("imap://user:password@host:port", "write imap://"),
        ("imap://host", "write imap://"),
        ("imap://user:password@imap.example.org?tls=none", "set tls=implicit or tls=starttls"),
        ("imap://user:password@192.0.2.7?tls=none", "set tls=implicit or tls=starttls"),
        ("imap://user:password@host?tls=maybe", "set it to implicit, starttls or none"),
        ("imap://user:password@host?folder=INBOX", "use auth, cafile"),
        ("imap://user@host", "write it after the user"),
        ("imap://user@host?auth=microsoft", "set it to the directory"),
        ("imap://user@host?auth=yahoo", "set it to password, microsoft"),
        ("imap://user@host?auth=oauth2&token_url=http://tokens.example.org/token", "write https://"),
        ("imap://user@host?auth=oauth2", "write https://"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_cure_and_without_the_password(url: str, cure: str) -> None:
    with pytest.raises(WrongSetting, match=cure) as told:
        accounts([url], mailbox=OURS)

    assert "user:password" not in str(told.value).replace("imap://user:password@host:993", "")


def test_without_encryption_only_on_this_machine() -> None:
    found = accounts(["imap://a:b@localhost?tls=none", "imap://a:b@127.0.0.2?tls=none"], mailbox=OURS)

    assert [account.tls for account in found] == [Tls.NONE, Tls.NONE]


def test_one_user_of_a_server_is_named_once() -> None:
    with pytest.raises(WrongSetting, match="name it once"):
        accounts(["imap://a:b@host", "imap://a:c@host?folders=Junk"], mailbox=OURS)
