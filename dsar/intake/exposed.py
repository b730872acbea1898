"""Data of ours that lies open: sent to everybody in view of everybody, found by a search engine, or sold. Pure.

As in ``strangers``: parts of one sentence in whatever order. Folded text.
"""

import re

__all__ = ["exposed", "harmless"]

_MANY = (
    r"\b(?:alle?|al|allemaal|iedereen|hele|tou(?:s|tes|te)|entiere|all|every\w*|whole|entire|jede[nr]?|samtliche\w*"
    r"|ganze[nr]?"
    r"|hundert\w*|honderd\w*|tientallen|centaine\w*|dizaine\w*|dutzend\w*|hundreds?|dozens?|\d{2,}|andere|autres"
    r"|anderen"
    r"|others?)\b"
)
_ADDRESSES = (
    r"\b(?:\w*adres(?:sen)?|adresses?|address(?:es)?|ontvangers?|destinataires?|empfanger\w*|recipients?|namen"
    r"|noms|names"
    r"|mailadressen|abonnes|ouders|parents|eltern|deelnemers|participants|teilnehmer\w*)\b"
)
_IN_VIEW = (
    r"(?:\bverbergen|\bverborgen|\bcacher\b|\bmasquer\b|\bhiding\b|\bhidden\b|\bin cc\b|\bim cc\b|\ben cc\b|\bcc\b"
    r"|\bveld aan\b|\baan veld\b|\bto field\b|\bfeld an\b|\ban feld\b"
    r"|\bchamp (?:a|copie)\b|copie visible"
    r"|visibles?\b|\bzichtbaar|sichtbar|offen (?:in|im|zu|dar)|\bopen en bloot|kopfzeile|at the top|en clair"
    r"|a la vue de"
    r"|leesbaar|lesbar|\breadable|en tete|in the header|\bkan (?:ik )?(?:\w+ ){0,6}(?:lezen|zien)|je peux lire"
    r"|(?:i )?can (?:see|read)"
    r"|kann (?:ich )?(?:\w+ ){0,6}(?:lesen|sehen))"
)
_SENT = (
    r"\b(?:mail\w*|e ?mails?|bericht\w*|nieuwsbrief|uitnodiging|rondschrijven|message|courriel|lettre|invitation"
    r"|infolettre|newsletter"
    r"|rundschreiben|rundmail|einladung|nachricht|mailing|circular|reminder|herinnering|rappel|convocation)\b"
)
_OURS = r"\b(?:vous|votre|vos|jullie|uw?|ihnen|ihre?[nmrs]?|sie|euch|eure?[nmrs]?|you|your|envelope)\b"
_PRIVATE = (
    r"(?:\w*gegevens|dossiers?|donnees|coordonnees|lebenslauf|bewerbung|candidature|application|aanvraag\w*|cv"
    r"|curriculum|resume|\w*factu\w+|\w*rechnung\w*"
    r"|invoices?"
    r"|contra[ck]?ts?|vertrag|files?|documents?|dokumente?|unterlagen|identite|identiteitskaart|ausweis\w*"
    r"|passport|paspoort"
    r"|id card|telefoonnummer|gsm ?nummer|nummer|numero|telefonnummer|phone number|number|adres|adresse|anschrift"
    r"|address"
    r"|details|data|daten|medical \w+|attest\w*|brief|letter|lettre|courrier|formul\w+|forms?|scan|nom|naam|name|pdf)"
)
_MINE = rf"\b(?:mes|mon|ma|mijn|meine?[nmrs]?|my) (?:\w+ ){{0,2}}{_PRIVATE}\b"
_FOUND_BY_ALL = (
    r"\b(?:google\w*|googl\w+|moteurs? de recherche|zoekmachines?|zoekrobot\w*|suchmaschinen?|search engines?|bing"
    r"|duckduckgo"
    r"|jedermann|iedereen|tout le monde|n importe qui|any(?:one|body)|everyone|voor het grijpen|en ligne|online"
    r"|indexe\w*"
    r"|geindexeerd|indiziert|indexed|publiquement|publicly|publiek|offentlich)\b"
)
_REACHED = (
    r"\b(?:taucht|pdf|scan|abrufbar|einsehbar|herunterladen|download\w*|op te (?:vragen|halen)|te (?:vinden|lezen"
    r"|openen"
    r"|downloaden|bekijken)"
    r"|kom ik|ouvrir|accessible\w*|consultable\w*|telecharg\w+|hosted|brings? up|shows? up|leads? to|fuhrt"
    r"|kommt man|komt"
    r"|tombe|open(?:en|ed|s)?|findet|vindt|trouve\w*|zugang\w*|raadplegen|find|reach\w*|retrieve\w*)\b"
)
_HARMLESS = (
    r"\b(?:annuaire|telefoon(?:boek|gids)|bedrijvengids|verzeichnis|directory|avis|review\w*|recensie\w*"
    r"|bewertung\w*|commentaire\w*|comments?|kommentar\w*|reactie|photo\w*|foto\w*"
    r"|bild\w*"
    r"|zelf (?:geplaatst|gezet)|moi meme|selbst|myself|article|artikel|vieux|old|altes?|oude?|ancienn?e?)\b"
)
_CUSTOMER_BASE = (
    r"\b(?:klanten(?:bestand|lijst|gegevens|databank|database)\w*|(?:base|fichier|liste|donnees)s? (?:de |des "
    r"|de vos |de tous vos )?clients?"
    r"|kunden(?:stamm|liste|daten|datei|datenbank|tabelle)\w*|(?:customer|client|user|subscriber"
    r"|patient)s? (?:table|list|database|base|data"
    r"|records|file)|databank|database|base de donnees|datenbank|(?:liste|lijst|list) (?:\w+ ){0,4}(?:klanten"
    r"|clients|customers|kunden))\b"
)
_FOR_SALE = (
    r"\b(?:te koop|verkocht|aangeboden|proposee?s?|en vente|vendue?s?|a vendre|telechargement|angeboten|verkauft"
    r"|zum verkauf"
    r"|offering|offered|for sale|selling|sold|dumps?|gelekt|leaked|geleakt|fuite|dollars?|bitcoin|torrent\w*"
    r"|tauschborse\w*"
    r"|rondgestuurd|circule\w*|circulat\w+|kursiert|circuleert)\b"
)
_MY_ROW = (
    r"\b(?:dump|sample|extrait|echantillon|staal|probe\w*|stichprobe|forum\w*|telegram|darknet|dark ?web"
    r"|tauschborse\w*"
    r"|torrent\w*)\b"
)


def _all_of(*words: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(word) for word in words)


_OF_ALL = (
    r"\b(?:avec|met|mit|with)\b.{0,50}\b(?:num[em]\w+|\w*nummer\w*|adresse\w*|\w*adressen|address\w*|noms|namen"
    r"|names)\b.{0,25}"
    r"\b(?:de tous|de toutes|de chac\w+|van alle\w*|van iedereen|aller|of all|of every\w*)\b"
)
_WAYS = (
    _all_of(_OF_ALL, _SENT, _OURS),
    _all_of(
        r"\b(?:usb\w*|cle usb|laptop|notebook|festplatte|harde schijf|disque dur|hard drive)\b",
        r"\b(?:lag|lay|lying|trainait|gefunden|gevonden|found|trouve\w*)\b",
        _OURS,
    ),
    _all_of(_IN_VIEW, _MANY, _ADDRESSES, _OURS, _SENT),
    _all_of(_MINE, _FOUND_BY_ALL, _REACHED, _OURS),
    _all_of(_CUSTOMER_BASE, _FOR_SALE, _OURS),
    _all_of(_CUSTOMER_BASE, _FOR_SALE, _MY_ROW),
)
_HARMLESS_ = re.compile(_HARMLESS)


def exposed(text: str) -> re.Match[str] | None:
    """The words for how our data lies open; None without."""
    if harmless(text):
        return None
    return next((way[0].search(text) for way in _WAYS if all(part.search(text) for part in way)), None)


def harmless(text: str) -> bool:
    """What is found by everybody is what the writer once published: a review, a picture, an article."""
    return bool(_HARMLESS_.search(text))
