"""Mail that more than the officer must hear of: from an authority, a court or the police, or about a leak of data.

Beside the kind of a mail, never instead of it: each sign is the writer's own words (or the domain that showed it), so
that a person can judge it. Pure. A person who only mentions the police or the authority gives no sign: what counts is
who writes, by domain, by the title that stands alone on a line, or by words of command only an authority uses.
"""

import re
from dataclasses import dataclass

from dsar.intake import leaks
from dsar.intake.folding import fold, fold_plain
from dsar.intake.parsing import ParsedMessage
from dsar.intake.quoting import OWN, SIGNATURE, sentences, sort_lines

__all__ = ["Gravity", "gravity", "of_an_authority"]

_READ = 20_000  # characters of the text that are looked at
_SENTENCES, _SENTENCE = 100, 400  # how many, how long
_TITLE_LINE = 90  # characters: a title in a letterhead or under a signature stands on a short line

# Supervisory authorities, police and justice of Belgium and its neighbours, and of the Union.
_DOMAINS = re.compile(
    r"(?:^|[.@])(?:apd-gba\.be|gba-apd\.be|dataprotectionauthority\.be|autoriteprotectiondonnees\.be"
    r"|gegevensbeschermingsautoriteit\.be|vlaamsetoezichtcommissie\.be|police\.belgium\.eu|police\.be|politie\.be"
    r"|polizei\.be|comitep\.be|just\.fgov\.be|juridat\.be|om-mp\.be|cnil\.fr|justice\.fr|justice\.gouv\.fr"
    r"|gendarmerie\.interieur\.gouv\.fr|police\.interieur\.gouv\.fr|autoriteitpersoonsgegevens\.nl|politie\.nl|om\.nl"
    r"|rechtspraak\.nl|bfdi\.bund\.de|bka\.bund\.de|cnpd\.lu|police\.etat\.lu|justice\.etat\.lu|ico\.org\.uk"
    r"|police\.uk|edpb\.europa\.eu|edps\.europa\.eu|curia\.europa\.eu|europol\.europa\.eu|eppo\.europa\.eu"
    r"|interpol\.int|polizei\.[a-z-]+\.de|polizei-[a-z-]+\.de|datenschutz\.[a-z-]+\.de)$"
)
_TITLE = re.compile(
    r"^(?:le |la |de |der |die |the |office of the )?(?:autorite de protection des donnees|chambre contentieuse"
    r"|service d inspection|service de premiere ligne|commission nationale (?:de l informatique|pour la protection)"
    r"|procureure? (?:du roi|de la republique|general)|parquet (?:du|de|federal|general)|substitut du procureur"
    r"|auditorat du travail|juge d instruction|juge de paix|greffi?(?:e|er|ere)(?: en chef)?\b|greffe du"
    r"|tribunal (?:de|du)|cour d appel|police (?:federale|locale|judiciaire|nationale)|zone de police"
    r"|inspecteur (?:principal|de police)|inspectrice (?:principale|de police)|commissaire de police"
    r"|officier de police judiciaire|huissier de justice|gendarmerie nationale"
    r"|gegevensbeschermingsautoriteit|autoriteit persoonsgegevens|geschillenkamer|inspectiedienst"
    r"|procureur des konings|procureur generaal|parket (?:van|van de)|openbaar ministerie|arbeidsauditoraat"
    r"|onderzoeksrechter|vrederechter|griffi(?:e|er)\b|rechtbank (?:van|voor)|hof van beroep|federale politie"
    r"|lokale politie|politiezone|hoofdinspecteur|inspecteur van politie|gerechtsdeurwaarder|officier van justitie"
    r"|staatsanwaltschaft|staatsanwalt(?:in)?\b|prokurator des konigs|untersuchungsrichter(?:in)?\b|landgericht"
    r"|amtsgericht|oberlandesgericht|geschaftsstelle des|foderale polizei|lokale polizei|polizeiinspektion"
    r"|polizeiprasidium|kriminal(?:haupt|ober)?kommissar(?:in)?\b|kriminalpolizei|landeskriminalamt"
    r"|(?:der |die )?landesbeauftragte fur|datenschutzbehorde|gerichtsvollzieher(?:in)?\b"
    r"|data protection authority|information commissioner|supervisory authority|public prosecutor|crown prosecution"
    r"|investigating judge|registrar of the|court of|high court|county court|detective (?:constable|sergeant|inspector)"
    r"|metropolitan police|police constable|bailiff)"
)
_COMMAND = re.compile(
    r"\b(?:(?:nous vous |je vous )?requ(?:erons|iers) (?:de|la communication|votre)|requisition judiciaire"
    r"|(?:en vertu|en application|sur la base) de l article (?:46|88|90)[a-z0-9 ]{0,12} du code d instruction"
    r"|article 58[ .(]{0,2}1.{0,12}(?:du )?rgpd.{0,200}(?:communiquer|fournir|transmettre)|pro justitia"
    r"|(?:nous avons ete saisis?|l autorite a ete saisie) d une plainte"
    r"|wij vorderen (?:u|de mededeling|hierbij)|vordering (?:tot|op grond)"
    r"|artikel (?:46|88|90)[a-z0-9 ]{0,12} (?:van het )?(?:wetboek van strafvordering|sv\.?)"
    r"|(?:bij (?:de|onze) autoriteit|bij ons) is een klacht (?:ingediend|neergelegd)"
    r"|auskunftsersuchen (?:gemass|nach|gem\.)|(?:gemass|nach) (?:§|paragraph) ?(?:94|95|100|161|163)[a-z]? stpo"
    r"|in dem ermittlungsverfahren|ist bei (?:uns|unserer behorde) eine beschwerde (?:ein|er)"
    r"|(?:this is a |pursuant to a )?(?:production order|court order (?:requires|requiring)|subpoena)"
    r"|our (?:office|authority) has received a complaint|under section \d+ of the (?:data protection|police) act)\b"
)
_CASE_NUMBER = re.compile(r"\bdos ?20\d\d ?\d{4,6}\b")  # the Belgian authority's own: a complainant may quote it too


@dataclass(frozen=True, slots=True)
class Gravity:
    """The words or the domain that showed it, "" without a sign."""

    authority: str = ""
    leak: str = ""


def gravity(parsed: ParsedMessage) -> Gravity:
    """What the writer's own lines say; quoted and forwarded mail does not count. Never raises."""
    text = parsed.text[:_READ]
    lines = [text[line.start : line.end].strip() for line in sort_lines(text) if line.kind in {OWN, SIGNATURE}]
    own = _Own(f"{parsed.subject}\n" + "\n".join(lines))
    return Gravity(_authority(parsed, lines, own), _leak(parsed))


def of_an_authority(address: str) -> bool:
    """Whether an address is at the domain of an authority, a court or the police that we know."""
    return bool(_DOMAINS.search(address.rpartition("@")[2].lower()))


def _leak(parsed: ParsedMessage) -> str:
    text = parsed.text[:_READ]
    told = [parsed.subject, *(sentence.text for sentence in sentences(text, sort_lines(text), (OWN, SIGNATURE)))]
    folded = [fold(sentence[:_SENTENCE]) for sentence in told[:_SENTENCES]]
    found = leaks.report([sentence.text for sentence in folded])
    if found is None:
        return ""
    number, first, last = found
    start, end = folded[number].span(first, last)
    return " ".join(told[number][start:end].split())


class _Own:
    """The writer's own text, searched folded, quoted as it was written."""

    def __init__(self, text: str) -> None:
        self.text, self.folded = text, fold(text)

    def words(self, regex: re.Pattern[str]) -> str:
        found = regex.search(self.folded.text)
        if found is None:
            return ""
        start, end = self.folded.span(found.start(), found.end())
        return " ".join(self.text[start:end].split())


def _authority(parsed: ParsedMessage, lines: list[str], own: _Own) -> str:
    if parsed.sender is None:
        return ""
    if of_an_authority(parsed.sender.address):
        return parsed.sender.address.rpartition("@")[2]
    titles = [line for line in lines if len(line) <= _TITLE_LINE]
    named = next((line for line in [parsed.sender.name, *titles] if _TITLE.match(fold_plain(line).strip(" ,.-"))), "")
    commanded = own.words(_COMMAND)
    # One title alone may be a person's address line or their own profession: it takes a second sign of office.
    if commanded:
        return commanded
    return named if named and (own.words(_CASE_NUMBER) or _signs_alone(titles)) else ""


def _signs_alone(titles: list[str]) -> bool:
    """Two titles of office, as letterhead and signature have them."""
    return sum(bool(_TITLE.match(fold_plain(line).strip(" ,.-"))) for line in titles) >= 2
