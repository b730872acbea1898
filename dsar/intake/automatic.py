"""Mail that no person wrote by hand, or nobody should answer: bounces, robots, receipts, lists, selling and fraud.

By headers first (RFC 3834, RFC 3464, RFC 8098, RFC 2919 and what vendors add), by words where headers are silent. Each
finding says why, for the officer. Pure.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from dsar.intake import absences, selling
from dsar.intake.desks import answered_by_a_desk
from dsar.intake.folding import fold_plain
from dsar.intake.lexicon import Lexicon
from dsar.intake.listing import listing
from dsar.intake.notices import notice
from dsar.intake.parsing import ParsedMessage

__all__ = [
    "ARRIVED",
    "Automatic",
    "Nature",
    "authentication_failed",
    "automatic",
    "header",
    "is_no_reply",
    "is_own_address",
    "is_spam",
    "is_titled_by_a_program",
    "link",
    "nature",
    "own_types",
    "says_undelivered",
    "sender_denied",
    "spam_signs",
    "tells_of_absence",
]

_NO_REPLY = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|ne[-_.]?pas[-_.]?repondre|nepasrepondre|niet[-_.]?beantwoorden"
    r"|geen[-_.]?antwoord"
    r"|nicht[-_.]?antworten|keine[-_.]?antwort|noreply|donotreply|mailer-daemon)(?:[-_+.\d]|$)"
    # After a dot comes a name: "notify.eva" is hers.
    r"|^(?:notif(?:y|ier|ications?)|bounces?|newsletters?)(?:[-_+\d]|$)"
)
# RFC 2142 keeps this name for a person, who may ask something; without a wish it is a mail server's.
_POSTMASTER = re.compile(r"^post[-_.]?master$")
# Nobody has this name: whatever it sends is a mail server's.
_NOBODY = re.compile(r"^(?:mailer|mail)[-_.]?daemon$")
_DAEMON = re.compile(
    r"^(?:mailer[-_.]?daemon|post[-_.]?master|mail[-_.]?daemon|mail[-_.]?delivery|mdaemon|mail[-_.]?system|bounce)"
)
_BOUNCE_SUBJECT = re.compile(
    r"^(?:undeliver\w*|(?:mail )?delivery (?:status notification|failure|has failed|delayed|incomplete)"
    r"|mail (?:failed|failure)\b|mail delivery (?:failed|failure|system"
    r"|subsystem)|failure notice|returned mail|delayed mail|warning: (?:could not send|message)"
    r"|message (?:undeliverable|delayed)"
    r"|unzustellbar|nicht zugestellt|zustellung (?:fehlgeschlagen|verzogert)|mail konnte nicht|non remis"
    r"|non distribu\w+"
    r"|echec de (?:la )?(?:remise|distribution|livraison)|message non (?:remis|distribue|delivre)|remise (?:echouee"
    r"|retardee)"
    r"|onbestelbaar\w*|niet (?:bezorgd|afgeleverd)|bezorging mislukt|aflevering)"
)
_BOUNCE_WORDS = re.compile(
    r"\b(?:could not be delivered|no such user|invalid (?:user|recipient)|mailbox unavailable"
    r"|wasn t able to deliver|was not delivered|unable to deliver"
    r"|permanent(?:ly)? (?:error|fail\w*)|(?:address|recipient|mailbox) (?:does not|doesn t|no longer) exists?"
    r"|(?:adresse|destinataire|boite) n existe (?:pas|plus)|(?:adres|ontvanger|postvak) bestaat niet"
    r"|(?:adresse|empfanger|postfach) existiert nicht"
    r"|delivery to the following|recipient address rejected|user unknown|mailbox (?:is )?full"
    r"|n a pas pu etre (?:remis|distribue|delivre)"
    r"|n a pu etre (?:remis|delivre)|konnte nicht zugestellt|kon niet (?:worden )?(?:bezorgd|afgeleverd)"
    r"|undelivered|550 5\.|unbekannter benutzer)"
)
# A program's own title, in the words mail programs use; a person hardly writes one.
_AUTO_SUBJECT = re.compile(
    r"^(?:auto(?:matic)? ?(?:reply|response|matische? antwo\w+)|automatic reply|automatisch(?:e)? (?:antwoord"
    r"|antwort|bericht)"
    r"|auto ?reply|autoreply|automatische antwort|reponse auto\w*|message (?:automatique|d absence)"
    r"|notification d absence|out of (?:the )?office|ooo\b|abwesenheitsnotiz|urlaubsmeldung)"
)
# What a person may write above a letter as well, being back from holiday or long abroad.
_AWAY_SUBJECT = re.compile(
    r"^(?:absence|absent\b|abwesen\w+|afwezig\w*|buiten kantoor|urlaub\b|vacation|on (?:leave|holiday)"
    r"|conges?\b|i am out|ik ben afwezig)"
)
# A person too may write about "absence of an answer" or "vacation rental": a notice's title ends with the word, or goes
# on as a program writes it.
_TITLE_GOES_ON = re.compile(
    r"^\s*(?:$|[:,;(\[|.!]|(?:du bureau|de (?:courte|longue) duree|jusqu|tot\b|t m\b|bis\b|until|till"
    r"|of absence|temporaire|pour conges?|notification|notice|message|nachricht|bericht|melding|notiz|re ?:|aw ?:|\d)"
    r"|[-+])"
)
# What only a program or a help desk says, so that no header is needed; a person asking us something never does.
_ROBOT_ALONE = re.compile(
    r"\b(?:(?:reponse|message) (?:generee?|envoyee?) (?:par (?:le|un|notre) (?:serveur|systeme)|automatiquement)"
    r"|nous vous (?:repondrons|recontacterons|reviendrons) (?:dans|sous|des|le plus|au plus)"
    r"|nous (?:traitons|traiterons) votre (?:demande|message|question)"
    r"|automatisch (?:gegenereerd|aangemaakt|verstuurd|erstellt|generiert|versendet)"
    r"|(?:wij|we) (?:behandelen|beantwoorden) uw (?:vraag|bericht|mail|e ?mail|verzoek)"
    r"|(?:wij|we) (?:antwoorden|nemen .{0,20}contact) .{0,25}(?:binnen|zo snel)"
    r"|wir (?:melden uns|antworten|bearbeiten ihre|werden uns) .{0,30}(?:innerhalb|binnen|schnellst\w*|so bald"
    r"|so schnell|werktag\w*)"
    r"|we (?:will|ll|aim to) (?:reply|respond|answer|get back to you|be in touch)\b.{0,30}(?:within|as soon|shortly"
    r"|hours|days)"
    r"|(?:automatically|system) generated|(?:nicht da|unterwegs) und lese keine)\b"
)
# What a notice does not say and a person who is away does: what they bring, or that they write all the same.
_WRITES_ALL_THE_SAME = re.compile(
    r"\b(?:voici|ci joint\w*|en annexe|en piece jointe|mais|quand meme|malgre tout|hierbij|bijgevoegd"
    r"|in bijlage|maar|toch|alvast|anbei|im anhang|hier (?:ist|sind)|aber|trotzdem|dennoch|here (?:is|are)|attached"
    r"|mandat\w*|volmacht\w*|vollmacht\w*|procuration|power of attorney|notre cliente?|onze client\w*"
    r"|unser\w* mandant\w*|our client|enclosed|but|however|nevertheless|vous m avez ecrit|dans votre (?:mail"
    r"|courriel|lettre)"
    r"|in uw (?:mail|brief)|u schreef"
    r"|in ihre[rm] (?:mail|schreiben|brief)|sie schrieben|you (?:told|wrote)|in your (?:mail|email|letter))\b"
)
_RECEIPT_SUBJECT = re.compile(
    r"^(?:read|lu|gelesen|gelezen|not read|non lu|ungelesen|accuse de lecture|leesbevestiging|lesebestatigung) ?:"
)
# What a program says that tells a message was opened; a person answers below such a title too.
_READ_WORDS = re.compile(
    r"\b(?:a ete lue?|lu le|was (?:read|opened|displayed)|has been (?:read|opened)|been displayed|(?:is|werd) gelezen"
    r"|(?:wurde|ist) .{0,40}(?:gelesen|geoffnet|angezeigt)|accuse de lecture|read receipt|leesbevestiging"
    r"|lesebestatigung"
    r"|was deleted without being read|supprime sans|ungelesen geloscht)\b"
)
_ROBOT_WORDS = re.compile(
    r"\b(?:a ticket has been (?:opened|created)|your (?:ticket|request|message) has been (?:received|registered"
    r"|logged)|ticket (?:id|number|#)"
    r"|do not reply to this (?:e ?mail|message)|this is an auto\w* (?:message|reply|response|generated)"
    r"|ne pas repondre a ce"
    r"|ceci est (?:un message|une reponse) automatique|votre (?:demande|ticket"
    r"|message) a (?:bien )?ete (?:enregistre\w*|recu\w*)"
    r"|un ticket a ete (?:cree|ouvert)|dit is een automatisch\w*|uw (?:bericht|vraag|ticket) (?:is"
    r"|werd) (?:goed )?(?:ontvangen|geregistreerd)"
    r"|er (?:is|werd) een ticket|gelieve niet te antwoorden|dies ist eine automatisch\w*|ihre (?:anfrage"
    r"|nachricht) (?:ist|wurde) (?:bei uns )?(?:eingegangen|erfasst|registriert)"
    r"|ein ticket wurde|bitte antworten sie nicht)"
)
_AWAY_WORDS = re.compile(
    r"\b(?:(?:je suis|serai|suis) (?:actuellement |presentement )?(?:absente?|en conges?|en vacances"
    r"|en deplacement)|absente? (?:du bureau|jusqu)"
    r"|out of (?:the )?office|i (?:am|m) (?:currently )?(?:away|on (?:leave|holiday|vacation|annual leave"
    r"|maternity leave|parental leave|paternity leave|sick leave))|limited access to (?:my )?e ?mail"
    r"|ik ben (?:momenteel |tot |met )?(?:afwezig|met (?:\w+)?(?:verlof|vakantie)|\w*verlof|vakantie)|(?:afwezig"
    r"|verlof) (?:tot|van|t e m)|ben ik (?:afwezig|met verlof)"
    r"|ich bin (?:derzeit |aktuell |bis |vom |zurzeit |momentan )?.{0,40}(?:abwesend|im urlaub|in urlaub"
    r"|nicht im (?:buro|haus)|nicht erreichbar|in elternzeit))"
)
# A notice also says until when, and whom to turn to meanwhile; a person who tells of a holiday does neither.
_UNTIL = re.compile(
    r"\b(?:jusqu\w*|de retour|a partir du|du \d|tot(?: en met)?|terug|vanaf|t e m|bis|wieder|zuruck|ab dem|until|till"
    r"|back (?:on|in|from)|return(?:ing)?|as of|from \d|urgen\w*|dringend\w*|dringliche\w*|notfall|en mon absence"
    r"|(?:bij|in) mijn afwezigheid"
    r"|in meiner abwesenheit|in my absence|limited access|acces limite|beperkte? toegang)\b"
)
_MEANWHILE = re.compile(
    r"\b(?:contact\w*|adresse[rz] vous|vous adresser|appele[rz]|ecri(?:re|vez)|telephone[rz]|terecht|bel(?:t|len)?"
    r"|wenden|richten|anrufen|schreiben sie|erreich\w*|reach|call|write to|remplac\w*|vervang\w*|vertret\w*"
    r"|collegu?e\w*|collega\w*|kolleg\w*)\b"
)
_SHORT = 60  # words of a notice
# What Amazon's mail service posts about a letter, alone or as a string in another JSON.
_NOTICE = re.compile(r'\\?"(?:notificationType|eventType)\\?"\s*:\s*\\?"(Bounce|Complaint|Delivery)')
_FEEDBACK_SUBJECT = re.compile(r"^complaint about message from\b")  # Hotmail's, around 2010 and since
FEEDBACK = "message/feedback-report"  # RFC 5965: the recipient's provider passes on that somebody pressed "spam"
# Reports about a letter that did arrive.
ARRIVED = frozenset({FEEDBACK, "notificationType: Complaint", "notificationType: Delivery"})
_RISKY_NAMES = re.compile(r"\.(?:zip|rar|7z|exe|js|vbs|iso|img|html?|scr|lnk|xlsm|docm|bat|cmd)$")
_AUTH_FAIL = re.compile(r"\bdmarc ?= ?fail\b")
_SPF_FAIL = re.compile(r"\bspf ?= ?(?:fail|softfail)\b")
_CASE = re.compile(r"\bdsr[- ]?20\d\d[- ]?\d{4,6}\b", re.IGNORECASE)
_BULK_ID = re.compile(
    r"<(?:[^@>]*[.\-_])?(?:news|newsletter|nieuws\w*|promo\w*|campaign|mailing|marketing|bulk)[^@>]*@", re.IGNORECASE
)
_SIGNS, _SELLS, _SELLS_ALL_OVER = 3, 4, 7


@dataclass(frozen=True, slots=True)
class Automatic:
    """A kind of mail without a writer to answer: "bounce" or "auto_reply", and what shows it."""

    kind: str
    because: str


@dataclass(frozen=True, slots=True)
class Nature:
    """How a mail travels: its ``link`` to an earlier one ("" if none); ``machine`` and ``listed`` forbid an answer.

    ``suppressed``: it wants no answer by a machine. Exchange says so in people's mail too: against a person's own wish
    it weighs nothing, beside a robot's words it is one more sign.
    """

    link: str
    machine: str
    listed: bool
    own: bool
    suppressed: bool = False


def header(parsed: ParsedMessage, name: str) -> str:
    """The first header of that name, folded; "" if absent."""
    return next((value.strip().lower() for key, value in parsed.headers if key == name), "")


def is_no_reply(address: str) -> bool:
    """True for an address that says of itself that nobody reads there."""
    return bool(_NO_REPLY.match(address.partition("@")[0].lower()))


def is_own_address(address: str, own_domains: Collection[str]) -> bool:
    """True for an address at one of our domains or below one."""
    domain = address.rpartition("@")[2].lower().rstrip(".")
    return any(domain == own or domain.endswith(f".{own}") for own in own_domains)


def link(parsed: ParsedMessage) -> str:
    """The visible tie to an earlier mail: a header or a case reference; "" if there is none.

    A reply to one of our newsletters is tied to no case.
    """
    ids = [identifier for identifier in (*parsed.in_reply_to, *parsed.references) if not _BULK_ID.match(identifier)]
    if ids:
        return "In-Reply-To" if parsed.in_reply_to else "References"
    if found := _CASE.search(parsed.subject) or _CASE.search(parsed.text[:20_000]):
        return found.group().upper().replace(" ", "-")
    return ""


def answers_by_header(parsed: ParsedMessage) -> bool:
    """Its headers tie it to an earlier mail; a case number in the text alone may only be mentioned."""
    return link(parsed) in {"In-Reply-To", "References"} or bool(_CASE.search(parsed.subject))


def nature(parsed: ParsedMessage, own_domains: Collection[str]) -> Nature:
    """What the headers say about the sender and the way the mail came."""
    address = parsed.sender.address if parsed.sender else ""
    machine = _robot(parsed, address)
    came_by = listing(parsed, own_domains)
    return Nature(
        link=link(parsed),
        machine=machine or came_by.sign,
        listed=came_by.listed,
        own=is_own_address(address, own_domains),
        suppressed=bool(
            re.search(r"\ball\b|autoreply", header(parsed, "x-auto-response-suppress"))
            or _POSTMASTER.match(address.partition("@")[0].lower())
        ),
    )


def _robot(parsed: ParsedMessage, address: str) -> str:
    """What says that a machine sent it, or that it wants no answer; "" if nothing does."""
    submitted = header(parsed, "auto-submitted").split(";")[0].strip()
    if submitted and submitted != "no":
        return f"Auto-Submitted: {submitted}"
    if (precedence := header(parsed, "precedence")) in {"bulk", "junk", "auto_reply"}:
        return f"Precedence: {precedence}"
    if any(header(parsed, name) for name in ("x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply")):
        return "X-Autoreply"
    if is_no_reply(address):
        return "no-reply"
    return "Return-Path: <>" if parsed.return_path == "" else ""


def automatic(parsed: ParsedMessage, own: str, nature_of: Nature, *, asks: bool, perhaps: bool) -> Automatic | None:
    """A delivery report, an absence notice, a robot's or a receipt; None for anything a person may have meant.

    ``own``: the mail's text without quotations, folded. ``asks``: somebody asks something about their own data in it;
    then what a program said of itself decides, and words alone do not: a person who is away may write too.
    ``perhaps``: they may; then no words make it a delivery report, as a person's own letter may have come
    back. A machine that brings a request (a portal) is not found here unless it answers one of our mails.
    """
    subject = fold_plain(parsed.subject).strip()
    if report := _report(parsed, subject, own, asks=perhaps):
        return report
    submitted = header(parsed, "auto-submitted")
    if submitted.startswith("auto-replied"):
        return Automatic("auto_reply", "Auto-Submitted: auto-replied")
    if (
        header(parsed, "x-autoreply") not in {"", "no"}
        or header(parsed, "x-autorespond")
        or header(parsed, "x-auto-reply")
    ):
        return Automatic("auto_reply", "X-Autoreply")
    machine = nature_of.machine
    if machine.startswith(("Auto-Submitted", "X-Autoreply")) and nature_of.link:
        return Automatic("auto_reply", machine)
    if _RECEIPT_SUBJECT.match(subject) and (
        parsed.return_path == "" or _only_says_read(own, nature_of, perhaps=perhaps)
    ):
        return Automatic("auto_reply", parsed.subject[:60])
    if not asks and all(part.content_type.startswith("image/") for part in parsed.parts):
        said = answered_by_a_desk(subject=parsed.subject, title=subject, own=own, asked=parsed.text, perhaps=perhaps)
        if said:
            return Automatic("auto_reply", said)
    return _by_its_words(parsed, subject, own, nature_of, asks=asks, perhaps=perhaps)


def _only_says_read(own: str, nature_of: Nature, *, perhaps: bool) -> bool:
    return bool(nature_of.link) and not perhaps and (not own.strip() or bool(_READ_WORDS.search(own)))


def _by_its_words(
    parsed: ParsedMessage, subject: str, own: str, nature_of: Nature, *, asks: bool, perhaps: bool
) -> Automatic | None:
    """A notice or a robot's answer that only its title and its words show."""
    found = _AWAY_WORDS.search(own) or _ROBOT_WORDS.search(own)
    if _is_titled_notice(subject, own, nature_of, tells=bool(found), asks=asks, perhaps=perhaps):
        return Automatic("auto_reply", parsed.subject[:60])
    if found and nature_of.machine:
        return Automatic("auto_reply", found.group())
    elsewhere = bool(parsed.parts) or absences.title_asks(subject)  # what may ask beside such a text
    if not (perhaps and elsewhere) and (said := _tells_of_absence(own)):
        return Automatic("auto_reply", said)
    if not (asks and elsewhere) and (said := absences.closed_or_unread(own, subject)):
        return Automatic("auto_reply", said)
    if asks or _WRITES_ALL_THE_SAME.search(own[:1500]):
        return None
    away = bool(found and _AWAY_WORDS.search(own))
    if away and not nature_of.suppressed and absences.says_more(own):
        return None  # who is away brings something all the same
    if not (found and (nature_of.link or nature_of.suppressed)):
        found = _ROBOT_ALONE.search(own)
    return Automatic("auto_reply", found.group()) if found and len(own) < 1500 else None


def _tells_of_absence(own: str) -> str:
    """The words of a notice that neither header nor title marks: away, until when, whom to ask, and no more; or ""."""
    said = _AWAY_WORDS.search(own) or absences.ELSEWHERE.search(own)
    whole = said and len(own.split()) <= _SHORT and _UNTIL.search(own) and _MEANWHILE.search(own)
    more = whole and (_WRITES_ALL_THE_SAME.search(own) or absences.says_more(own))
    return said.group() if said and whole and not more else ""


def tells_of_absence(own: str) -> bool:
    """Whether a folded text says that its writer is away."""
    return bool(_AWAY_WORDS.search(own) or absences.ELSEWHERE.search(own))


def is_titled_by_a_program(subject: str) -> bool:
    """A title in the words mail programs put before it, going on as they do."""
    folded = fold_plain(subject).strip()
    title = _AUTO_SUBJECT.match(folded)
    return title is not None and bool(_TITLE_GOES_ON.match(folded[title.end() :]))


def _is_titled_notice(subject: str, own: str, nature_of: Nature, *, tells: bool, asks: bool, perhaps: bool) -> bool:
    """Whether its title makes it a notice; ``tells``: its text says that somebody is away, or that a robot answers.

    Where no header shows a program, what a person may ask weighs more than any title.
    """
    signs = bool(nature_of.machine or nature_of.suppressed or nature_of.link)
    title, programs = _AUTO_SUBJECT.match(subject), True
    if title is None:
        title, programs = _AWAY_SUBJECT.match(subject), False
    if title is None:
        return False
    shown = nature_of.machine or (signs and (programs or not perhaps)) or (programs and not perhaps)
    if shown and _TITLE_GOES_ON.match(subject[title.end() :]):
        return True
    if nature_of.machine or nature_of.suppressed:
        return not asks
    return tells and not perhaps and (bool(nature_of.link) or bool(_UNTIL.search(own)))


def _report(parsed: ParsedMessage, subject: str, own: str, *, asks: bool) -> Automatic | None:
    types = own_types(parsed)
    kind = header(parsed, "content-type")
    if "message/disposition-notification" in types or "disposition-notification" in kind:
        return Automatic("auto_reply", "message/disposition-notification")
    if types & {"message/delivery-status", "message/global-delivery-status"} or "delivery-status" in kind:
        return Automatic("bounce", "message/delivery-status")
    if FEEDBACK in types or "feedback-report" in kind:
        return Automatic("bounce", FEEDBACK)
    if parsed.text.startswith("{") and (found := _NOTICE.search(parsed.text[:4000])):
        return Automatic("bounce", f"notificationType: {found[1]}")
    if "message/rfc822" in types and not own.strip() and _FEEDBACK_SUBJECT.match(subject):
        return Automatic("bounce", FEEDBACK)
    return _told_in_words(parsed, subject, own, returns="message/rfc822" in types, asks=asks)


def own_types(parsed: ParsedMessage) -> set[str]:
    """Content types of the mail's own parts: a report inside a mail that somebody forwards is not theirs."""
    types: set[str] = set()
    inside = ""
    for part in parsed.parts:
        if inside and part.path.startswith(inside):
            continue
        types.add(part.content_type)
        if part.content_type in {"message/rfc822", "message/global"}:
            inside = f"{part.path}."
    return types


def says_undelivered(parsed: ParsedMessage) -> bool:
    """Whether the words of a robot's mail say that a message did not arrive."""
    return bool(_BOUNCE_WORDS.search(fold_plain(parsed.text[:3000])))


def _told_in_words(parsed: ParsedMessage, subject: str, own: str, *, returns: bool, asks: bool) -> Automatic | None:
    """A delivery report without a part that says so; ``returns``: it brings the message back."""
    local = (parsed.sender.address if parsed.sender else "").partition("@")[0].lower()
    daemon = bool(_DAEMON.match(local))
    empty = parsed.return_path == "" or parsed.return_path == "mailer-daemon"
    words = _BOUNCE_WORDS.search(own[:3000])
    titled = _BOUNCE_SUBJECT.match(subject)
    if header(parsed, "x-failed-recipients"):
        return Automatic("bounce", "X-Failed-Recipients")
    if _NOBODY.match(local):
        return Automatic("bounce", f"{local}@")
    if header(parsed, "auto-submitted").startswith("auto-replied"):
        return None  # RFC 3834: an answer to a mail that did arrive, and no report says otherwise
    if daemon and (empty or words or titled):
        return Automatic("bounce", f"{local}@")
    if titled and (empty or (words and not asks) or (returns and parsed.content_type == "multipart/report")):
        return Automatic("bounce", parsed.subject[:60])
    if returns and words and _NO_REPLY.match(local):
        return Automatic("bounce", words.group())
    if empty and words:
        return Automatic("bounce", words.group())
    said = notice(local=local, title=subject, own=own, text=f"{parsed.subject}\n{parsed.text}", perhaps=asks)
    return Automatic(*said) if said and not parsed.parts else None


def authentication_failed(parsed: ParsedMessage) -> bool:
    """DMARC failed, by any Authentication-Results: a server writes one line for each check, in any order.

    Whose line it is does not matter: nobody gains by writing that their own mail failed, and all it costs is trust.
    """
    return bool(_AUTH_FAIL.search(_all_results(parsed)))


def sender_denied(parsed: ParsedMessage) -> bool:
    """DMARC or SPF failed, by any such line: another server than the sender's may have sent it."""
    return authentication_failed(parsed) or bool(_SPF_FAIL.search(_all_results(parsed)))


def _all_results(parsed: ParsedMessage) -> str:
    return "\n".join(value.lower() for key, value in parsed.headers if key == "authentication-results")


def _results_on_top(parsed: ParsedMessage) -> str:
    """The lines of the server that wrote the first one: those of others were there before it looked."""
    lines = [value.lower() for key, value in parsed.headers if key == "authentication-results"]
    server = lines[0].partition(";")[0].strip() if lines else ""
    return "\n".join(line for line in lines if line.partition(";")[0].strip() == server)


def spam_signs(parsed: ParsedMessage, own: str, words: Lexicon, nature_of: Nature) -> tuple[list[str], list[str]]:
    """What speaks for unwanted selling or fraud: in the way the mail came, and in its words. See ``is_spam``."""
    ways: list[str] = []
    results = _results_on_top(parsed)
    if _AUTH_FAIL.search(results):
        ways += ["dmarc=fail"] * (3 if nature_of.own else 2)
    elif _SPF_FAIL.search(results):
        ways.append("spf=fail")
    if header(parsed, "x-spam-flag").startswith("yes") or header(parsed, "x-spam-status").startswith("yes"):
        ways += ["X-Spam-Flag"] * 2
    if not nature_of.listed and header(parsed, "precedence") in {"bulk", "junk"}:
        ways.append("Precedence")
    if any(_RISKY_NAMES.search(part.filename.lower()) for part in parsed.parts):
        ways += ["attachment"] * 2
    if len(re.findall(r"https?://", parsed.html or parsed.text)) >= 1 and len(own) < 600:
        ways.append("link")
    text = f"{fold_plain(parsed.subject)} {own}"
    said = sorted({match.group() for match in words.cues["spam"].finditer(text)})[:6]
    families = selling.families(text)
    said += [family for family in families if not any(family in word or word in family for word in said)]
    if "link" in ways and (account := selling.impersonates(text, words.language)):
        said += [account] * 2
    return ways, said


def is_spam(ways: list[str], said: list[str], *, wish: int, asks: bool) -> bool:
    """Three signs, and none of the way it came against a person who asks about their own data.

    ``asks``: a right was heard, whoever's; then no flag is enough without a word that sells or deceives.

    A provider's flag, a link or an archive says nothing about what is asked; nor does what a person sells for a
    living, as it stands under their name.
    """
    if wish == selling.CLEARLY:
        return len(said) >= _SELLS_ALL_OVER
    if wish == selling.PERHAPS:
        return len(said) >= _SELLS
    return len(ways) + len(said) >= _SIGNS and (bool(said) or not asks)
