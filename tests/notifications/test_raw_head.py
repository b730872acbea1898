"""What stands in the head of a letter on the wire: exactly our header lines, whatever anybody wrote.

The bytes are looked at without a parser, which might be kinder than a mail server: an encoded word that a library
decodes while it folds becomes a line end (CVE-2024-6923), and whoever chose a company's name chooses who gets a copy.
"""

import base64
import email
import email.policy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from notifications import rendering, services
from notifications.kinds import Audience
from notifications.letters import REGISTER, STATUS_LINK
from notifications.models import Notification, Thread
from tests import factories
from tests.notifications.composing import order_of, raw_of
from workflow import services as law
from workflow.states import Language, Right

pytestmark = [pytest.mark.django_db]

LINE = "\r\nBcc: spy@evil.example\r\nX-Injected: yes\r\n\r\n<b>body</b>"
IN_BASE64 = base64.b64encode(LINE.encode()).decode()
ENCODED = "=?utf-8?q?x=0D=0ABcc:_spy@evil.example=0D=0AX-Injected:_yes?="
HOSTILE = [
    ENCODED,
    f"a{ENCODED}b",
    f"=?utf-8?b?{IN_BASE64}?=",
    f"=?utf-8*fr?b?{IN_BASE64}?=",
    "=?utf-8?q?a?= =?utf-8?q?=0D=0ABcc:_x@y.example?=",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3F=0D=0ABcc:_x@y.example=3F=3D?=",
    "=\x00?utf-8?q?=0ABcc:_x@y.example?=",
    "=\u200b?utf-8?q?=0ABcc:_x@y.example?\u200b=",
    "=\r\n?utf-8?q?=0ABcc:_x@y.example?=",
    "=?utf-16?b?AA0ACg==?= Bcc: x@y.example",
    "=?utf-7?q?+AA0ACg-Bcc:_x@y.example?=",
    "=?x-unknown?q?=0D=0ABcc:_x@y.example?=",
    LINE,
    "Neu\u2028Bcc: x@y.example\u0085Cc: x@y.example\x1cTo: x@y.example",
    'Ada" <spy@evil.example>, "Eve',
    "Société d’Été, SRL; (Bruxelles) <é@é.example> " * 9,
    "é" * 400,
    "=?=?=?=?" * 40,
    "x" * 1200,
]
FRAGMENTS = [
    "=?", "?=", "=?utf-8?q?", "=?UTF-8?B?", IN_BASE64, "=0D=0A", "=0d=0a", "_", "?", "=", "\r\n", "\n", "\r", "\x00",
    "\x0b", "\u2028", "\u200b", "\u202e", "Bcc: spy@evil.example", "Subject:", ":", ",", ";", "<", ">", '"', "\\", "(",
    ")", "@", "é", "日本", " ", "\t", ".", "a" * 80, "é" * 60,
]  # fmt: skip
words = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=14).map("".join)
EVERY_LETTER = pytest.mark.parametrize("entry", list(REGISTER.values()), ids=lambda entry: entry.letter.value)


def lines_of(raw: bytes) -> list[bytes]:
    """The header lines as a mail server sees them, without what is folded below each."""
    head, blank, _body = raw.partition(b"\r\n\r\n")
    assert blank
    return [line for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]


def expected(order: Any, *, threaded: bool) -> list[str]:
    entry = REGISTER[order.letter]
    with_case = order.case is not None and entry.audience is not Audience.STAFF
    return [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        *(["In-Reply-To", "References"] if threaded else []),
        *(["Reply-To"] if with_case else []),
        *(["Auto-Submitted"] if entry.automatic else []),
        "X-Auto-Response-Suppress",
        "MIME-Version",
        "Content-Type",
        "Content-Language",
    ]


def assert_ours_alone(raw: bytes, order: Any, *, threaded: bool = False) -> None:
    lines = lines_of(raw)
    assert sorted(line.partition(b":")[0].decode() for line in lines) == sorted(expected(order, threaded=threaded))
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert b"\x00" not in raw
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 998
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert [one.addr_spec for one in read["To"].addresses] == [order.recipient]
    assert len(read["From"].addresses) == 1
    for name in ("Subject", "From", "To"):
        assert not set("\r\n\x00\u2028\x85") & set(str(read[name])), "nor for a program that decodes it"


def said_in(order: Any, hostile: str) -> Any:
    values = {
        name: hostile if isinstance(value, str) and value != STATUS_LINK else value
        for name, value in order.variables.items()
    }
    (order.case.controller if order.case else order.controller).name = hostile[:200]
    return replace(order, variables=values)


def raw_or_none(order: Any) -> bytes | None:
    """None for words of which nothing is left: those make no letter at all."""
    try:
        return raw_of(order)
    except rendering.EmptyVariable:
        return None


@EVERY_LETTER
def test_nobodys_words_become_a_header_line(entry: Any) -> None:
    case = factories.received()
    for position, hostile in enumerate(HOSTILE):
        language = list(Language)[position % 4]
        order = said_in(order_of(entry, language, case), hostile)
        others = (Language.FR,) if language is Language.EN else ()
        assert_ours_alone(raw_of(replace(order, others=others)), order)


@example_settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(entry=st.sampled_from(list(REGISTER.values())), language=st.sampled_from(list(Language)), hostile=words)
def test_no_combination_of_what_is_dangerous_becomes_one(entry: Any, language: Language, hostile: str) -> None:
    case = factories.received()
    order = said_in(order_of(entry, language, case), hostile)

    raw = raw_or_none(order)

    if raw is not None:
        assert_ours_alone(raw, order)


@example_settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=words, more=words)
def test_quoted_ids_of_other_programs_never_become_one(first: str, more: str) -> None:
    case = factories.received()
    stored = [text.replace("\x00", "")[:900] for text in (f"<{first}>", f"<{more}> <{first}@x>")]
    Thread.objects.create(case=case, address=case.person_email, in_reply_to=stored[0], references=stored[1])
    order = order_of(REGISTER[next(iter(REGISTER))], Language.FR, case)

    raw = raw_of(order)

    assert_ours_alone(raw, order, threaded=b"\r\nIn-Reply-To:" in raw)


@pytest.mark.parametrize("wild", [f"<{ENCODED}>", "<=?utf-8?q?=C3=A9?=@x.example>", "<=?utf-8?b?DQo=?=@x>"])
def test_an_id_with_an_encoded_word_is_not_quoted(wild: str) -> None:
    """Decoded it is another id, or one that no header can carry: that letter could never be made."""
    case = factories.received()
    Thread.objects.create(
        case=case,
        address=case.person_email,
        in_reply_to="<first@example.org>",
        references=f"{wild} <earlier@x.example>",
    )
    order = order_of(REGISTER[next(iter(REGISTER))], Language.FR, case)

    lines = raw_of(order).split(b"\r\n")
    assert b"In-Reply-To: <first@example.org>" in lines
    assert b"References: <earlier@x.example>" in lines

    Thread.objects.filter(case=case).update(in_reply_to=wild)
    assert_ours_alone(raw_of(order), order)


@example_settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(local=words, domain=st.sampled_from(["example.org", "exämple.org", ENCODED, "x\r\nBcc: a@b.example"]))
def test_a_stored_recipient_either_is_one_address_or_makes_no_letter(local: str, domain: str) -> None:
    """A row of before, or one that somebody changed: no address is written that a mail program could misread."""
    case = factories.received()
    order = replace(order_of(REGISTER[next(iter(REGISTER))], Language.FR, case), recipient=f"{local}@{domain}")

    try:
        raw = raw_of(order)
    except rendering.CannotBeBuilt:
        return

    names = sorted(line.partition(b":")[0].decode() for line in lines_of(raw))
    assert names == sorted(expected(order, threaded=False))
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert len(read["To"].addresses) == 1


# -- the whole way, to a real server ---------------------------------------------------------------------------


def head_lines(envelope: Any) -> set[bytes]:
    return {line.partition(b":")[0] for line in lines_of(envelope.content)}


def test_a_company_the_person_named_gets_nobody_a_copy(mail_server: Any) -> None:
    case = factories.confirmed((Right.ACCESS,))
    law.forward(
        case.pk,
        controller=ENCODED,
        address="dpo@other.example",
        why="We only process it.",
        by=factories.actor("officer"),
    )

    services.sweep_pending()
    services.deliver_due()

    sent = [envelope for envelope in mail_server.accepted if b"m18" in envelope.content]
    assert len(sent) == 2
    for envelope in mail_server.accepted:
        assert not {b"Bcc", b"X-Injected", b"Cc"} & head_lines(envelope)


def test_the_houses_own_name_and_own_texts_add_no_line(mail_server: Any) -> None:
    owner = factories.installation()
    owner.name = ENCODED
    owner.save()
    factories.received()

    services.sweep_pending()
    services.deliver_due()

    [envelope] = mail_server.accepted
    assert not {b"Bcc", b"X-Injected"} & head_lines(envelope)


def test_bytes_that_hold_another_line_are_never_handed_over(mail_server: Any, monkeypatch: Any) -> None:
    """Whatever way nobody thought of: the last look is at the bytes themselves."""
    factories.received()
    services.sweep_pending()
    plain = rendering.EmailMessage.as_bytes
    monkeypatch.setattr(
        rendering.EmailMessage,
        "as_bytes",
        lambda self, *rest, **more: plain(self, *rest, **more).replace(
            b"\r\nDate:", b"\r\nBcc: s@evil.example\r\nDate:"
        ),
    )

    services.deliver_due()

    assert mail_server.accepted == []
    assert Notification.objects.get(letter="M01").state == "undeliverable"
