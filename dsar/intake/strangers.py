"""Somebody else's data that came to the writer, and the writer's own that came to somebody else. Pure; folded text.

Not phrases but parts that stand in one sentence (or two that follow each other) in whatever order: something about
people, a person who is not the writer, and that it arrived or can be seen. A person is somebody else as *unknown*,
*another*, *not me* (clear by itself), or as a name or a neighbour whose thing it is; the last two are also said of
staff and of those for whom a lawyer or a guardian writes, so that they do not count there.
"""

import re

__all__ = ["others_here", "own_elsewhere"]

THING = (
    r"(?:\w*bestand\w*|fichiers?|\w*datei\w*|\w*files?|pdfs?|dossiers?|\w*fiches?|loonbri\w+|\w*factu\w+"
    r"|\w*rechnung\w*"
    r"|invoices?|bills?|\w*brie(?:f|ven|fe)|\w*schreiben|letters?|lettres?|courriers?|mails?|e ?mails?|messages?"
    r"|berichten|\w*nachricht(?:en)?|voice ?mails?|vocal|\w*adres(?:sen?)?|adresses?|address(?:es)?|anschrift(?:en)?"
    r"|\w*nummers?|\w*nummern|numeros?|numbers?|\w*gegevens|\w*donnees|coordonnees|\w*daten|data|details|informati\w+"
    r"|accounts?|comptes?|\w*kont(?:o|en)|profie?l\w*|\w*list\w*|contra[ck]?ts?|contracten|\w*vertra?g\w*"
    r"|\w*unterlagen"
    r"|documents?|documenten|dokumente?|forms?|formulier\w*|formulaires?|\w*formular\w*|afspraken|rendez vous|termine"
    r"|appointments?|bookings?|reservati\w+|reserver\w+|buchungen|bestelling\w*|commandes?|bestellung\w*|orders?"
    r"|deliver(?:y|ies)|leveringen|livraisons?|histori\w+|verlauf|attest\w*|certificat\w*|zeugnis\w*|statements?"
    r"|rele[vf]es?|auszuge?|\w*kaart|cartes?|\w*karte|cards?|passports?|passeports?|records?|recordings?|opnames?"
    r"|enregistrements?|aufnahmen?|protokoll\w*|verslag\w*|compte rendu|reports?|rapports?|photos?|fotos?|scans?"
    r"|notes?"
    r"|payslips?|\w*schein\w*|leases?|baux|bulletins?|sollicitaties|nota s|bewerbungen|applications|candidatures"
    r"|\w*bericht|abrechnung\w*"
    r"|conversations?|gesprek\w*|gesprach\w*|calls|appels|akten?|befund\w*|results?"
    r"|resultat\w*"
    r"|polis\w*|police|policy|offerte|devis|angebot|quote|page|pagina|blatt|sheet|\w*beleg\w*|receipts?|names?|namen?"
    r"|noms?|naam)"
)
_HERE = (
    r"(?:toonde|am getting|keep getting|can open|your letter|kam|recevoir|ouvre\w*|opens|las ik|ik las|gelezen"
    r"|(?:bei mir|hier) an\b|angekommen|zugestellt|kreeg|kregen"
    r"|gekregen|krijg|ontving\w*|ontvangen|ontvang|opende\w*|geopend|ik zie|zie ik|ik zag|zag ik"
    r"|te zien"
    r"|(?:stuur\w*|mailde\w*|bezorgde\w*) (?:\w+ ){0,2}(?:mij|me|ons)"
    r"|(?:mij|me|ons) (?:\w+ ){0,8}(?:\w*gestuurd|gemaild|bezorgd)"
    r"|(?:in|als|bij) (?:de |een )?bijlage|in (?:de|mijn|uw|jullie) (?:enveloppe?|omslag|mail|brief|brievenbus|bus)"
    r"|bij mijn (?:post|pakje?t?)|ik vond|vond ik|gevonden|verschijn\w+|toont|kan ik|ik kan|terecht\w*|beland\w*"
    r"|zat|zit"
    r"|recue?s?|recois|(?:m|nous) (?:avez|a|ont|est|etes) (?:\w+ ){0,3}\w+e?s?|(?:envoye|transfere|transmis"
    r"|adresse|remis)e?s?"
    r" (?:par vos|par votre|par erreur)|j ai ouvert|en ouvrant|pieces? jointes?"
    r"|dans (?:l |mon |ma |votre |mes |la |le )?(?:enveloppe|courrier|mail|colis|boite)|trouvee?s?|je vois|je peux"
    r"|on voit"
    r"|sous les yeux|affiche\w*|tombee?|apparai\w+|j ai (?:eu )?acces|contenait|contient"
    r"|erhalten|erhielt\w*|bekommen|bekam\w*|bekomme|(?:mir|uns) (?:[\w,]+ ){0,10}\w*(?:schickt|sendet|sandt"
    r"|leitet|mailt)"
    r"|(?:im|als) (?:\w+ )?anhang|anhang|im (?:umschlag|kuvert|brief|briefkasten|paket)|in (?:ihre[mr]|meine[mr])"
    r" (?:brief|umschlag|mail|schreiben|kundenkonto|konto|briefkasten|paket|app)|lag\b|lagen\b|geoffnet|offnete"
    r"|sehe|sah"
    r"|tauch\w+|aufgetaucht|lande|gelandet|kann ich|ich kann|gefunden|fand|angezeigt|zeigt"
    r"|received|got|(?:you|he|she|they|team|company|office|colleagues?) (?:\w+ )?(?:sent|e ?mailed|mailed|posted|put"
    r"|gave|forwarded|handed|attached)"
    r"|sent (?:to )?(?:me|us)|opened|opening|attachment|attached|enclosed|(?:my|the|your) (?:envelope|letterbox"
    r"|parcel)|i (?:can |could )?(?:see"
    r"|saw|read|open|find|found)|lists?|shows?|showing|displays?|ended up|landed|contain(?:s|ed)|logged in(?:to)?"
    r"|came with"
    r"|arrived|appear\w*)"
)
_NAME = (
    r"(?:m|mr|mme|mlle|monsieur|madame|docteur|maitre|mevrouw|meneer|de heer|heer|dhr|mevr|dokter|herrn?|frau|familie"
    r"|mrs?|ms|miss|dr)"
)
_CLEAR = (
    rf"\b(?:{THING} (?:d|van (?:een )?|of (?:an )?) ?(?:autres|andere?|other) (?!firma|bedrij|societe|compan"
    rf"|entrepr)\w+|other tenants"
    r"|een zekere|(?:somebody|someone) (?:called|named)|iemand die (?:\w+ ){1,2}heet|quelqu ?un qui s appelle"
    r"|jemand(?:em)? namens"
    r"|ene (?!keer|of|en|dag)\w+|(?:wild)?vreemden?|onbekenden?|onbekende \w+|iemand anders"
    r"|(?:van|voor) anderen|(?:pour|d|a) une? autre (?!jour|mois|fois|adresse|commande|produit|date|annee|motif"
    r"|raison)\w+"
    r"|(?:voor|van) een ander[e]? (?!dag|maand|keer|adres|bestelling|product|datum|jaar|reden|doel)\w+"
    r"|(?:fur|an|von) eine[nrm]? andere[nrm]? (?!tag|monat|mal|adresse|anschrift|bestellung|produkt|jahr|grund"
    r"|zweck|termin)\w+"
    r"|(?:for|to) another (?!day|month|time|address|order|product|date|year|reason|purpose)\w+"
    r"|(?:een |de |van |voor )andere? (?:klant\w*|persoon|personen|mensen|gebruiker\w*|patient\w*|lid|leden|gezin"
    r"|familie"
    r"|firma|bedrijf|huurders?|student\w*|ouders?|deelnemers?|leerling\w*)"
    r"|(?:die |wie )ik (?:helemaal )?niet ken|ken ik niet|niet (?:van|voor|over) mij\b|niet de mijne|niet het mijne"
    r"|niets? (?:met mij )?te maken|ben ik niet|ik niet ben|niet op mijn naam"
    r"|une? certaine?|inconnue?s?|quelqu ?un d ?autre|(?:une? |l |d )autres? (?:cliente?s?|personnes?|patiente?s?"
    r"|abonnee?s?"
    r"|utilisat\w+|famille|societe|firme|locataires?|eleves?|parents?|assuree?s?|membres?|gens)|ne connais (?:pas|ni)"
    r"|(?:n est |ne sont |pas )pas (?:le mien|la mienne|les mien\w*|a moi|pour moi|moi|de moi|a mon nom)"
    r"|ne me concern\w+ (?:pas|en rien)|rien a voir avec (?:moi|nous)|d un tiers"
    r"|eine?[rnms]? gewisse[rns]?|\w*fremde[rnms]?|(?:mir )?(?:vollig )?unbekannte[rnms]?|jemand(?:em)? ander\w+"
    r"|andere[rnms]? (?:kund\w+|person\w*|leuten?|menschen|patient\w+|nutzer\w*|familien?|mitglied\w*|mieter\w*"
    r"|firma|eltern"
    r"|teilnehmer\w*|schuler\w*)|nicht kenne|kenne ich nicht|nicht (?:von|fur|uber) mi(?:r|ch)\b|nicht meine?[nrs]?\b"
    r"|bin ich nicht|ich nicht bin|nichts (?:mit mir )?zu tun|nicht auf meinen namen|nicht mir gehor\w+"
    r"|a certain|(?:complete |total )?strangers?|(?:someone|somebody|anyone|anybody) else"
    r"|(?:an)?other (?:customers?|persons?"
    r"|people|clients?|users?|patients?|members?|famil\w+|tenants?|parents?|students?|company|household)"
    r"|(?:samtlicher|aller|van alle|de tous les|of all(?: the)?|of every) (?:\w+ )?(?:teilnehmer\w*|kund\w+"
    r"|klanten|deelnemers"
    r"|leden|clients|participants|membres|customers|attendees|members|patient\w*|guests|gaste|gasten|abonne\w*)"
    r"|different (?:customer|person|patient|family)|i (?:have |ve )?never (?:met|heard)|(?:do not"
    r"|don t) (?:even )?know"
    r" (?:him|her|them|this|that)|nothing to do with|(?:is|are|was|were)(?: clearly| obviously)?(?: not"
    r"| n t) (?:mine|me|for me"
    r"|my)|isn t (?:mine|me|my)|aren t mine|who (?:is not|isn t) me|not (?:mine|meant for me|addressed to me)"
    r"|i don t know)\b"
)
_KIN = (
    r"(?:buurman|buurvrouw|buren|voisine?s?|nachbar\w*|neighbou?rs?|collega\w*|collegues?|kolleg\w*|colleagues?"
    r"|chef\w*"
    r"|baas|patron|boss|ex|exman|exmann|exfrau|vermieter\w*|huisbaas|proprietaire|landlord|tante|oom|oncle|cousine?)"
)
_WHOSE = (
    rf"\b(?:(?:van|voor|aan|de|du|d|pour|a|nom de|fur|an|von|of|for|to|belonging to|den|dem) (?:een |une? "
    rf"|eine[nmr]? |an? |la |ma "
    rf"|mon |mes |mijn |meine[nmr]? |my |onze |notre |unsere[nmr]? |our )?(?:{_NAME} \w{{2,}}|{_KIN}\b)"
    rf"|{THING} (?:meiner|meines|unserer|unseres|der|des) (?:{_KIN}|{_NAME}\b|dame\b|herrn\b)"
    rf"|{THING} (?:einer|eines) (?:familie|frau|mannes|paares|dame|herrn|patient\w+|kund\w+)\b"
    rf"|(?:my|our) {_KIN} s|(?:{_NAME} \w+|\w+ family) s {THING}|(?:d |van |over |of |about |von |uber |to "
    rf"|for )(?:une|een|eine[mrn]?|an?|some) (?:dame|personne"
    r"|monsieur|homme|femme|couple|famille|man|vrouw|gezin|mevrouw|mann|ehepaar|paar|familie|lady|woman|couple"
    r"|family|gentleman)\b"
    r"|(?:trois|deux|quatre|cinq|plusieurs|drie|twee|vier|verschillende|drei|zwei|mehrere[rn]?|three|two|four|several"
    r"|a few|dozens of|\d+) (?:\w+ )?(?:personnes|clients|personen|mensen|klanten|leuten?|kunden|people|persons"
    r"|customers))"
)
_INTO = (
    r"\b(?:lande|gelandet|terecht|beland\w*|tombee?|arrive|landed|ended up|am in|logged into|kom ik|komme ich|zit ik)"
    r"\b.{0,60}?\b(?:profie?l\w*|\w*konto|account|compte|dossier|file|pagina|page) (?:von|van|de|d"
    r"|of) (?!mi[rj]|me\b|moi\b"
    r"|vous\b|u\b|jullie|ihnen|you|mon\b|mijn|mein|my\b)\w+"
)
_ASKS = (
    r"\b(?:please|bitte|gelieve|graag|merci de|veuillez|kunt u|kan u|kunnen jullie|wilt u|konnen sie|pouvez vous"
    r"|could you"
    r"|can you|i (?:would|d) like|i request|i want|ich mochte|ich bitte|bitten|je (?:souhaite|voudrais|demande"
    r"|veux|vous demande)"
    r"|ik (?:wil|vraag|wens|zou)|stuur mij|envoyez|send me|schicken sie|et je|mag ik)\b"
)
_SPEAKS_FOR = (
    r"\b(?:namens|in naam van|in opdracht van|pour le compte|on behalf|im (?:namen|auftrag)|i (?:act|write) for"
    r"|i represent"
    r"|(?:je suis|ik ben|ich bin|i am|als|as|comme|en tant qu?e?) (?:\w+ ){0,2}(?:avocate?|advocaat|advocate"
    r"|\w*anwalt\w*"
    r"|solicitor|lawyer|betreuer\w*|bewindvoerder|voogd|tuteur|tutrice|guardian|moeder|vader|mere|pere|mutter|vater"
    r"|mother|father|vertreter\w*)|mandat\w*|procuration|volmacht"
    r"|vollmacht|power of attorney|mandant\w*|my client)\b"
)
_STAFF = (
    r"\b(?:van (?:uw|jullie) (?:\w*dienst|team|afdeling|kantoor|bedrijf|onthaal)"
    r"|de votre (?:service|equipe|bureau|agence|societe)|(?:von|aus) ihre[mr] (?:\w*dienst|\w*service|team"
    r"|abteilung|buro"
    r"|firma)|(?:from|of|in) your (?:\w+ )?(?:team|staff|support|office|department)"
    r"|(?:(?:uw|jullie|votre|ihre?n?|your) (?:medewerk\w+|collega|collegue|conseill\w+|employee?|mitarbeiter\w*"
    r"|kolleg\w+"
    rf"|colleague|agent)),? (?:de heer )?{_NAME})\b"
)
_INSTEAD = (
    r"\b(?:a la place (?:du mien|de la mienne|des mien\w*|de m\w+)|au lieu (?:du mien|de la mienne|de m\w+)"
    r"|in plaats van (?:de |het |die van )?mij\w*|(?:an)?statt (?:de[rsm] )?meine\w*|instead of (?:my|mine))\b"
)
_FAMILY = (
    r"\b(?:(?:mon|ma|mes|notre|mijn|onze|meine?[nmrs]?|unsere?[nmrs]?|my|our) (?:\w+ )?(?:epou[sx]e?|femme|mari"
    r"|fils|fille"
    r"|enfants?|mere|pere|man|vrouw|echtgeno\w+|zoon|dochter|kind(?:eren)?|moeder|vader|mann(?:es)?|frau|sohn\w*"
    r"|tochter"
    r"|kinder\w*|mutter|vater\w*|wife|husband|son|daughter|child(?:ren)?|mother|father)(?! in law)"
    r"|decede\w*|overleden|verstorben\w*|deceased|passed away)\b"
)
_RELATIVE = (
    rf"(?:{_KIN}|mere|pere|belle mere|beau pere|mari|femme|frere|soeur|employeur|(?:schoon)?moeder"
    rf"|(?:schoon)?vader|man"
    r"|vrouw|broer|zus|werkgever|(?:schwieger)?mutter|(?:schwieger)?vater|mann|frau|bruder|schwester|arbeitgeber\w*"
    r"|(?:mother|father|sister|brother)(?: in law)?|husband|wife|employer)"
)
_TOLD_ON_ME = (
    rf"\b(?:mon|ma|mes|mijn|meine[rmn]|my) (?:\w+ )?{_RELATIVE}\b.{{0,60}}?"
    r"\b(?:(?:dat|que|dass|that) (?:ik|j|je|ich|i)\b|about my\b|over mijn\b|de (?:mon|ma|mes)\b|(?:von"
    r"|uber) meine\w*)"
)
_SELLING = r"\b(?:vendez|vendre|verkoop\w*|verkopen|verkauf\w*|sell|selling)\b"
_OWN_THING = re.compile(
    rf"\b(?:mes|mon|ma|mijn|meine?[nmrs]?|my) (?:(?!de\b|het\b|een\b|la\b|le\b|les\b|l\b|une?\b|die\b|der\b|das\b"
    rf"|the\b|an?\b)"
    rf"\w+ ){{0,2}}{THING}\b"
)
_SAYS_SO = (
    r"\b(?:mailde|mailt|mailte|belt|belde|gebeld|schreef|schrijft|contacteerde|sprak|zegt|zei|m appelle|m a \w+"
    r"|me dit|m ecrit|schrieb"
    r"|schreibt"
    r"|rief|angerufen|geschrieben|meldete|sagt|sagte|behauptet|phoned|called|rang|wrote|contacted|e ?mailed|says|said"
    r"|tells|told|messaged|knocked|stond|sonne|klingelte|returned|brought|bracht|bracht\w*|rapporte)\b"
)
_SOMEBODY = (
    r"\b(?:une? certaine?|een zekere|ene|a certain|eine? gewisse[rn]?|wildvreemden?|wildvreemde \w+|onbekenden?"
    r"|iemand|een (?:man|vrouw|mevrouw|meneer|heer|andere klant)"
    r"|inconnue?|quelqu ?un"
    r"|une? (?:monsieur|homme|dame|femme|personne|autre \w+)|(?:unbekannte[rn]?|fremde[rn]?)|jemand|eine? (?:frau"
    r"|mann|dame|herr|person)"
    rf"|einem? (?:mann|herrn)|strangers?|someone|somebody|an? (?:man|woman|lady|gentleman|person|other customer"
    rf"|couple)|another \w+|{_KIN})\b"
)
_PASSED = (
    r"\b(?:gaven|gaf|gegeven|gestuurd|stuurden|\w*gekregen|kreeg|kregen|ontvangen|ontving|heeft|bezorgd"
    r"|doorgegeven|gemaild"
    r"|envoye\w*|donne\w*|transmi\w*|recue?s?|a dans|communiqu\w*|remis\w*|erhalten|bekommen|bekam|erhielt"
    r"|\w*geschickt"
    r"|gegeben|zugesandt|weitergegeben|verschickt|hatte|habe|hat|sent|posted|gave|given|received|got|has|had"
    r"|mailed|e ?mailed"
    r"|disclosed|forwarded|delivered|handed|told|en main|vor sich|in (?:de |der |his |her |zijn |haar )?hand\w*)\b"
)
_FROM_US = r"\b(?:(?<!rendez )vous|votre|vos|jullie|uw?|ihnen|ihre?[nmrs]?|sie|euch|eure?[nmrs]?|you|your)\b"
_TRADE = (
    r"\b(?:verkoper|vendeur|publicite|demarch\w+|reclame|werbung|werbeanruf\w*|verkauf\w*|marketing|callcenter"
    r"|call center"
    r"|sales|seller|advert\w*|partner\w*|partenaire\w*|telemarket\w*|promo\w*)\b"
)
_OF_THEMSELVES = (
    r"\b(?:copy of (?:his|her|their)|copie de ses|kopie (?:van|seiner|ihrer) (?:zijn|haar|hun|daten)|kopie seiner"
    r"|(?:op|auf|to|a) (?:zijn|haar|seine[nr]?|his|her|sa) (?:verzoek|vraag|anfrage|antrag|request|demande))\b"
)


def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words)


_OURS_ = re.compile(
    r"\b(?:vous avez|votre|vos|jullie|uw|ihre?[nmrs]?|you|your|receptionist\w*|secretar\w*|standardiste|operator)\b"
)
_TOLD_ = re.compile(
    r"\b(?:verteld|gezegd|verklapt|vertelde\w*|a dit|raconte\w*|revele\w*|verraten|erzahlt\w*|gesagt|mitgeteilt|told"
    r"|revealed|informed)\b"
)
_INSTEAD_, _FAMILY_, _TOLD_ON_ME_, _SELLING_ = (
    _compiled(words) for words in (_INSTEAD, _FAMILY, _TOLD_ON_ME, _SELLING)
)
_HERE_, _CLEAR_, _WHOSE_, _INTO_ = (_compiled(words) for words in (rf"\b{_HERE}\b", _CLEAR, _WHOSE, _INTO))
_THING_, _ASKS_, _SPEAKS_FOR_, _STAFF_ = (_compiled(words) for words in (rf"\b{THING}\b", _ASKS, _SPEAKS_FOR, _STAFF))
_SOMEBODY_, _SAYS_SO_, _PASSED_, _FROM_US_, _TRADE_, _OF_THEMSELVES_ = (
    _compiled(words) for words in (_SOMEBODY, _SAYS_SO, _PASSED, _FROM_US, _TRADE, _OF_THEMSELVES)
)


def _told_on_me(text: str) -> re.Match[str] | None:
    """Somebody of ours told the writer's family, neighbour or employer about the writer."""
    return _TOLD_ON_ME_.search(text) if _OURS_.search(text) and _TOLD_.search(text) else None


def others_here(text: str) -> re.Match[str] | None:
    """The words for somebody else in a text that says their data came to the writer; None without."""
    if _SPEAKS_FOR_.search(text) or _OF_THEMSELVES_.search(text) or _SELLING_.search(text):
        return None
    if entered := _INTO_.search(text):
        return entered
    if _INSTEAD_.search(text) and (instead := _CLEAR_.search(text) or _WHOSE_.search(text)):
        return instead
    if not (_HERE_.search(text) and _THING_.search(text)):
        return None
    if (clear := _CLEAR_.search(text)) and not _own_only(text):
        return clear
    if _FAMILY_.search(text) or _STAFF_.search(text) or _ASKS_.search(text) or _own_only(text):
        return None
    return _WHOSE_.search(text)


def _own_only(text: str) -> bool:
    """Every thing in the text is said to be the writer's own: then a name beside it is who sent it or gets it."""
    return bool(_OWN_THING.search(text)) and not _THING_.search(_OWN_THING.sub(" ", text))


def own_elsewhere(text: str) -> re.Match[str] | None:
    """The words for the writer's own thing that somebody else says to have from us; None without."""
    if _TRADE_.search(text) or _OF_THEMSELVES_.search(text) or _SPEAKS_FOR_.search(text):
        return None
    if told := _told_on_me(text):
        return told
    if all(part.search(text) for part in (_SOMEBODY_, _SAYS_SO_, _FROM_US_, _PASSED_)):
        return _OWN_THING.search(text)
    return None
