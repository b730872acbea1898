"""Attachments as a reader of requests sees them: letters to read, identity documents, signatures. Pure.

An identity document is recognised by its name, by what the mail says of it, by the shape of the picture (a card is
85.6 x 54 mm) and by the machine-readable lines of a passport or card; the reasons are kept.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dsar.identity.mrz import has_mrz
from dsar.identity.register_number import masked
from dsar.intake.file_types import kind_of
from dsar.intake.folding import fold_plain
from dsar.intake.lexicon import everywhere
from dsar.intake.measures import IMAGE_NAME, Inside, Picture, measured
from dsar.intake.parsing import ParsedMessage, Part
from dsar.intake.room import Room
from dsar.intake.sheet_process import READERS, sheet_of

__all__ = [
    "Paper",
    "identity_documents",
    "is_only_a_picture",
    "is_scan",
    "numbered",
    "papers",
    "scanned_signature",
]

PAPERS_LIMIT = 20
_NO_LETTER = re.compile(
    r"\b(?:cv|curriculum|facture|factuur|rechnung|invoice|attestation|certificat\w*|attest|uittreksel|extrait|acte"
    r"|bescheinigung|urkunde"
    r"|questionnaire|vragenlijst|fragebogen|screenshot|logo|conditions|voorwaarden|bewijs|preuve|proof|nachweis"
    r"|contrat|contract|vertrag)\b"
)
_MANDATE = re.compile(
    r"\b(?:mandat\w*|procuration|volmacht|vollmacht|power of attorney|machtiging|letter of authority|mandate)\b"
)
_NO_IDENTITY = re.compile(
    r"\b(?:signature|handtekening|unterschrift|paraaf|paraphe|logo|screenshot|capture|schermafbeelding"
    r"|bildschirm\w*|cv|facture|factuur"
    r"|rechnung|invoice|attestation|certificat\w*|attest|uittreksel|extrait|acte|bescheinigung|urkunde|mandat\w*"
    r"|volmacht|vollmacht|composition"
    r"|banner|icon|avatar|image00\d|lettre|brief|letter|schreiben|demande|antrag|verzoek|residence|huishouden)\b"
)
_IDENTITY_NAME = re.compile(
    r"(?<![a-z])(?:c ?i|cni|e ?id|id|ids|pass|passport|passeport|paspoort|reisepass|reispas|kaart|ausweis\w*"
    r"|personalausweis\w*|perso|identi\w+"
    r"|id ?(?:kaart|card|karte|front|back|scan)|idcard|idkaart|rijbewijs|permis|fuhrerschein|licen[cs]e|recto|verso"
    r"|voorkant|achterkant|vorderseite|ruckseite"
    r"|titre de sejour|verblijfs\w+|aufenthaltstitel|carte id\w*)(?![a-z])"
)
_REDACTED = re.compile(
    r"\b(?:noirci\w*|masque\w*|caviarde\w*|biffe\w*|barre\w*|zwart gemaakt|onleesbaar gemaakt|afgeplakt|afgedekt"
    r"|geschwarzt\w*|unkenntlich|abgedeckt"
    r"|blacked out|redacted|covered|blanked)\b"
)
_SIDES = re.compile(
    r"\b(?:recto|verso|voorkant|achterkant|voor en achterkant|vorderseite|ruckseite|front|back|les deux (?:cotes"
    r"|faces)|both sides)\b"
)
_CARD = re.compile(r"\b(?:carte|kaart|card|karte|piece|document|copie|kopie|copy)\b")
_REFUSED = re.compile(
    r"\b(?:pas|sans|refuse|aucune|ne|geen|niet|zonder|weiger|kein\w*|nicht|ohne|no|not|without|don ?t|refuse|won ?t"
    r"|si vous|if you|wenn sie|als u"
    r"|sur demande|on request|auf wunsch|besoin|needed|nodig|peux|kan|kann|can|will|volgt|folgt|suivra)\b"
)
# Pictures that are no letter, whatever stands in them.
_ORNAMENT = re.compile(r"\b(?:signature|handtekening|unterschrift|paraaf|paraphe|logo|banner|icon|avatar|image00\d)\b")
_CARD_SIDE, _CARD_WEIGHT = 240, 2.0
_PAGE_SIDE, _PAGE_BYTES, _PHOTO_BYTES, _TEXT_ENOUGH = 500, 4_000, 3_000, 20
_ID1, _PASSPORT = 85.6 / 54.0, 125.0 / 88.0
_ENOUGH = 3.0


@dataclass(frozen=True, slots=True)
class Paper:
    """An attachment made ready: its words, its pictures (size in pixels, 0 if unknown) and what it may be.

    ``index`` is that of the part of the mail.
    """

    index: int
    name: str
    path: str
    content_type: str
    size: int
    text: str
    pictures: tuple[Picture, ...]
    is_image: bool
    inline: bool
    inside: tuple[Inside, ...] = ()  # the pictures that it holds as files

    @property
    def is_letter(self) -> bool:
        """Words that may be a request: not a certificate, a form or a mandate."""
        title = f"{fold_plain(self.name)} {fold_plain(self.text[:120])}"
        return (
            len(self.text.split()) >= 6
            and not _NO_LETTER.search(fold_plain(self.name).replace(".", " "))
            and not (_MANDATE.search(title.replace(".", " ")) and "message/" not in self.content_type)
        )

    @property
    def is_mandate(self) -> bool:
        """A power to act for somebody."""
        return bool(_MANDATE.search(f"{fold_plain(self.name).replace('.', ' ')} {fold_plain(self.text[:120])}"))


def papers(parsed: ParsedMessage, recognised: Mapping[int, str] | None = None) -> list[Paper]:
    """The attachments of a mail, those of attached mails too; signatures of the S/MIME kind left out.

    ``recognised``: what OCR read, by index of the part; it stands for the text of one that has none.
    """
    found = []
    for part in parsed.parts[: PAPERS_LIMIT * 3]:
        if "pkcs7" in part.content_type or "pgp" in part.content_type or part.content_type.endswith("-status"):
            continue
        paper = _paper(part)
        if is_only_a_picture(paper) and recognised and part.index in recognised:
            paper = replace(paper, text=recognised[part.index])
        found.append(paper)
        if len(found) == PAPERS_LIMIT:
            break
    return found


def _paper(part: Part) -> Paper:
    text, is_image = part.text, False
    name, content_type = part.filename.lower(), _true_type(part)
    sizes: tuple[Picture, ...] = ()
    inside = part.inside
    kind = sheet_of(part)
    if kind:
        sheet = part.sheet or READERS[kind](part.data, Room())
        text, sizes, inside = sheet.text, sheet.pictures, sheet.inside or inside
    elif content_type.startswith("image/") or IMAGE_NAME.search(name):
        sizes, is_image = (measured(part.data),), True
    return Paper(
        part.index, part.filename, part.path, content_type, part.size, text, sizes, is_image, part.inline, inside
    )


def _true_type(part: Part) -> str:
    """The bytes decide what is a picture or a PDF; of the rest, what the sender calls it."""
    found = kind_of(part.data)
    return found if found.startswith("image/") or found == "application/pdf" else part.content_type


def identity_documents(
    attached: Sequence[Paper], said: Sequence[str], asked_before: str
) -> tuple[tuple[Paper, str], ...]:
    """The attachments that each show an identity document, and why; none of the others.

    ``said``: the sentences of the writer, folded. ``asked_before``: subject and quoted mail, folded: an answer to our
    question who the writer is.
    """
    caption = _caption(said)
    answering = bool(everywhere("identity").search(asked_before)) and bool(attached)
    found = []
    for paper in attached:
        for shown in (paper, *_held(paper)):
            signs = _identity_signs(shown, caption=caption, answering=answering)
            if sum(weight for weight, _ in signs) >= _ENOUGH:
                found.append((paper, ", ".join(reason for _, reason in signs)))
                break
    return tuple(found)


def _held(paper: Paper) -> list[Paper]:
    """What lies in an archive, an office file or a PDF, as if it were attached, with the name of the whole."""
    said = f"{paper.name} " if _IDENTITY_NAME.search(_plain_name(paper)) else ""
    found = []
    for one in paper.inside:
        is_pdf = one.name.lower().endswith(".pdf")
        pictures = () if is_pdf else (Picture(one.width, one.height),)
        kind = "application/pdf" if is_pdf else "image/*"
        name = f"{said}{one.name}"
        found.append(Paper(paper.index, name, paper.path, kind, one.size, "", pictures, not is_pdf, inline=False))
    return found


def _caption(said: Sequence[str]) -> str:
    """The words of the writer that announce an identity document, "" if none or only to refuse one."""
    for sentence in said:
        if found := everywhere("identity").search(sentence):
            around = sentence[max(0, found.start() - 45) : found.start()]
            if not _REFUSED.search(around):
                return found.group()
        elif ((found := _SIDES.search(sentence)) and _CARD.search(sentence)) or (found := _REDACTED.search(sentence)):
            return found.group()
    return ""


def _plain_name(paper: Paper) -> str:
    return re.sub(r"[._\d-]+", " ", fold_plain(paper.name.replace("_", " ").replace("-", " "))).strip()


def _identity_signs(paper: Paper, *, caption: str, answering: bool) -> list[tuple[float, str]]:
    name = _plain_name(paper)
    signs: list[tuple[float, str]] = []
    shows = [picture for picture in paper.pictures if _is_photo(picture, paper)]
    if has_mrz(paper.text):
        signs.append((4.0, "MRZ"))
    if _NO_IDENTITY.search(name):
        return signs if signs else [(-4.0, name)]
    if not shows and not (paper.is_image and not paper.pictures[0].width):
        named = _IDENTITY_NAME.search(name)
        unread = "pdf" in paper.content_type and not paper.text and not paper.pictures
        return (
            [*signs, (3.0, named.group())]
            if named and (unread or (len(paper.text.split()) < 40 and "pdf" in paper.content_type))
            else signs
        )
    if paper.inline and paper.size < 15_000:
        signs.append((-1.5, "inline"))
    if found := _IDENTITY_NAME.search(name):
        signs.append((3.0, found.group()))
    signs += [shape] if (shape := _shape(shows) or _unmeasured(paper)) else []
    if found := everywhere("identity").search(fold_plain(paper.text)[:400]):
        signs.append((1.5, found.group()))
    if caption:
        signs.append((2.0, caption))
    if answering:
        signs.append((1.5, "answer"))
    return signs


def _is_photo(picture: Picture, paper: Paper) -> bool:
    return min(picture.width, picture.height) >= 200 and paper.size >= _PHOTO_BYTES


def _shape(pictures: Sequence[Picture]) -> tuple[float, str] | None:
    for picture in pictures:
        long, short = max(picture.width, picture.height), min(picture.width, picture.height)
        ratio = long / short
        if abs(ratio - _ID1) < 0.06:
            return (_CARD_WEIGHT, f"{ratio:.2f}:1")
        if abs(ratio - _PASSPORT) < 0.04:
            return (1.5, f"{ratio:.2f}:1")
    return (1.0, "picture") if pictures else None


def _unmeasured(paper: Paper) -> tuple[float, str] | None:
    """A photograph in a format whose size is not read here, as telephones make them (HEIC)."""
    unknown = paper.is_image and not paper.pictures[0].width
    return (1.0, "picture") if unknown and paper.size >= _PHOTO_BYTES else None


def scanned_signature(attached: Sequence[Paper]) -> str:
    """The attachment that carries a written signature, "" if none: a picture named so, or a stroke under a letter."""
    for paper in attached:
        if paper.is_image and everywhere("signature").search(fold_plain(paper.name.replace("_", " "))):
            return paper.name
    for paper in attached:
        if paper.is_letter or is_scan(paper):
            for picture in paper.pictures:
                if "pdf" in paper.content_type or not paper.is_image:
                    wide = picture.width > 1.9 * max(picture.height, 1) and 60 <= picture.width <= 1600
                    if wide or is_scan(paper):
                        return paper.name
    return ""


def numbered(attached: Sequence[Paper]) -> tuple[tuple[int, str], ...]:
    """The attachments whose words hold a national register number, by index; their words without it."""
    hidden = [(paper, masked(paper.text)) for paper in attached]
    return tuple((paper.index, words) for paper, words in hidden if words != paper.text)


def is_only_a_picture(paper: Paper) -> bool:
    """A scan or a photograph large enough to be a page: what it says is known only to who looks at it."""
    if len(paper.text) >= _TEXT_ENOUGH or _ORNAMENT.search(_plain_name(paper)):
        return False
    large = [picture for picture in paper.pictures if _can_be_read(picture)]
    unknown = paper.is_image and not paper.pictures[0].width
    return (bool(large) or unknown) and paper.size >= _PAGE_BYTES


def _can_be_read(picture: Picture) -> bool:
    """A page, or a card: that is small, and says a lot in few pixels."""
    short = min(picture.width, picture.height)
    if _CARD_SIDE <= short < _PAGE_SIDE:
        shape = _shape([picture])
        return shape is not None and shape[0] >= _CARD_WEIGHT
    return short >= _PAGE_SIDE


def is_scan(paper: Paper) -> bool:
    """A page of a PDF that is one picture, without words: a letter scanned as it lay."""
    if "pdf" not in paper.content_type and not paper.name.lower().endswith(".pdf"):
        return False
    pages = [picture for picture in paper.pictures if picture.width and 1.2 < picture.height / picture.width < 1.65]
    return bool(pages) and max(picture.height for picture in pages) >= 700 and len(paper.text) < 20
