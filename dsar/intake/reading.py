"""First reading of a mail: language, kind, rights, formalities, each with the words that showed it. Pure.

Only a proposal: an officer confirms it (T02). Rules and word lists, no statistics, so that every proposal can be
explained and none depends on mails seen before.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from dsar.intake import automatic, formalities, gravity, introducing, kinds, misdirected, persons, quoting, selling
from dsar.intake.about import NOBODY, About, about, is_one_name
from dsar.intake.bounds import HEAD_LIMIT, TAIL_LIMIT, bounded, within_limits
from dsar.intake.folding import fold_plain
from dsar.intake.identifiers import Identifier, identifiers, person_name
from dsar.intake.language import language_of, scores
from dsar.intake.lexicon import Lexicon, lexicon
from dsar.intake.loose import nearby
from dsar.intake.meaning import DENIED, ELSEWHERE, GIVEN, MEANT, Meaning, Model, in_order, means, together
from dsar.intake.papers import (
    Paper,
    identity_documents,
    is_only_a_picture,
    is_scan,
    numbered,
    papers,
    scanned_signature,
)
from dsar.intake.parsing import ParsedMessage
from dsar.intake.persons import Several
from dsar.intake.quoting import FOOTER, FORWARDED, OWN, QUOTED, SIGNATURE, Line, Sentence
from dsar.intake.rights import Heard, Hit, as_told, listen
from dsar.intake.settled import asked_only, is_told
from dsar.intake.showing import LONGEST, Because, told_by
from dsar.intake.weighing import Weighed, other_languages, weigh
from workflow.states import Right

__all__ = ["Because", "Reading", "read"]

_SENTENCES_LIMIT = 150
_FEW_WORDS = 25
_REPLY_MARK = re.compile(
    r"^\s*(?:(?:re|aw|antw|antwort|sv|rv|fwd?|tr|wg|vs|doorst|i)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)
_ATTACHED = re.compile(
    r"\b(?:annexe|annexee?s?|pieces? jointes?|ci joint\w*|joins|jointe?s?|en pj|bijlage\w*|bijgevoegd\w*"
    r"|bijgaand\w*|attach\w+|enclos\w+"
    r"|anlage\w*|anliegend\w*|anbei|anhang|beigefugt\w*|beigelegt\w*|brief|schreiben|courrier|lettre|letter)\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a first reading proposes; ``rights`` and ``unsure`` (worth a look) in the order of Right.

    ``rights_alone``: of an answer, all it asks for if it answers nothing we know, with the words in ``because_alone``;
    else the same as ``rights``. ``identity_parts``: the indexes of the parts that look like an identity document, one
    by one; ``numbered_parts``: those with a national register number, and their words without it;
    ``unread_parts``: of the others, those that are only a picture and say nothing here.
    ``person_name``: whose data it is about, as the mail says; ``identifiers``: by what the sources may know them;
    ``about``: the people it names so who are not its writer.
    ``weaker``: read by rules alone. ``several``: the people who ask in it, where it is not one person's.
    ``leak``: the words that report a leak of data, "" without; ``takes_back``: those that take a request back.
    """

    language: str
    kind: str
    rights: tuple[Right, ...]
    unsure: tuple[Right, ...]
    dated: bool
    signed: str
    reasons_given: bool
    identity_document: bool
    representative: bool
    acknowledge: bool
    because: tuple[Because, ...]
    kind_because: str
    rights_alone: tuple[Right, ...] = ()
    because_alone: tuple[Because, ...] = ()
    identity_parts: tuple[int, ...] = ()
    numbered_parts: tuple[tuple[int, str], ...] = ()
    unread_parts: tuple[int, ...] = ()
    person_name: str = ""
    identifiers: tuple[Identifier, ...] = ()
    weaker: bool = True
    several: Several | None = None
    about: About = NOBODY
    leak: str = ""
    takes_back: str = ""

    @property
    def telling(self) -> tuple[Because, ...]:
        """The words to be shown, wherever the message comes to lie."""
        return tuple(dict.fromkeys((*self.because, *self.because_alone)))


@dataclass(frozen=True, slots=True)
class _Writing:
    """A mail taken apart: what the writer wrote where, in which language."""

    text: str
    lines: list[Line]
    own: str
    attached: list[Paper]
    letters: list[Paper]
    words: Lexicon
    heard: list[Heard]

    @property
    def sentences(self) -> list[str]:
        return [item.text for item in self.heard]


@dataclass(frozen=True, slots=True)
class _Verdict:
    kind: str
    because: str
    rights: dict[Right, list[Hit]]


def read(
    parsed: ParsedMessage,
    *,
    own_domains: Collection[str] = ("assistool.com",),
    model: Model | None = None,
    recognised: Mapping[int, str] | None = None,
    by_person: bool = False,
) -> Reading:
    """Read a parsed mail. ``own_domains``: ours, whose senders get no acknowledgement. Never raises.

    ``by_person``: an officer said that a person wrote it, so it is neither a program's nor selling nor a list's.
    ``recognised``: what OCR read in parts that are only a picture, by their index.
    ``model`` says what sentences mean; without it the rules read alone, and ``weaker`` is true. Time is bounded
    whatever the size: of a long text the head and the tail are read.
    """
    parsed = bounded(parsed)
    nature = automatic.nature(parsed, own_domains)
    writing = _take_apart(parsed, nature, recognised)
    subject_counts = not _REPLY_MARK.match(parsed.subject) or not nature.link
    by_rules = weigh(writing.heard, subject_counts=subject_counts)
    # Letters keep to forms that the rules know; of others the model may say what it can.
    meaning = means(writing.heard, model, subject_counts=subject_counts, letters_count=not by_rules.rights)
    weighed = asked_only(together(by_rules, meaning), writing.heard)
    verdict = None if by_person else _unasked(parsed, writing, weighed, nature, meaning)
    verdict = verdict or _judge(writing, weighed, nature, meaning)
    alone = _unlinked(writing, weighed, meaning) if verdict.kind == "reply" else verdict
    if verdict.kind == "reply" and not automatic.answers_by_header(parsed):
        verdict = replace(verdict, rights=alone.rights)  # it only mentions another case
    human = verdict.kind in {"request", "reply", "chaser", "complaint"}
    # Whatever the mail is judged to be: a filed or mistaken one may still carry somebody's card.
    shown = identity_documents(writing.attached, writing.sentences, _asked_before(writing))
    rights = tuple(verdict.rights)
    identity = tuple(paper.index for paper, _why in shown)
    unsure = _perhaps(weighed, rights) if human or (meaning and verdict.kind == "out_of_scope") else ()
    return Reading(
        language=writing.words.language,
        kind=verdict.kind,
        rights=rights,
        unsure=unsure,
        dated=_dated(parsed, writing),
        signed=_signed(parsed, writing, verdict.kind),
        reasons_given=_gives_reasons(writing, verdict, meaning),
        identity_document=bool(shown),
        representative=human and formalities.is_for_another(_representing(writing), writing.words),
        acknowledge=parsed.sender is not None and _acknowledge(verdict.kind, nature),
        because=told_by(parsed, verdict.rights),
        rights_alone=tuple(alone.rights),
        because_alone=told_by(parsed, alone.rights) if alone is not verdict else (),
        kind_because=verdict.because[:LONGEST],
        identity_parts=identity,
        numbered_parts=numbered(writing.attached),
        unread_parts=tuple(
            paper.index for paper in writing.attached if is_only_a_picture(paper) and paper.index not in identity
        ),
        person_name=_person(parsed, writing) if human else "",
        identifiers=_identifiers(parsed, writing, own_domains) if human else (),
        weaker=meaning is None,
        several=_several(parsed) if human or unsure else None,
        about=_about(parsed, writing) if human or verdict.kind == "out_of_scope" else NOBODY,
        leak=gravity.leak(parsed, meaning),
        takes_back=_takes_back(writing)[:LONGEST] if human else "",
    )


def _takes_back(writing: _Writing) -> str:
    """The writer's own sentence that takes an earlier request back; an officer ends it, no machine does."""
    return next((item.original for item in writing.heard if item.withdraws and item.place in {"body", "subject"}), "")


def _several(parsed: ParsedMessage) -> Several | None:
    subject = _REPLY_MARK.sub("", parsed.subject)
    return persons.find(parsed.text, sender_name=parsed.sender.name if parsed.sender else "", subject=subject)


def _person(parsed: ParsedMessage, writing: _Writing) -> str:
    shown, typed = _writer(parsed, writing)
    said = introducing.by_name(writing.own)
    if said and not is_one_name(said, typed):
        typed = shown = said  # the mailbox may be a family's, and a text may end with another's name
    for_another = formalities.is_for_another(_representing(writing), writing.words)
    texts = [writing.own, *(paper.text for paper in writing.attached)]
    return person_name(texts, typed, shown, for_another=for_another)


def _about(parsed: ParsedMessage, writing: _Writing) -> About:
    return about(writing.own, _REPLY_MARK.sub("", parsed.subject), writer=filter(None, _writer(parsed, writing)))


def _writer(parsed: ParsedMessage, writing: _Writing) -> tuple[str, str]:
    """The name its program gave, and the one below the mail."""
    shown, address = (parsed.sender.name, parsed.sender.address) if parsed.sender else ("", "")
    return shown, formalities.typed_name(_end_lines(writing), shown, address)


def _identifiers(parsed: ParsedMessage, writing: _Writing, own_domains: Collection[str]) -> tuple[Identifier, ...]:
    told = [(line.start, line.end) for line in writing.lines if line.kind in (OWN, SIGNATURE)]
    sender = parsed.sender.address if parsed.sender else ""
    return identifiers(writing.text, told, own_addresses=tuple(own_domains), sender=sender)


def _take_apart(parsed: ParsedMessage, nature: automatic.Nature, recognised: Mapping[int, str] | None) -> _Writing:
    text = parsed.text
    lines = within_limits(quoting.sort_lines(text, passed_on=nature.own))
    own = quoting.own_text(text, lines)
    attached = papers(parsed, recognised)
    letters = [paper for paper in attached if paper.is_letter] or [paper for paper in attached if paper.is_mandate]
    inner = [paper for paper in letters if paper.content_type.startswith("message/")]
    kinds_read: tuple[str, ...] = (OWN,)
    if nature.own and not inner:
        kinds_read = (OWN, FORWARDED)  # a colleague passes a request on: the forwarded text is the writer's
    subject = _REPLY_MARK.sub("", parsed.subject)
    own_letters = [paper for paper in letters if paper not in inner]
    first = [paper.text for paper in inner] if nature.own else []
    code = language_of([*first, own, f"{own}\n{subject}", *(paper.text for paper in own_letters), text])
    others = other_languages(scores(own), code)
    heard = listen(_as_sentence(parsed.subject, subject), "subject", code)
    heard += listen(quoting.sentences(text, lines, kinds_read), "body", code, others=others, number=len(heard))
    heard = as_told(_without_repeats(heard))
    body_says = weigh([item for item in heard if item.place == "body"]).rights if letters else {}
    wanted = _letters_to_read(letters, own, bool(body_says), nature)
    for paper in wanted:
        page = paper.text[: HEAD_LIMIT + TAIL_LIMIT]
        sorted_page = quoting.sort_lines(page)
        kept = quoting.sentences(page, sorted_page)
        heard += listen(kept, f"attachment {paper.name}", code, number=len(heard) + 1, others=others)
    return _Writing(text, lines, own, attached, wanted, lexicon(code), heard)


def _without_repeats(heard: list[Heard]) -> list[Heard]:
    """Each sentence once, and of very many the first: a text that says the same a thousand times is read once."""
    seen: dict[tuple[str, str], Heard] = {}
    for item in heard:
        seen.setdefault((item.place, item.text), item)
    return list(seen.values())[:_SENTENCES_LIMIT]


def _as_sentence(subject: str, without_marks: str) -> list[Sentence]:
    if not without_marks.strip():
        return []
    start = len(subject) - len(without_marks)
    return [Sentence(start, len(subject), without_marks[:1000], bullet=False, first=True)]


def _letters_to_read(letters: list[Paper], own: str, body_says: bool, nature: automatic.Nature) -> list[Paper]:
    """Attached letters count when the mail says little, or points to them; an attached mail when it stands alone."""
    folded = fold_plain(own)
    little = len(folded.split()) <= _FEW_WORDS
    wanted = []
    for paper in letters:
        if paper.content_type.startswith("message/"):
            if nature.own or not body_says:
                wanted.append(paper)
        elif not body_says or little or _ATTACHED.search(folded):
            wanted.append(paper)
    return wanted


def _unasked(
    parsed: ParsedMessage, writing: _Writing, weighed: Weighed, nature: automatic.Nature, meaning: Meaning | None
) -> _Verdict | None:
    """What no person wrote to us, or what they want nothing of us with: a program's, selling, a list's; else None."""
    own = _folded(writing)
    wish = selling.wish(writing.heard, weighed, meaning)
    if found := automatic.automatic(parsed, own, nature, asks=wish == selling.CLEARLY, perhaps=wish > selling.HARDLY):
        return _Verdict(found.kind, found.because, {})
    ways, said = automatic.spam_signs(parsed, own, writing.words, nature)
    heard_any = bool(weighed.rights or weighed.unsure)
    if automatic.is_spam(ways, said, wish=wish, asks=heard_any) and not nature.link.startswith("DSR"):
        return _Verdict("spam", "; ".join(dict.fromkeys((*ways, *said))), {})
    if nature.listed and wish < selling.CLEARLY:
        return _Verdict("out_of_scope", "List-Id", {})
    return None


def _folded(writing: _Writing) -> str:
    return fold_plain(writing.own[: HEAD_LIMIT + TAIL_LIMIT])


def _judge(writing: _Writing, weighed: Weighed, nature: automatic.Nature, meaning: Meaning | None) -> _Verdict:
    """What a person's mail is."""
    own = _folded(writing)
    if not kinds.asks_for_oneself(weighed) and (dead := kinds.concerns_the_dead(writing.heard)):
        return _Verdict("out_of_scope", dead.words, {})
    meant = _meant("chaser", meaning)
    hurried = meant or _unless_denied("chaser", meaning, kinds.hurries(writing.heard))
    angry = kinds.complains(writing.heard, weighed, linked=bool(nature.link), hurried=bool(hurried))
    # Who tells that another's mail came to them need not complain, however displeased the model hears them.
    reports = angry is None and misdirected.is_reported(item.text for item in writing.heard)
    if angry := (None if reports else _meant("complaint", meaning)) or _unless_denied("complaint", meaning, angry):
        rights = dict(weighed.rights or in_order(kinds.topics(writing.heard)))
        hit = next((hits[0] for hits in rights.values()), None)
        return _Verdict("complaint", angry.words, in_order({**rights, Right.COMPLAINT: _told_hit(writing, angry, hit)}))
    if hurried and (meant or weighed.rights or nature.link or writing.words.cues["privacy"].search(own)):
        return _Verdict("chaser", hurried.words, weighed.rights or in_order(kinds.topics(writing.heard)))
    if nature.link:
        added = kinds.added_in_reply(weighed, writing.heard)
        if meaning is not None:
            added |= {right: hits for right, hits in weighed.rights.items() if meaning.is_likely(right.value)}
        return _Verdict("reply", nature.link, in_order(added))
    return _unlinked(writing, weighed, meaning)


def _is_likely(weighed: Weighed, meaning: Meaning | None) -> bool:
    return meaning is not None and any(meaning.is_likely(right.value) for right in weighed.rights)


def _perhaps(weighed: Weighed, rights: tuple[Right, ...]) -> tuple[Right, ...]:
    return tuple(right for right in weighed.unsure if right not in rights)


def _meant(label: str, meaning: Meaning | None) -> kinds.Told | None:
    if meaning is None or label not in meaning.best or meaning.of(label) < MEANT:
        return None
    heard = meaning.best[label][1]
    if label == "complaint" and heard.lexicon.gates["unless"].search(heard.text):
        return None  # what somebody will do if we do not answer
    return kinds.Told(heard.text, heard.place)


def _unless_denied(label: str, meaning: Meaning | None, told: kinds.Told | None) -> kinds.Told | None:
    """What a rule heard, unless the model is quite sure that it is not meant."""
    return told if meaning is None or meaning.of(label) >= DENIED else None


def _unlinked(writing: _Writing, weighed: Weighed, meaning: Meaning | None) -> _Verdict:
    rights = weighed.rights
    survey = None if _is_likely(weighed, meaning) else kinds.is_survey(writing.heard)
    if survey:
        rights = {
            right: kept for right, hits in rights.items() if (kept := [hit for hit in hits if hit.strength in "SM"])
        }
        if not rights or not _speaks_of_self(writing):
            return _Verdict("out_of_scope", survey.words, {})
    if rights:
        first = next(iter(rights.values()))[0]
        return _Verdict("request", first.matched, rights)
    if back := _takes_back(writing):
        return _Verdict("reply", back, {})  # it goes on with a request, wherever that lies
    if meaning is not None and meaning.of("out_of_scope") >= ELSEWHERE:
        return _Verdict("out_of_scope", "", {})
    if hit := kinds.asks_information(writing.heard):
        return _Verdict("request", hit.matched, {Right.INFORMATION: [hit]})
    hints = nearby(writing.heard)
    if hints and not (hints[0].finds == Right.RECTIFICATION.value and is_told(writing.heard)):
        return _Verdict("request", hints[0].matched, {Right(hints[0].finds): hints})
    if any(is_scan(paper) for paper in writing.attached) and len(writing.own.split()) <= _FEW_WORDS:
        return _Verdict("request", "scan", {})
    return _Verdict("out_of_scope", "", {})


_SELF = re.compile(
    r"\b(?:mes|mon|ma|me|moi|my|me|mijn|mij|meine?\w?|mich|mir)\b(?! (?:\w+ )?(?:memoire|these|thesis|scriptie"
    r"|masterproef|arbeit|masterarbeit|research|etude))"
)


def _speaks_of_self(writing: _Writing) -> bool:
    return any(_SELF.search(text) for text in writing.sentences)


def _told_hit(writing: _Writing, told: kinds.Told, fallback: Hit | None) -> list[Hit]:
    for item in writing.heard:
        if item.place == told.place and (start := item.text.find(told.words)) >= 0:
            return [Hit(Right.COMPLAINT.value, "S", item, start, start + len(told.words))]
    return [fallback] if fallback else []


def _asked_before(writing: _Writing) -> str:
    quoted = "\n".join(
        writing.text[line.start : line.end] for line in writing.lines if line.kind in (QUOTED, FORWARDED)
    )
    subject = next((item.text for item in writing.heard if item.place == "subject"), "")
    return f"{subject} {fold_plain(quoted[:6000])}"


def _end_lines(writing: _Writing) -> list[str]:
    """The writer's lines with the signature block, quotations and notices left out."""
    wanted = {OWN, SIGNATURE}
    return [
        "" if line.kind == FOOTER else writing.text[line.start : line.end].lstrip("-").strip()
        for line in writing.lines
        if line.kind in wanted or line.kind == FOOTER
    ]


def _dated(parsed: ParsedMessage, writing: _Writing) -> bool:
    received = parsed.received[0].at if parsed.received else parsed.date
    lines = [writing.text[line.start : line.end] for line in writing.lines if line.kind in (OWN, SIGNATURE)]
    for paper in writing.letters:
        if not paper.is_mandate:
            lines += paper.text.splitlines()
    return formalities.is_dated(lines, received, writing.words)


def _signed(parsed: ParsedMessage, writing: _Writing, kind: str) -> str:
    if kind == "bounce":
        return "none"
    if parsed.signed:
        return "digital"
    if kind in {"request", "reply", "chaser", "complaint"} and scanned_signature(writing.attached):
        return "scanned"
    name = parsed.sender.name if parsed.sender else ""
    address = parsed.sender.address if parsed.sender else ""
    if formalities.typed_name(_end_lines(writing), name, address):
        return "typed"
    inner = [paper.text.splitlines() for paper in writing.letters if not paper.is_mandate]
    return "typed" if any(formalities.typed_name(lines, name, address) for lines in inner) else "none"


def _gives_reasons(writing: _Writing, verdict: _Verdict, meaning: Meaning | None) -> bool:
    """An objection is its own reason; of others the model hears what is meant, a rule what is said: because, as."""
    if meaning is not None and verdict.kind in {"request", "reply"}:
        said = bool(verdict.rights) and any(_says_why(item) for item in writing.heard)
        return said or Right.OBJECTION_GENERAL in verdict.rights or meaning.of("reasons_given") >= GIVEN
    return formalities.gives_reasons(writing.sentences, verdict.kind, tuple(verdict.rights), writing.words)


def _says_why(item: Heard) -> bool:
    """Why a copy of a card lies beside it is no reason for the wish."""
    return bool(item.lexicon.gates["why"].search(item.text)) and not item.lexicon.cues["identity"].search(item.text)


def _representing(writing: _Writing) -> list[str]:
    mandates = [fold_plain(paper.text[:1500]) for paper in writing.attached if paper.is_mandate]
    return [*writing.sentences, *mandates]


def _acknowledge(kind: str, nature: automatic.Nature) -> bool:
    """A person who writes without a visible link to an earlier mail is answered; robots, lists, colleagues are not."""
    if kind in {"auto_reply", "bounce", "spam"} or (nature.suppressed and kind == "out_of_scope"):
        return False
    return not (nature.link or nature.machine or nature.listed or nature.own)
