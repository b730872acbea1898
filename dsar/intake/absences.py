"""Notices of who is away, of an office that is closed, of a mailbox nobody reads: told without any header of a program.

A person writes so too, and goes on: brings what we asked for, asks for something, gives another address of their own.
So it is a notice only where each of its sentences is a notice's. Pure; folded text.
"""

import re

__all__ = ["ELSEWHERE", "closed_or_unread", "says_more", "title_asks"]

_WORDS = 70  # a notice is short
_LEFT = 2  # words that say nothing by themselves: “instead”, behind an address
_SIGNED = 6  # words of a name, a function, a firm
_END = re.compile(r"(?<!\b\d)(?<!\b\d\d)[.!]+(?=\s|$)|\n")  # "30. november" goes on
_ADDRESS = re.compile(r"\S{1,64}@\S{1,190}|https?://\S{1,200}")
_BOX = (
    r"(?:adresse(?: (?:e ?)?mail| electronique)?|boite(?: aux lettres| mail| de reception)?|messagerie"
    r"|(?:e ?)?mail ?adres|adres|mailbox|postvak|postbus|inbox|postfach|(?:e ?mail )?adresse|mailkonto|konto"
    r"|address|account)"
)
_UNREAD = re.compile(
    rf"\b(?:cette|dit|deze|diese[sr]?|dieses|this|het) (?:\w+ ){{0,2}}?{_BOX} (?:\w+ ){{0,2}}?"
    r"(?:n est|is|ist|wird|wordt|werd) (?:\w+ )?(?:plus|niet meer|nicht mehr|nicht langer|no longer|not(?: being)?"
    r"|niet)"
    r" (?:\w+ ){0,2}?(?:utilisee?|consultee?|lue?|relevee?|active?|valable|valide|surveillee?|gebruikt|gelezen|gebruik"
    r"|actief|bekeken|nagekeken|geldig|verwendet|genutzt|gelesen|aktiv|gultig|abgerufen|used|use|monitored|read|active"
    r"|checked|valid)(?: (?:en service|in use|in gebruik))?"
    r"|(?:sie haben|you have|vous avez|u hebt|u heeft) (?:(?:diese nachricht|this message|ce message|dit bericht"
    r"|uw bericht|ihre nachricht|your message) )?(?:\w+ ){0,2}?(?:an|to|a|naar|aan) (?:\w+ )?"
    r"(?:(?:e ?mail )?adresse?|address|(?:e ?)?mail ?adres|adres|postfach|mailbox)(?: \w+)?,? (?:die nicht mehr"
    r"|that is no longer|which is no longer|qui n est plus"
    r"|dat niet meer|die niet meer)(?: \w+){1,4}"
)
_PLACE = (
    r"(?:bureaux?|cabinet|magasins?|etude|services?|secretariat|entreprise|kantoor|kantoren|winkel|praktijk|dienst\w*"
    r"|secretariaat|buro|buros|kanzlei|praxis|geschaft|laden|sekretariat|unternehmen|offices?|shop|practice|store|team)"
)
_SHUT = re.compile(
    rf"\b(?:(?:nos|notre|ons|onze|het|unsere?|das|our|the|le|la) {_PLACE}|nous|wij|we|wir) (?:\w+ ){{0,2}}?"
    r"(?:sont|est|seront|sera|sommes|serons|is|zijn|ist|sind|bleibt|bleiben|are|will be|blijft"
    r"|blijven) (?!\w+ (?:depuis|sinds|seit|since))"
    r"(?:(?!pas |niet |nicht |not )[\w/]+ ){0,7}?(?:fermee?s?|gesloten|geschlossen|closed)\b"
    r"(?! (?:depuis|sinds|seit|since|for good))"
    r"|\b(?:betriebsferien|betriebsurlaub|jaarlijks verlof|collectief verlof|jaarlijkse vakantie|fermeture annuelle"
    r"|conges annuels|holiday closure|annual closure)\b"
)
_AWAY = re.compile(
    r"\b(?:je suis|serai|ik ben|ben ik|ich bin|i am|i m) (?:[\w/]+\.? ){0,7}?(?:absente?|en conges?|en vacances"
    r"|en deplacement"
    r"|afwezig|met (?:\w+)?(?:verlof|vakantie)|op (?:verlof|vakantie)|abwesend|im urlaub|in (?:\w+)?(?:urlaub"
    r"|elternzeit)"
    r"|away|out of (?:the )?office|on (?:\w+ ){0,2}?(?:leave|holiday|vacation))\b"
)
# Not where they usually work, or there no more.
ELSEWHERE = re.compile(
    r"\b(?:ik ben er niet|ik ben (?:even )?weg|(?:ausser|aus dem) haus|nicht im dienst|(?:pas|plus) au bureau"
    r"|(?:i ve|i have|have) left (?:the|this|our) (?:company|organi[sz]ation|firm|team)"
    r"|no longer (?:work|employed|with)"
    r"|(?:je ne|ne) (?:travaille|fais) plus (?:chez|pour|partie|au sein|dans)|j ai quitte (?:la|l|cette) (?:societe"
    r"|entreprise|organisation)"
    r"|ik werk niet (?:meer|langer) (?:bij|voor|in)|ik heb (?:het bedrijf|de organisatie) verlaten"
    r"|ich arbeite nicht (?:mehr|langer) (?:bei|fur|in)|ich habe (?:das unternehmen|die firma) verlassen)\b"
)
_UNTIL = re.compile(
    r"\b(?:jusqu\w*|de retour|a partir|du \d|tot|terug|vanaf|t e m|bis|wieder|zuruck|ab \w+|until|till|back|return\w*"
    r"|as of|from \d)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:(?:merci d|veuillez|priere d|vous pouvez|contactez|ecrivez|adressez vous)(?: \w+){0,4}?(?: a| au)?(?= \.|$)"
    r"|(?:gelieve|neem|neemt u|mail|stuur|contacteer|u kunt)(?: \w+){0,5}?(?= \.|$)"
    r"|(?:bitte )?(?:wenden sie sich|schreiben sie|richten sie|kontaktieren sie)(?: \w+){0,4}?(?= \.|$)"
    r"|(?:please )?(?:contact|write to|send|email|use|direct)(?: \w+){0,4}?(?= \.|$))"
)
_OTHERS = (
    re.compile(  # when it will be read
        r"\b(?:de retour|rouvr\w+|reprendr\w+|terug|wieder (?:fur sie )?(?:da|erreichbar|zuruck|geoffnet)|zuruck"
        r"|(?:be )?back|reopen\w*|open (?:again|weer)|weer (?:open|bereikbaar)|heropen\w*|helpen wij u|je vous (?:lirai"
        r"|repondrai|reponds)|nous vous (?:lirons|repondrons)|beantwoord ik|antwoorde? ich|lese ich|i will (?:read"
        r"|reply"
        r"|answer|respond))\b"
    ),
    re.compile(  # that it is not, now
        r"\b(?:mes|mijn|meine|my|les|the|vos|uw|ihre|your) (?:(?:e ?)?mails?|messages?|courriels?|berichten?"
        r"|nachrichten)"
        r" (?:\w+ ){0,2}?(?:pas|niet|nicht|not) (?:\w+ ){0,2}?(?:lus?|gelezen|gelesen|read|transferes?|doorgestuurd"
        r"|weitergeleitet|forwarded)\b|\b(?:limited|no) access\b|\bacces limite\b|\bbeperkte? toegang\b"
        r"|\blese keine (?:e ?)?mails\b"
    ),
    re.compile(  # whom to ask when it is urgent
        r"\b(?:urgen\w*|dringend\w*|hoogdringend\w*|notfall\w*|notfallen|emergency|en mon absence|(?:bij|in) mijn"
        r" afwezigheid|in meiner abwesenheit|in my absence)\b"
    ),
    re.compile(  # that it came
        r"\b(?:merci|bedankt|dank|vielen dank|thanks?|thank you)\b(?: \w+){0,3} (?:message|mail|courriel|bericht"
        r"|nachricht|e ?mail|interet|interesse|interest)\b"
        r"|\b(?:votre|uw|ihre|your) (?:(?:e ?)?mail|message|courriel|bericht|nachricht|anfrage|request|demande|vraag)"
        r" (?:\w+ ){0,3}?(?:recue?|ontvangen|empfangen|eingegangen|erhalten|received)\b"
    ),
    re.compile(
        r"\b(?:prettige|fijne|zalige|joyeuses?|belles|bonnes?|excellentes|frohe|schone|gute|happy|merry|seasons?)"
        r" (?:feest\w*|kerst\w*|fetes?|vacances|fin d annee|weihnacht\w*|feiertage|ferien|new year|holidays|christmas"
        r"|vakantie|journee|dag|tag|day)\b"
    ),
)
_GREETS = re.compile(
    r"^\W*(?:bonjour|madame|monsieur|chere?s?|beste|geachte|hallo|dag|guten (?:tag|morgen)|sehr geehrte\w*|liebe\w*"
    r"|hello"
    r"|hi|dear|cordialement|bien a vous|salutations|met vriendelijke|vriendelijke|groeten|mvg|mit freundlichen"
    r"|freundliche|viele grusse|lg|kind regards|best|regards|sincerely)\b"
)
_TITLE = re.compile(
    r"(?:en conges?|absence|absente?|afwezig\w*|met verlof|verlof|vakantie|abwesen\w*|urlaub|im urlaub|on leave"
    r"|holidays?"
    r"|vacation|out of office)$"
)
# Something is asked or brought here, or it is the writer's own.
_ASKED = re.compile(
    r"\b(?:efface\w*|supprim\w*|retire\w*|corrige\w*|copie|desinscri\w*|envoye[rz]|wis|wissen|verwijder\w*|schrap\w*"
    r"|haal|kopie|inzage|losch\w*|entfern\w*|auskunft|delete\w*|erase\w*|remove\w*|copy|take|rgpd|avg|dsgvo|gdpr"
    r"|donnees"
    r"|gegevens|daten|data|compte|account|konto|facture|factuur|rechnung|invoice|code|klantnummer|kundennummer"
    r"|vollmacht"
    r"|volmacht|mandat\w*|procuration|mandate|(?<!i )m|moi|mij|mich|mir|me|par moi|donc|dus|deshalb|daher|so"
    r"|therefore|mais"
    r"|maar|aber|but)\b"
)
_OF_MINE = re.compile(r"\b(?:ma|mon|mes|mijn|mein\w*|my)\b")
_ANSWERS = re.compile(r"(?:re|aw|antw|antwort|sv) ?:")
_NEAREST = re.compile(
    r"\b(?:mon|ma|mes|mijn|mein\w*|my) (?:remplacante?|collegues?|collaborat\w+|assistante?|secretaire|vervang\w+"
    r"|collega\w*"
    r"|assistent\w*|vertret\w*|kolleg\w*|replacement|colleagues?|assistant|retour|absence|afwezigheid|abwesenheit"
    r"|terugkeer"
    r"|ruckkehr|return|mails?|messages?|berichten|e ?mails?|nachrichten|urlaubs?|verlof|conges?|holidays?|leave)\b"
)


def closed_or_unread(own: str, title: str) -> str:
    """The words of a whole notice that an office is closed or an address is not read; "" of anything else."""
    flat = " ".join(own.split())
    if "?" in own or len(flat.split()) > _WORDS or title_asks(title):
        return ""
    found = _UNREAD.search(flat) or _SHUT.search(flat)
    return found.group() if found and not says_more(own) else ""


def title_asks(title: str) -> bool:
    """Whether somebody asks or brings something in a folded title of their own."""
    return bool(_ASKED.search(title) or _OF_MINE.search(title)) and not _ANSWERS.match(title)


def says_more(own: str) -> bool:
    """Whether a text says anything that no notice of an absence, a closing or an unread mailbox does."""
    if "?" in own:
        return True
    pieces = [" ".join(one.split()) for one in _END.split(_ADDRESS.sub(" . ", own))]
    said = [one for one in pieces if re.search(r"\w", one)]
    return any(not _is_a_notices(one, last=one is said[-1]) for one in said)


def _is_a_notices(said: str, *, last: bool) -> bool:
    core = _UNREAD.search(said) or _SHUT.search(said)
    if core and not _AWAY.search(said):
        rest = said.replace(core.group(), " ")
        return not _ASKED.search(rest) and not _OF_MINE.search(_NEAREST.sub(" ", rest)) and len(rest.split()) <= 20
    if _GREETS.match(said) and len(said.split()) <= _SIGNED + 2:
        return True
    own = _OF_MINE.search(_NEAREST.sub(" ", said)) or _ASKED.search(said)
    if own:
        return False
    if (
        _AWAY.search(said)
        or ELSEWHERE.search(said)
        or any(form.search(said) for form in _OTHERS)
        or _ELSEWHERE.search(said)
    ):
        return True
    short = len(said.split()) <= _SIGNED and (_UNTIL.search(said) or _TITLE.match(said))
    most = _SIGNED if last else _LEFT
    return bool(short) or (len(said.split()) <= most and not re.search(r"\d", said))
