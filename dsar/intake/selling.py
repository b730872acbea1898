"""Who sells or deceives, and who asks: told apart by who speaks to whom about what, in four languages. Pure.

A pitch speaks of *your* company and *our* service, wants a meeting and names a price; fraud sets a deadline and wants a
click; both may be full of the words of data protection. A person asks *you* something about *their own* data, whatever
stands under their name or in the headers. Texts are folded.
"""

import re
from collections.abc import Sequence

from dsar.intake.meaning import Meaning
from dsar.intake.rights import Heard, Hit
from dsar.intake.weighing import Weighed

__all__ = ["CLEARLY", "HARDLY", "PERHAPS", "families", "impersonates", "wish"]

_OFFER = (
    r"nous (?:realisons|redigeons|auditons|accompagnons|aidons|proposons|offrons|assistons|formons"
    r"|prenons en charge|sommes (?:specialis"
    r"|une equipe))"
    r"|(?:notre|nos) (?:outil|solution|logiciel|plateforme|offre|cabinet|formations?|equipe d experts|experts)"
    r"|we (?:act as|build|handle|help|provide|offer|support|assist|work with|automate|specialis?ze? in|are a team)"
    r"|our (?:platform|software|solution|tool|team of experts|service) (?:\w+ ){0,2}(?:\w+s|can|will)\b"
    r"|(?:wij|we) (?:bieden|helpen|ondersteunen|ontzorgen|begeleiden|verzorgen|zijn gespecialiseerd)"
    r"|(?:onze|in onze) (?:\w+ )?(?:tool|oplossing|software|opleiding|cursus|experts|dienst|training)"
    r"|wir (?:bieden|helfen|unterstutzen|ubernehmen|begleiten|beraten|sind spezialisiert)"
    r"|(?:unsere?[nm]?|mit unsere[mr]) (?:\w+ )?(?:software|losung|e ?learning|schulung|plattform|tool|experten)"
    r"|(?:wij|we) (?:lossen|nemen|doen|maken|zorgen|verkopen|regelen) (?:\w+ ){0,4}(?:op|over|voor u|van u)"
    r"|nous (?:reglons|gerons)"
    r"|auslagern|outsourc\w*|externalis\w+|uitbested\w*|automates that|handles that for you|votre place\b"
)
_MEETING = (
    r"auriez vous (?:\w+ ){0,3}(?:minutes|disponibilites?|temps)|seriez vous disponible|(?:quinze|vingt|dix|trente"
    r"|\d\d) "
    r"minutes (?:la semaine|cette semaine|pour en|au telephone)|puis je vous (?:envoyer|rappeler|appeler|presenter"
    r"|proposer)"
    r"|echanger (?:\w+ ){0,3}(?:telephone|visio|minutes)|prendre (?:un )?rendez vous avec nous"
    r"|would you be (?:open|available|interested)|(?:short|quick|brief|free|live) (?:\w+ )?(?:demo|call|chat|intro)"
    r"|can we (?:arrange|schedule|set up)|rufen sie uns an|open to a (?:\w+ )?(?:chat|call|demo)|quel (?:jour"
    r"|moment) vous|je vous propose une (?:demo\w*|rencontre"
    r"|presentation)"
    r"|(?:10|15|20|30|45|ten|fifteen|twenty|funfzehn|zwanzig|vijftien|twintig) ?(?:minut(?:e|es|en)|min)\b|book a"
    r"|shall i send|can i send you|worth a (?:chat|look)"
    r"|(?:mag|zal|kan) ik (?:u|je|jullie) (?:\w+ ){0,3}(?:bellen|contacteren|opsturen|sturen)|kennismak\w+|zullen we"
    r"|wanneer past het"
    r"|kwartier(?:tje)?|bel (?:mij|me|ons) (?:gerust|voor)|interesse in een"
    r"|wann passt es|zeige ich (?:ihnen|euch)|darf ich (?:sie|ihnen) (?:\w+ ){0,3}(?:anrufen|zeigen|vorstellen"
    r"|zusenden)"
    r"|(?:online|live) demo|kurze[sn]? (?:gesprach|telefonat|austausch|termin)|hatten sie (?:\w+ ){0,3}(?:zeit"
    r"|minuten)"
)
_PRICE = (
    r"proposition chiffree|devis|nos tarifs|grille tarifaire|\d+ ?% de (?:remise|reduction)|a partir de \d+"
    r"|pric(?:ing|e list) |price list|starts? at \d|starting at|quote for you|early bird"
    r"|offerte|prijslijst|vroegboek\w*|\d+ ?% korting|vanaf \d+ ?(?:euro|eur)"
    r"|unverbindlich\w*|angebot (?:an\b|fur sie|ein)|fordern sie (?:noch heute |jetzt )?|\d+ ?% rabatt|fruhbucher\w*"
)
_GOODS = (
    r"dpo externalise|dpo externe|mise en conformite|bandeau cookies|registre des traitements cle|formation rgpd"
    r"|audit rgpd|conformite rgpd|external dpo|dpo as a service|gdpr (?:audit|training|compliant (?:contact|data"
    r"|lead|mail))"
    r"|compliance (?:platform|software|check|tool)|contact (?:lists|data) of|externe (?:functionaris|dpo)"
    r"|avg ?(?:scan|audit|controle)"
    r"|opleiding|externe[rn]? datenschutzbeauftragte[rn]?|dsgvo ?(?:schulung\w*|check|audit|konform)"
    r"|datenschutzschulung\w*"
    r"|betroffenenanfragen (?:\w+ ){0,3}(?:automat|frist)\w*|webinaire|webinar"
)
_YOURS = (
    r"votre (?:site|entreprise|societe|secteur|conformite|mise en conformite|bandeau|responsable)|vos (?:equipes"
    r"|collaborateurs"
    r"|prospects|ventes)|your (?:website|company|business|industry|sector|team|privacy page|sales|compliance"
    r"|organi[sz]ation)"
    r"|(?:uw|jullie) (?:website|bedrijf|sector|medewerkers|team|organisatie|onderneming|omzet)"
    r"|(?:ihre?[mnrs]?|euer|eure[mn]?) (?:website|webseite|unternehmen|team|mitarbeiter\w*|branche|umsatz|betrieb)"
)
_FINES = (
    r"amendes? (?:\w+ ){0,4}(?:millions|jusqu|pouvant|risqu)|evitent (?:ainsi )?des amendes|fines? (?:of|up to)"
    r"|avoid fines"
    r"|boetes? (?:tot|van|oplopen)|bu(?:ss|s)gelder?|abmahnung\w* drohen"
)
_APPROACH = (
    r"je me permets de vous contacter|en visitant votre site|j ai constate que votre|je reviens vers vous"
    r"|suite a notre echange"
    r"|i(?: ve| have)? noticed that your|i came across your|reaching out|following up on my|if this is not for you"
    r"|ik kwam (?:uw|jullie) \w+ tegen|veel bedrijven in uw|bent u (?:klaar|in orde)|mag ik mij voorstellen"
    r"|bin ich auf (?:ihr|sie|ihre)\b|drohen auch ihrem|ich komme auf sie zu|i hope this (?:email|mail) finds you"
)
_TRUSTED = (
    r"(?:\d+|viele|des (?:centaines|dizaines) de|tientallen|dozens of|honderden|hundreds of|plus de \d+"
    r"|meer dan \d+) (?:\w+ ){0,2}(?:firmen"
    r"|unternehmen|kunden|teams"
    r"|pme|entreprises|clients|companies|businesses|bedrijven|kmo s|klanten"
    r"|organisations?) (?:\w+ ){0,3}(?:vertrauen|nutzen"
    r"|utilis\w+|font confiance|trust|use|rely|gebruiken|vertrouwen)|(?:teams|companies|businesses"
    r"|firms) like yours|(?:firmen|unternehmen|betriebe\w*) wie (?:ihre[rmns]?|dem ihren"
    r"|sie)\b|(?:bedrijven|organisaties|kmo s) zoals (?:het uwe|de uwe|die van u|u|jullie)\b|(?:societes"
    r"|pme) comme la votre|(?:companies|businesses"
    r"|teams) of your size|de votre taille|van uw (?:grootte|omvang)|gingen u voor|trusted by|bedrijven als het uwe"
    r"|entreprises comme la votre|(?:30|14|7) (?:tage|jours|dagen|days) (?:kostenlos|gratuits?|gratis|free)"
    r"|testen sie uns"
    r"|saves? (?:you )?\d+ (?:hours|%)|vaste prijs|prix fixe|fixed (?:monthly )?(?:fee|price)|festpreis"
)
_SELLER = (
    r"(?:responsable|ingenieure?) commerciale?|partnerships$|charge\w* d affaires|business develop\w+"
    r"|account (?:executive|manager)"
    r"|sales (?:manager|rep\w*)"
    r"|commercieel (?:directeur|verantwoordelijke|medewerker)|accountmanager|vertriebs(?:leiter|mitarbeiter)\w*"
    r"|head of sales"
)
_PRESSURE = (
    r"(?:sous|dans les|d ici) \d\d ?h(?:eures)?|within (?:\d\d|twenty four|forty eight) hours|binnen (?:de )?\d\d uur"
    r"|innerhalb von \d\d stunden|sinon votre (?:compte|boite)|(?:compte|boite)\w* (?:sera"
    r"|seront) (?:\w+ )?(?:supprim|bloqu|suspend)\w*"
    r"|your (?:account|data|mailbox) will be|(?:rekening|account|mailbox) (?:\w+ ){0,3}(?:geblokkeerd|gesloten"
    r"|verwijderd)"
    r"|blokkering van uw|sonst wird ihr\w* (?:konto|postfach)|(?:konto|postfach) (?:\w+ ){0,3}(?:gesperrt"
    r"|eingeschrankt|geloscht)"
)
_CHECK = (
    r"(?:verify|confirm|validate|update) your (?:account|identity|data|details|information|password|mailbox)"
    r"|(?:verifiez|confirmer|confirmez|validez|mettre a jour) (?:vos|votre) (?:donnees|compte|informations|identite"
    r"|coordonnees)"
    r"|(?:uw|je) (?:\w+ )?(?:gegevens|persoonsgegevens|account|identiteit) (?:\w+ )?(?:bevestigen|verifieren"
    r"|bij te werken)"
    r"|ihre (?:daten|identitat|angaben)(?: \w+){0,4} bestatigen|bestatigung ihrer daten|bestatigen sie ihre"
    r"|jetzt bestatigen"
    r"|sign in with your|enter your (?:e ?mail )?password|payez \d|boite aux lettres (?:est )?pleine|mailbox (?:is "
    r"|has )"
    r"(?:full|reached)|postfach ist voll|mailbox is vol"
)
_NAMELESS = (
    r"\b(?:dear (?:user|customer|client|account holder|valued)|cher (?:client|utilisateur)|geachte (?:klant"
    r"|gebruiker)"
    r"|beste klant|sehr geehrter (?:kunde|nutzer)|lieber kunde)"
)
# A place in a search engine, sold to whoever has a website; a person who stands there says one of these at most.
_RANKING = (
    r"(?:on)?vindbaar(?:heid)?|(?:invisibles?|introuvables?|visibilite|visibles?) (?:sur|dans) google"
    r"|unsichtbar|auffindbar\w*"
    r"|(?:cannot|can t|can not|not) be found (?:on|in) google|invisible (?:on|in|to) google"
    r"|(?:op|naar) (?:de )?(?:pagina (?:1|een)|eerste pagina)|(?:en|sur la|a la) (?:premiere page|page (?:1|un))"
    r"|(?:on|to) (?:the )?(?:page (?:1|one)|first page)|auf (?:die )?(?:seite (?:1|eins)|erste seite)"
    r"|seo\b|referencement|backlinks?|suchmaschinen\w*|zoekmachine\w*|search engine\w*|moteurs? de recherche"
)
_SAY_YES = (
    r"(?:antwoord|antwoorden|reageer|mail|stuur|repondez|reply|respond|answer|antworten sie|schreiben sie)"
    r"(?: \w+){0,4} (?:ja|oui|yes)\b"
)
_FREE = (
    r"(?:gratis|gratuit\w*|free|kostenlose\w*|offerte?s?|kosteloze?) (?:\w+ ){0,2}(?:audit|scan|analyse"
    r"|analysis|check|demo)\b"
    r"|(?:audit|scan|analyse|check|demo) (?:\w+ ){0,2}(?:gratuite?|offerte?|gratis|free|kostenlos)\b"
)
_FAMILIES = {
    name: re.compile(rf"\b(?:{words})")
    for name, words in (
        ("offer", _OFFER), ("meeting", _MEETING), ("price", _PRICE), ("goods", _GOODS), ("your company", _YOURS),
        ("fines", _FINES), ("approach", _APPROACH), ("seller", _SELLER), ("trusted", _TRUSTED),
        ("pressure", _PRESSURE), ("check", _CHECK),
        ("nameless", _NAMELESS), ("ranking", _RANKING), ("say yes", _SAY_YES), ("free", _FREE),
    )
}  # fmt: skip

# Speaks of your account, wants you to go somewhere, and nobody says "I": a machine that pretends.
_YOUR_ACCOUNT = re.compile(
    r"\b(?:votre|vos|uw|je|jouw|ihre?[nrsm]?|your) (?:\w+ ){0,2}(?:\w*donnees|compte|mot de passe|boite|carte"
    r"|identifiants?|acces"
    r"|droits|gegevens|persoonsgegevens|account|wachtwoord|mailbox|postvak|kaart|rekening|daten|konto|passwort"
    r"|postfach|karte"
    r"|zugang|data|password|inbox|card|messages|details|identity)\b"
)
_GO_THERE = re.compile(
    r"\b(?:log(?:gen)? in|sign in|click|verify|confirm|update|download|open the|connectez|cliquez|identifiez vous"
    r"|verifiez"
    r"|confirmez|mettez a jour"
    r"|mise a jour|telechargez|klik|controleer|bevestig|meld u aan|log in|werk (?:\w+ )?bij|melden sie sich|klicken"
    r"|bestatigen"
    r"|prufen sie|aktualisieren|anmelden)\b"
)
_ALONE = {
    "fr": re.compile(r"\b(?:je|j|me|m|moi|mon|ma|mes)\b"),
    "nl": re.compile(r"\b(?:ik|mij|me|mijn)\b"),
    "de": re.compile(r"\b(?:ich|mich|mir|meine?[nmrs]?)\b"),
    "en": re.compile(r"\b(?:i|me|my|mine)\b"),
}
_CUSTOMERS_TOO = {"meeting", "price", "nameless"}
# Whose name stands on page 1 of your website says so too: what sells is what is offered beside it.
_FOUND_THERE = {"ranking", "say yes"}
_NO_OFFER = {"your company", "nameless", *_FOUND_THERE}

_PERSON = re.compile(
    r"\b(?:je|j|me|m|moi|mon|ma|mes|ik|mij|mijn|ich|mich|mir|meine?[nmrs]?|i|my|myself|nous|notre|nos|our|onze"
    r"|unsere?[nmrs]?)\b"
)
_DATA = (
    r"(?:\w*donnees|infos?|informations?|coordonnees|compte|profil|dossier|fiche|nom|numero|adresse\w*|e ?mails?"
    r"|mails?|gsm"
    r"|portable|telephone|messages?|appels?|enregistrements?|consentement|accord|demande|photo|cv|\w*gegevens"
    r"|account|profiel"
    r"|naam|nummer|adres|mailadres|telefoonnummer|gesprekken|toestemming|verzoek|vraag|foto|\w*daten|\w*konto"
    r"|namen?|\w*nummer"
    r"|anschrift|anrufe|gesprache|aufnahmen|einwilligung|anfrage|antrag|bild|data|details|records?|file|name|number"
    r"|address"
    r"|mobile|phone|calls?|recordings?|contacts|history|consent|request|picture|profile|information)"
)
_OWN_THINGS = re.compile(
    rf"\b(?:mes|mon|ma|mijn|m n|meine?[nmrs]?|my)(?: \w+){{0,3}}? {_DATA}\b"
    r"|\b(?:sur|de|a propos de|concernant|chez) moi\b|\bme concern\w+|\ba mon (?:sujet|nom|egard)"
    r"|\b(?:over|van|aan|met) mij\b|\b(?:uber|von|zu|mit) mi(?:ch|r)\b"
    r"|\b(?:about|on|regarding|concerning|of) me\b"
    r"|\b(?:contact|call|calling|phone|mail|mailing|email|emailing|write|writing|text|texting)(?: to)? me\b"
    r"|\b(?:m|me) (?:\w+ ){0,1}(?:appel|contact|ecri|envo|telephon|sollicit|demarch|enregistr)\w*"
    r"|\b(?:mij|me) (?:\w+ ){0,3}(?:te )?(?:bellen|mailen|schrijven|sturen|stuurt|stuur|belt|contacteren)\b"
    r"|\bstuur mij\b"
    r"|\b(?:mich|mir) (?:\w+ ){0,5}(?:an(?:ge)?rufen|angerufen|kontaktieren|schreiben|schicken|zuschicken|senden)\b"
    r"|\b(?:schicken|senden|rufen|schreiben) sie mi(?:ch|r)\b"
)
# "Reply delete me": what others are told to write is nobody's wish; nor is what other people's data needs.
_TOLD_TO = re.compile(
    r"\b(?:reply|answer|respond|repondez|antwoord|antworten sie|beantwoord)(?: \w+){0,3}? [\"«(]?(?:with |par |met "
    r"|mit )?[\"«(]?"
    r"(?:stopp?|delete|unsubscribe|no\b|remove|desinscri\w+|uitschrijven|abmelden)"
    r"|\b(?:click|cliquez|klik|klicken sie) (?:\w+ ){0,2}(?:here|below|on|ici|sur|hier|op|auf)\b"
)
CLEARLY, PERHAPS, HARDLY = 2, 1, 0
_LIKELY = 0.8
_SPAM = 0.3
_ASKED = ("access", "rectification", "erasure", "restriction", "portability", "objection_dm", "objection_general",
          "consent_withdrawal", "automated_decision", "complaint", "chaser")  # fmt: skip


def families(text: str) -> list[str]:
    """The ways of selling or deceiving that a folded text shows, each once, with the words that showed it.

    Customers too ask for a price or a meeting: only beside what a seller says of us or of their goods is it a sign.
    """
    found = {name: match.group().strip() for name, regex in _FAMILIES.items() if (match := regex.search(text))}
    if not found.keys() - _NO_OFFER:
        found = {name: words for name, words in found.items() if name not in _FOUND_THERE}
    sold = found.keys() - _CUSTOMERS_TOO
    return [words for name, words in found.items() if sold or name not in _CUSTOMERS_TOO]


def impersonates(text: str, language: str) -> str:
    """The words about the reader's account in a text that bids them act and in which nobody says "I", else ""."""
    found = _YOUR_ACCOUNT.search(text)
    if found is None or _ALONE[language].search(text) or not _GO_THERE.search(text):
        return ""
    return found.group()


def wish(heard: Sequence[Heard], weighed: Weighed, meaning: Meaning | None) -> int:
    """Whether a person asks something about their own data: CLEARLY, PERHAPS or HARDLY.

    Clearly: in one sentence a right is used, a complaint made or an answer missed, and it is about the writer's own.
    """
    written = any(item.place != "subject" for item in heard)
    found = HARDLY
    for item in _asking(heard, weighed):
        most = PERHAPS if item.place == "subject" and written else CLEARLY  # a title may be a magazine's
        found = max(found, min(most, _of_sentence(item)))
    if found < CLEARLY and meaning is not None and meaning.whole.get("spam", 0.0) < _SPAM:
        asked = [meaning.best[label][1] for label in _ASKED if label in meaning.best and meaning.of(label) >= _LIKELY]
        found = max([found, *(max(PERHAPS, _of_sentence(item)) for item in asked if _PERSON.search(item.text))])
    if found == PERHAPS and any(_of_sentence(item) == CLEARLY for item in heard if item.place != "subject"):
        return CLEARLY  # "I wrote to you about my account." - "When will I get an answer?"
    return found


def _asking(heard: Sequence[Heard], weighed: Weighed) -> list[Heard]:
    hits: list[Hit] = [hit for found in weighed.rights.values() for hit in found]
    words = [
        item
        for item in heard
        if any(item.lexicon.cues[name].search(item.text) for name in ("complaint", "chaser", "outrage"))
        or (item.lexicon.cues["privacy"].search(item.text) and _OWN_THINGS.search(item.text))
    ]
    return [*(hit.heard for hit in hits), *words]


def _of_sentence(item: Heard) -> int:
    if _TOLD_TO.search(item.text):
        return HARDLY
    if _OWN_THINGS.search(item.text):
        return CLEARLY
    return PERHAPS if _PERSON.search(item.text) else HARDLY
