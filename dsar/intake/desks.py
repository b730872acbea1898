"""Answers of help desks, mailboxes of people who left, filters that want a proof: programs that no header marks.

They say little and always the same. A person writes of tickets, of being registered or of somebody who left, too: then
somebody says "I", asks, or wants something done, and that always weighs more. So what such a program says is taken away
first, and what is left must be short and nobody's. Pure; folded text.
"""

import re

__all__ = ["answered_by_a_desk"]

_LEFT = 16  # words a program may add: a name, a number, opening hours
_LEFT_IF_ASKED = 7  # and hardly any where somebody may ask something
_WORDS = 90
_YOURS = r"(?:votre|vos|uw|je|jouw|ihre?[nmrs]?|your)"
_THING = (
    r"(?:demandes?|messages?|e ?mails?|courriels?|mails?|questions?|requetes?|tickets?|dossiers?|signalement"
    r"|aanvra(?:ag|gen)|berichte?n?|vraa?g(?:en)?|verzoek(?:en)?|meldingen?|melding|anfragen?|nachricht(?:en)?|anliegen"
    r"|meldung|vorgangs?|requests?|enquiry|inquiry|enquiries|case|query)"
)
_NUMBER = r"(?: (?:n|no|nr|nummer|numero|number|id)?\.? ?#?\d{3,})?"
_YOUR_THING = rf"{_YOURS} {_THING}{_NUMBER}"
_TEAM = (
    r"(?:un|une|notre|nos|een|onze?|ein|eine|unser\w*|a|an|one of our|one of the|our)"
    r" (?:\w+ (?:de notre |of our |van ons |unseres )?)?"
    r"(?:collaborat\w+|collegues?|conseill\w+|agents?|equipe|membre de (?:notre|l) equipe|medewerkers?|collega s?"
    r"|team|mitarbeiter\w*|kolleg\w+|service ?team|support ?team|member of (?:our|the) team|colleagues?|advisors?"
    r"|representative)"
)
# Your message has come.
_CAME = re.compile(
    rf"\b(?:{_YOUR_THING} (?:a (?:bien )?ete|est bien|est|nous est bien|werd|is|wurde|ist|has been|was) "
    r"(?:bien |goed |bei uns |by us |successfully |nous |met succes |erfolgreich )?"
    r"(?:enregistre\w*|recue?s?|arrivee?s?|parvenue?s?|transmise?|pris\w* en compte|geregistreerd|ontvangen"
    r"|aangekomen|doorgestuurd|eingegangen|erfasst|registriert|angekommen|received|registered|logged|created|opened"
    r"|assigned)"
    rf"|(?:wir )?haben (?:wir )?{_YOUR_THING} (?:\w+ ){{0,4}}?(?:aufgenommen|erfasst|registriert)"
    rf"|(?:nous avons|on a) bien (?:recu|enregistre) {_YOUR_THING}|(?:wij|we) hebben (?:{_YOUR_THING}|het|deze?) "
    rf"(?:goed )?ontvangen|(?:wir )?haben (?:wir )?(?:{_YOUR_THING}|sie|es) (?:gut )?(?:erhalten|bekommen)"
    rf"|we (?:have |ve )?(?:got|received) (?:{_YOUR_THING}|it)"
    r"|(?:sous|met|onder|unter|under|with) (?:le |het |der |the )?(?:numero|nummer|reference|referentie|number)"
    r" #?\w{0,6} ?\d+)\b"
)
# And somebody will see to it.
_WILL = re.compile(
    r"\b(?:(?:et )?(?:sera|seront) (?:traitee?s?|prise?s? en (?:charge|compte)|examinee?s?)"
    r"|(?:reviendra|repondra|recontactera|reviendrons|repondrons|recontacterons|prendra contact)"
    r"|(?:wordt|zal) (?:\w+ ){0,3}?(?:behandel\w*|opgenomen|bekeken|beantwoord)"
    r"|(?:neemt|nemen) (?:\w+ ){0,6}?contact (?:\w+ ){0,3}?op"
    r"|(?:en )?(?:wij |we )?(?:antwoorden|reageren)(?: u)?(?= binnen| zo | spoedig)"
    r"|(?:und )?(?:wir )?melden uns|(?:et )?(?:nous )?vous (?:repondrons|recontacterons)"
    r"|doen ons (?:uiterste )?best(?: om)?|(?:binnen|zo snel)(?: \w+){0,4} (?:een )?antwoord (?:te geven|geven)?"
    r"|(?:wird|werden)(?: uns| sich| wir uns)?(?: \w+){0,5}? (?:kummern|bearbeite\w*|melden|beantworte\w*"
    r"|in verbindung setzen)"
    r"|(?:will|ll|shall) (?:be (?:handled|processed|looked at|in touch)|take a look|look into(?: it| this)?"
    r"|(?:get|come) back(?: to you)?|reply|respond|contact you)|(?:and )?(?:get|come) back to you|be in touch)\b"
)
_THANKS = re.compile(
    r"\b(?:merci (?:de nous avoir (?:contacte\w*|ecrit)"
    r"|pour votre (?:message|demande|e ?mail|courriel|prise de contact)"
    r"|d avoir (?:contacte|ecrit))"
    r"|(?:bedankt|dank u|hartelijk dank|dank je wel|dank)(?: wel)? (?:voor uw|voor het|voor je|om ons te)"
    r" (?:\w+ )?(?:bericht|vraag|mail|e ?mail|aanvraag|contact\w*|verzoek)"
    r"|(?:vielen |herzlichen |besten )?dank (?:fur|dass sie) (?:ihre?n? )?"
    r"(?:nachricht|anfrage|e ?mail|mail|kontaktaufnahme|uns)(?: kontaktiert haben)?"
    r"|thank(?:s| you)(?: very much)? for (?:reaching out|contacting(?: \w+){1,3}|getting in touch|writing(?: to us)?"
    r"|your (?:message|e ?mail|enquiry|inquiry|request)))\b"
)
_WHEN = re.compile(
    r"\b(?:(?:dans|sous|binnen|innerhalb von|innerhalb|within|in) "
    r"(?:les |de |den |the )?(?:prochaines? |next |nachsten )?"
    r"(?:\d+|un|deux|trois|twee|drie|een|zwei|drei|one|two|three|few|kurze|kurzem|kort|bref)?(?: a | tot | bis | to )?"
    r"(?: ?\d+)?(?: (?:heures?|jours?|uur|werkdagen|dagen|stunden|werktagen?|tagen?|hours?|(?:working|business) days?"
    r"|days?))?(?: ouvrables?| ouvres?)?"
    r"|(?:des que|le plus (?:vite|rapidement)|zo (?:snel|spoedig)(?: als)?|so (?:bald|schnell) wie|as soon as)"
    r" (?:possible|mogelijk|moglich)|dans les (?:meilleurs|plus brefs) delais|schnellstmoglich|zeitnah|shortly|soon"
    r"|spoedig|bientot|rapidement|demnachst)\b"
)
_TICKET = re.compile(
    r"\[ ?(?:ticket|case|dossier|demande|vraag|anfrage|request|sr|inc|ref)? ?[#:]? ?#? ?[a-z]{0,5}-?\d{3,}[^\]]{0,12}\]"
    r"|\(#\d{3,}\)"
    r"|\b(?:ticket|case|demande|dossier|vraag|anfrage|request|aanvraag|vorgang|incident) ?#:? ?\d{3,}",
    re.IGNORECASE,
)
_STATUS = re.compile(
    rf"\b(?:(?:the |le |de |der |het )?(?:status|statut|etat) (?:of|de|van|ihre\w*|uw|votre) ?(?:{_YOUR_THING}"
    rf"|{_THING}{_NUMBER}) (?:has |is |a (?:ete )?|wurde |hat sich )?(?:been )?(?:changed|updated|change\w*|modifie\w*"
    r"|gewijzigd|veranderd|geandert|aktualisiert)"
    r"|(?:est passee? de|ging van|von) (?:\w+ ){1,3}(?:a|naar|auf|zu)(?: \w+){1,2}"
    rf"|{_YOUR_THING} (?:has been|was|a ete|werd|is|wurde) (?:updated|closed|resolved|mise? a jour|clotur\w+|cloture"
    r"|resolue?|bijgewerkt|gesloten|opgelost|aktualisiert|geschlossen|gelost)"
    r"|(?:log|sign) in to (?:view|see)(?: it)?|from (?:\w+ ){1,3}to(?: \w+){1,2}"
    r"|connectez vous pour (?:la |le )?(?:voir|consulter)|meld u aan om (?:\w+ )?te bekijken"
    r"|melden sie sich an um (?:\w+ )?(?:zu sehen|anzusehen))\b"
)
# A mailbox whose owner left.
_GONE = re.compile(
    r"\b(?:(?:ist|arbeitet) (?:leider )?nicht (?:mehr|langer) (?:\w+ ){0,2}?(?:unser\w*|uns|unternehmen|der firma)"
    r"(?: (?:unternehmen|firma|haus|organisation))?(?: (?:tatig|beschaftigt))?"
    r"|hat (?:unser unternehmen|unsere firma|das unternehmen|die firma) verlassen"
    r"|ne (?:travaille|fait) plus (?:partie )?(?:pour|chez|dans|de|au sein de) (?:notre |la |l |nous)"
    r"(?:entreprise|societe|equipe|organisation|nous)?"
    r"|n est plus (?:employee?|active?|en poste)? ?(?:chez|dans|au sein de)"
    r" (?:notre |la |l |nous)(?:entreprise|societe|organisation)?|a quitte (?:notre |la |l )(?:societe|entreprise"
    r"|organisation)"
    r"|(?:werkt|is) niet (?:meer|langer) (?:\w+ ){0,2}?(?:bij|voor|in) (?:ons|onze|dienst|het|de)"
    r"(?: (?:bedrijf|organisatie|onderneming))?|heeft (?:ons bedrijf|onze organisatie|het bedrijf) verlaten"
    r"|(?:no longer|does not|doesn t) (?:works?|working|employed|with)(?: (?:for|at|by|with|here))?"
    r"(?: (?:us|the company|our (?:company|organi[sz]ation)))?(?: any ?more)?"
    r"|has left (?:the|our) (?:company|organi[sz]ation|business))\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:(?:bitte |fur \w+ )?(?:wenden sie sich|richten sie (?:ihre \w+ )?|kontaktieren sie|schreiben sie)"
    r"(?: bitte)?(?: \w+){0,2}? (?:an|unter)?|(?:ihre (?:nachricht|e ?mail|mail) )?(?:wurde|wird) nicht weitergeleitet"
    r"|(?:veuillez|merci de|pour \w+ demande,?) (?:vous adresser|contacter|ecrire|adresser vos \w+)(?: desormais)?"
    r"(?: a)?|(?:votre (?:message|mail|courriel) )?n a pas ete transmis"
    r"|gelieve (?:\w+ ){0,2}?(?:te contacteren|te mailen|u te wenden tot|te richten aan|contact op te nemen met)"
    r"|(?:neem|neemt u) (?:dan )?contact op met|u kunt (?:\w+ )?terecht bij"
    r"|(?:uw (?:bericht|mail|e ?mail) )?(?:is|werd|wordt) niet doorgestuurd"
    r"|please (?:contact|write to|direct \w+ (?:\w+ )?to|send \w+ (?:\w+ )?to|reach out to)"
    r"|(?:your (?:message|e ?mail) )?(?:was|has|is|will) not (?:be |been )?forwarded)\b"
)
# A filter keeps the mail until its sender proves to be somebody.
_PROVE = re.compile(
    r"\b(?:(?:please |bitte |veuillez |gelieve |merci de )?"
    r"(?:(?:prove|confirm|verify|show)(?: \w+)? (?:that )?you(?: are|re)(?: \w+){0,4}? (?:human|person|robot|spammer)"
    r"(?: being)?|(?:prouve\w*|confirme\w*|verifie\w*) que vous (?:etes|n etes)(?: \w+){0,4}?"
    r" (?:humaine?|personne|robot)"
    r"(?: humain)?|(?:bewijs\w*|bevestig\w*|toon)(?: te)? (?:dat|aan dat) u(?: \w+){0,3}? (?:mens|persoon|robot)"
    r"(?: bent)?|(?:beweisen|bestatigen|zeigen)(?: sie)?(?: bitte)? dass sie(?: \w+){0,3}? (?:mensch|person|roboter)"
    r"(?: sind)?))\b"
)
_KEPT = re.compile(
    rf"\b(?:{_YOUR_THING}(?: (?:to|a|an|aan))? (?:is being|is|has been|est|a ete|wordt|werd|wird|wurde) "
    r"(?:held|on hold|retenue?|mis\w* en attente|en attente|vastgehouden|tegengehouden|zuruckgehalten|angehalten)"
    r"|(?:click|follow|use) (?:on )?the link(?: below)?(?: to)?|cliquez sur (?:le|ce) lien(?: ci dessous)?(?: pour)?"
    r"|klik op (?:de|onderstaande)(?: \w+)? ?link(?: hieronder)?(?: om)?"
    r"|klicken sie (?:bitte )?(?:auf )?(?:den|folgenden)(?: \w+)? link"
    r"|(?:and )?it will be delivered|il sera (?:remis|delivre)|wordt (?:het|hij) (?:afgeleverd|bezorgd)"
    r"|wird sie zugestellt)\b"
)
_ADDRESS = re.compile(r"\S{1,64}@\S{1,190}")
# Somebody speaks of themselves, asks, wants something done, or brings something.
_SOMEBODY = re.compile(
    r"\b(?:je|j|moi|ma|mon|mes|me|m|ik|mij|mijn|m n|ich|mir|mich|mein\w*|i|my|mine|me|svp|stp|aub|s il vous plait"
    r"|please|bitte|veuillez|gelieve|graag|alstublieft|priere|pouvez|pourriez|kunt|kunnen|konnen|konnten|can|could"
    r"|would|voulons|souhaitons|souhaite|willen|wensen|wollen|mochten|want|wish|demandons|vragen|verlangen|fordern"
    r"|require|attends|attendons|wacht\w*|wart\w*|waiting|mais|maar|aber|but|toujours|encore|nog|noch|still|yet"
    r"|depuis|sinds|seit|since|ago|pourquoi|quand|waarom|wanneer|warum|wann|why|when|combien|hoe|wie|how|what|welche"
    r"|\w*donnees|\w*gegevens|\w*daten|data|rgpd|gdpr|avg|dsgvo|efface\w*|supprim\w*|wis|wissen|verwijder\w*|losch\w*"
    r"|delete\w*|erase\w*|remove\w*|copie|kopie|copy|acces|toegang|inzage|zugang|auskunft|access|corrige\w*|desinscri\w*"
    r"|uitschrijv\w*|abmeld\w*|unsubscribe|ci joint\w*|bijgevoegd|bijlage|anbei|anhang|attached|enclosed|voici|hierbij"
    r"|hiermit|voir|zie|siehe|see|hieronder|quand meme|plainte|klacht|beschwerde|complain\w*)\b"
)
_DESK = (_CAME, _WILL, _THANKS, _WHEN)
_ANSWERS = re.compile(r"^(?:re|aw|antw|antwort|tr|fw|fwd|wg|sv|doorst) ?:", re.IGNORECASE)


def answered_by_a_desk(*, subject: str, title: str, own: str, asked: str, perhaps: bool) -> str:
    """The words that show a program, "" for whatever a person may have written.

    ``subject``: as it came; ``title``: the same, folded. ``own``: the text without quotations, folded; ``asked``: as
    it came, for a question mark. ``perhaps``: something may be asked in it.
    """
    if "?" in asked or not own.strip() or len(own.split()) > _WORDS:
        return ""
    answers = bool(_ANSWERS.match(subject))
    body = " ".join(re.sub(r"[,;:]", " ", _ADDRESS.sub(" ", own)).split())
    heading = "" if answers else title
    ticket = None if answers else _TICKET.search(subject)
    came, will, thanks, status = (found.search(body) for found in (_CAME, _WILL, _THANKS, _STATUS))
    # That something came, and thanks for it, is also what a person says of our letter.
    if (ticket and (came or will or thanks)) or (will and (came or thanks)):
        told, words = (came or will or thanks), (*_DESK, _STATUS)
    elif status and _STATUS.search(heading):
        told, words = status, (*_DESK, _STATUS)
    elif (told := _GONE.search(body)) and _ELSEWHERE.search(body):
        words = (_GONE, _ELSEWHERE)
    elif (told := _PROVE.search(f"{heading} . {body}")) and _KEPT.search(body):
        words = (_PROVE, _KEPT)
    else:
        return ""
    most = _LEFT_IF_ASKED if perhaps else _LEFT
    return told.group() if told and _nobodys(heading, words, most) and _nobodys(body, words, most) else ""


def _nobodys(text: str, words: tuple[re.Pattern[str], ...], most: int) -> bool:
    for regex in words:
        text = regex.sub(" . ", text)
    left = re.sub(r"[^\w ]|\b\d+\b", " ", text)
    return not _SOMEBODY.search(left) and len(left.split()) <= most
