"""The words by which a second person asks in a mail, in French, Dutch, German and English. Pure; see ``besides``."""

import re

from dsar.intake.naming import NAME, TITLE, WORD

# Every pattern below sees one sentence in lower case with its accents, apostrophes made straight.
_KIN = (
    r"(?:(?:beaux?|belle|grand|petite?|schoon|groot|klein|stief|schwieger|gro(?:ß|ss)|stief|step|grand)-?)?"
    r"(?:mari|femme|épouse|époux|conjointe?|compagnon|compagne|partenaire|frère|s(?:œ|oe)ur|mère|père|maman|papa|fils"
    r"|fille|enfant|collègue|cliente?|amie?|voisine?|cousine?|tante|oncle|neveu|nièce|colocataire|copain|copine"
    r"|fiancée?"
    r"|associée?|pupille"
    r"|man|vrouw|echtgeno(?:ot|te)|partner|broer|zus(?:ter|je)?|moeder|vader|mama|zoon(?:tje)?|dochter(?:tje)?|kind"
    r"|collega|client|cliënte?|klant|vriend(?:in)?|buur(?:man|vrouw)|oma|opa|neef|nicht|oom|huisgeno(?:ot|te)"
    r"|wederhelft"
    r"|vennoot"
    r"|mann(?:e?s)?|frau|ehe(?:mann(?:e?s)?|frau|partner(?:in)?)|partner(?:in|s)?|lebensgefährt(?:e|in|en)"
    r"|bruders?|schwester|mutter|vaters?|sohn(?:e?s)?|tochter|kolleg(?:e|en|in)|mandant(?:in|en)?|kund(?:e|en|in)"
    r"|freund(?:in|e?s)?|nachbar(?:in|n|s)?|onkels?|mitbewohner(?:in|s)?|verlobte[rn]?|enkel(?:in)?"
    r"|husband|wife|spouse|brother|sister|mother|father|mum|mom|dad|son|daughter|child|colleague|friend|neighbou?r"
    r"|grandma|grandpa|aunt|uncle|nephew|niece|flatmate|roommate|housemate|boyfriend|girlfriend|co-?worker|assistant)"
    r"(?:-in-law)?"
)
_MANY_KIN = (
    r"(?:(?:grand|beaux|groot|schoon|gro(?:ß|ss)|schwieger)-?)?"
    r"(?:parents|enfants|filles|frères|s(?:œ|oe)urs|collègues|clients|clientes|membres|amis|voisins"
    r"|ouders|kinderen|zonen|dochters|broers|zussen|collega's|cliënten|klanten|leden|vrienden|buren"
    r"|eltern|kindern?|söhnen?|töchtern?|brüdern?|schwestern|geschwistern?|kollegen|kolleginnen|mandanten|kunden"
    r"|mitgliedern?"
    r"|children|kids|sons|daughters|brothers|sisters|colleagues|members|friends|neighbou?rs|co-?workers)"
)
_MY = r"(?:mon|ma|mes|notre|nos|mijn|m'n|onze|ons|mein|meine[nmrs]?|unser|unsere[nmrs]?|my|our)"
_NEAR = rf"\b{_MY} (?:\w+ )?(?:{_KIN}|{_MANY_KIN})(?![\w-])"
_WHO = rf"\b{_MY} (?:\w+ )?(?:(?P<kin>{_KIN})|(?P<many>{_MANY_KIN}))(?![\w-])"
_WISH = (
    r"(?:veut|souhaite|souhaiterait|voudrait|aimerait|demande|désire|désirerait|exige|réclame|refuse|s'oppose|retire"
    r"|veulent|souhaitent|voudraient|aimeraient|demandent|désirent|exigent|réclament"
    r"|wil|wenst|vraagt|verzoekt|eist|zou graag|had graag|weigert"
    r"|willen|wensen|vragen|verzoeken|eisen|zouden graag|hadden graag"
    r"|möchte|will|bittet|verlangt|wünscht|beantragt|fordert|widerspricht|widerruft"
    r"|möchten|wollen|bitten|verlangen|wünschen|beantragen|fordern|widersprechen"
    r"|wants?|would like|'d like|would love|asks?|requests?|wishe?s?|demands?|needs?|objects?|doesn't want|don't want"
    r"|does not want|would rather)"
)
_WE_WISH = (
    r"(?:(?:would|'d) (?:both|all|each|just|also) like|souhaitons|voulons|voudrions|demandons"
    r"|aimerions|désirons|exigeons|sollicitons"
    r"|willen|wensen|vragen|verzoeken|eisen|zouden|hadden graag|möchten|wollen|bitten|verlangen|wünschen|beantragen"
    r"|fordern|want|would like|'d like|wish|ask|request|demand|need)"
)
_DATA = (
    r"(?:données|informations?|infos?|renseignements|comptes?|dossiers?|profils?|fiche|coordonnées"
    r"|(?:\w+)?gegevens|informatie|dossiers?|profiel|accounts?|(?:klanten)?kaart"
    r"|(?:\w+)?daten|angaben|konto|konten|profile?|akte|informationen"
    r"|data|details|records?|profiles?|files?|infos?)"
)
_ALL = (
    r"(?:tout|tous|toute|ce que vous|ce qui|alles|al wat|wat (?:jullie|u|je|er|men)|was (?:sie|ihr|man)|sämtliche\w*"
    r"|everything|anything|all|what(?:ever)?)"
)
_ERASE = (
    r"(?:efface\w*|supprim\w*|retir\w*|radi\w+|oubli\w*|désinscri\w+|wis(?:sen|t)?|gewist|verwijder\w*|schrap\w*"
    r"|geschrapt"
    r"|uitgeschreven|uitschrijven|vergeten|lösch\w*|gelösch\w*|entfern\w*|vergess\w*|abmelden|streich\w*|gestrichen"
    r"|delet\w+|eras\w+|remov\w+|forg[eo]t\w*|unsubscrib\w*|wiped?|taken off)"
)
_OTHER_ACT = (
    r"(?:copie|kopie|copy|kopien|accès|inzage|auskunft|access|einsicht|corrig\w+|rectifi\w+|verbeter\w*|aanpass\w*"
    r"|aangepast|berichtig\w*|korrigier\w*|correct\w*|chang\w+|ändern|publicité|reclame|werbung|marketing|newslette"
    r"rs?"
    r"|nieuwsbrief|appel\w*|gebeld|called|angerufen|number|numéro|nummer|(?:e-?)?mails?|adresse?n?|address"
    r"|adres|photos?"
    r"|foto'?s?|fotos|pictures?|nom|naam|name)"
)
KIN, MY, ERASE = _KIN, _MY, _ERASE
OF_DATA = re.compile(rf"\b(?:{_DATA}|{_ALL}|{_ERASE}|{_OTHER_ACT})(?!\w)")
THIRD = re.compile(
    r"(?:\b(?:son|sa|ses|leurs?|lui|elle|eux|le|la|les|l'|se|siennes?|siens?)(?= |\w|[.,;!?]|$)"
    r"|\b(?:zijn|haar|hem|hun|zich|hen|ze)\b|\b(?:sein|ihr|ihn|ihm|sie)(?:e[nmrs]?|es)?\b|\bdeiner\b"
    r"|\b(?:his|hers?|him|their|theirs|them|himself|herself|themselves)\b)"
)
THIRD_SURELY = re.compile(
    r"\b(?:ses|sur (?:lui|elle)|son|sa|siennes?|siens?|leurs?|zijn|haar|hem|hun|sein(?:e[nmrs]?)?|ihre?[nmrs]?"
    r"|ihn|ihm"
    r"|his|hers?|him|theirs?|them)\b"
)
FIRST = re.compile(
    r"\b(?:je|j'|moi|mes|mon|ma|me|m'|ik|mijn|mij|ich|mein(?:e[nmrs]?)?|mich|mir|i|my|me|mine|we|wij|wir|nous"
    r"|our|onze)(?!\w)"
)
REQUEST = re.compile(
    r"\b(?:voudrais|souhaite|souhaiterais|veux|demande|aimerais|désire|exige|merci de|veuillez|prière|pou(?:vez"
    r"|rriez)"
    r"|supprime[zr]?|efface[zr]?|envoye[zr]|donne[zr]|communique[zr]|retire[zr]|corrige[zr]|rectifie[zr]|oublie[zr]"
    r"|fournir|transmettre|m'oppose|il me faut|j'ai besoin|faites"
    r"|wil|wens|vraag|verzoek|graag|gelieve|kun(?:t|nen)? (?:u|jullie)|kan u|wis(?:sen)?|verwijder(?:en)?|schrap(?:"
    r"pen)?"
    r"|stuur|bezorg|mag ik|geef|heb ik recht"
    r"|möchte|will|bitte|beantrage|verlange|fordere|lösch(?:en|t)?|widerspreche|schicken|senden|können sie"
    r"|könnten sie"
    r"|wünsche|brauche|hätte gern"
    r"|want|would (?:\w+ )?like|'d (?:\w+ )?like|please|request(?:ing)?|request|ask|asking|delete|erase|send"
    r"|(?:can|could|would) you|remove|need|object"
    r"|wish|give|show|forget|correct)(?!\w)"
)
_ABOUT_ME = (
    r"(?:(?:sur|(?<!côté )(?<!chez )de|à propos de|concernant|pour) moi\b|\bme concern\w+|\b(?:mes|mon|mijn"
    r"|m'n|meine?[nmrs]?|my)(?: \w+){0,2}? "
    rf"{_DATA}(?!\w)|\b(?:mes|mon) (?:propres? )?{_DATA}(?!\w)"
    r"|\b(?:over|van|voor) (?:mij|me|mezelf|mijzelf)\b|\b(?:über|von|zu|für|bei) (?:mich|mir)\b|\bmich betreff\w+"
    r"|\b(?:about|on|of|for) (?:me|myself)\b|\bmine\b|\bles miennes\b|\bl(?:e|a) mien(?:ne)?\b|\b(?:het|de) mijne\b"
    r"|\bmeine(?= (?:löschen|bitte)|[.!?]|$)|\bmy own\b"
    r"|\b(?:wis|schrap|verwijder|vergeet) (?:mij|me)\b|\b(?:efface|supprime|oublie|retire|désinscri[vs])\w*-moi\b"
    r"|\bm'effac\w+"
    r"|\bme (?:supprim|retir|oubli|désinscri)\w+|\b(?:delete|erase|remove|forget|unsubscribe|take) me\b"
    r"|\blöschen sie mich\b|\bmich (?:\w+ )?(?:zu )?löschen\b)"
)
OWN_WISH = re.compile(_ABOUT_ME)
# "Mes nom et adresse": a detail of one's own that is to go or to be put right.
OWN_DETAIL = re.compile(rf"(?=.*\b{_ERASE}(?!\w)).*\b(?:mes|mon|ma|mijn|meine?[nmrs]?|my) (?:\w+ )?{_OTHER_ACT}(?!\w)")
DENIED = re.compile(
    r"\b(?:pas|sauf|excepté|hormis|sans|aucun\w*|niet|geen|behalve|zonder|nicht|kein\w*|außer|ohne|not|isn't"
    r"|don't|doesn't"
    r"|except|without|leave|nor|neither|rien|niets|nichts|nothing|anything else|rather than|plutôt que|statt"
    r"|in plaats van)(?!\w)"
)
NO_WISH = re.compile(
    r"\b(?:rien|niets|nichts|nothing|garder|conserver|rester|behouden|houden|blijven|behalten|bleiben|keeps?"
    r"|stay|remain"
    r"|lui-même|elle-même|eux-mêmes|séparément|zelf|apart|zelfstandig|selbst|selber|separat|gesondert|separately"
    r"|herself|himself|themselves|que je|dat ik|dass ich|me to|that i|dat we|dass wir|us to)(?!\w)"
)
KEPT = re.compile(rf"\b(?:ne|n'|pas|niet|geen|nicht|kein\w*|not|doesn't|don't)\b.*\b{_ERASE}(?!\w)")

THEIR_WISH = re.compile(rf"{_WHO}(?P<between>[^.!?;:]{{0,70}}?)\b(?P<wish>{_WISH})(?!\w)(?P<what>.*)")
OF_THEM = re.compile(
    rf"\b(?:(?:{_DATA}|{_ALL}|{_OTHER_ACT})(?!\w)(?:[^.!?;:,]{{0,45}}?)|cel(?:ui|le)|ceux|celles|dat|die|das"
    r"|that|those)[ ]"
    r"(?:sur|de|du|des|à propos de|au sujet de|concernant|van|over|voor|von|über|zu|of|on|about|for|regarding"
    r"|et|en|und|and) "
    rf"{_WHO}"
)
GENITIVE = re.compile(
    rf"\b(?:{_DATA}|das|die|der)(?: \w+){{0,2}}? (?P<kinned>(?:meine[sr]|unsere[sr]) (?:\w+ )?(?:(?P<kin>{_KIN})"
    rf"|(?P<many>{_MANY_KIN})))(?!\w)"
)
POSSESSED = re.compile(
    rf"{_WHO}(?:'s?| (?:zijn|haar|hun|z'n|d'r))(?= {_DATA}|[.,;!?]|$| (?:personal|too|as well|also|one))"
)
ACTED_ON = re.compile(rf"\b{_ERASE}(?: \w+){{0,2}}? (?:(?:aussi|également|ook|auch|also|ebenfalls) )?{_WHO}")
SAME = re.compile(
    r"\b(?:même (?:chose|demande|question)|pareil|idem|(?:het)?zelfde|ditto|gleiche[sn]?|dasselbe|ebenso|likewise"
    r"|same"
    r"|aussi|également|ook|tevens|auch|also|as well)\b[^.!?;:]{0,40}?"
    rf"\b(?:pour|de la part de|voor|namens|für|im namen|for|on behalf of|from|von|van|goes for|gilt für) {_WHO}"
)
_ME = r"(?:moi(?:-même)?|ik(?:zelf)?|mij(?:zelf)?|me(?:zelf)?|ich|mich|mir|i|myself)"
_LINK = r"(?:et|en|und|and|&|ainsi que|evenals|alsook|sowie|as well as)"
_PREP = r"(?:pour|sur|de|d'|à|voor|over|van|für|über|von|um|for|about|on|of)"
PAIRED = re.compile(
    rf"\b{_PREP} (?:{_ME},? {_LINK} (?:{_PREP} )?{_NEAR}|{_MY} (?:\w+ )?(?:{_KIN}|{_MANY_KIN})(?:,? [\w-]+){{0,3}}?,"
    rf"? {_LINK} (?:{_PREP} )?{_ME}(?!\w))"
)
BOTH = re.compile(
    rf"(?:{_NEAR}(?:,? [\w-]+){{0,3}}?,? {_LINK} {_ME}|\b{_ME},? {_LINK} {_NEAR})(?!\w)(?P<between>[^.!?;:]{{0,60}}?"
    r")\b"
    rf"(?P<wish>{_WE_WISH})(?!\w)(?P<what>.*)"
)
INVERTED = re.compile(
    rf"\b(?P<wish>{_WE_WISH}) (?:{_NEAR}(?: [\w-]+){{0,3}}? {_LINK} {_ME}|{_ME} {_LINK} {_NEAR})(?!\w)(?P<what>.*)"
)
_TWO = r"(?:deux|trois|quatre|twee|drie|vier|zwei|drei|two|three|four|[2-9])"
COUNTED = re.compile(
    r"(?:\b(?:il s'agit de|concerne|demandes? (?:de|pour)|gaat (?:het )?om|betreft|(?:ver|aan)zoe?k(?:en)? (?:van"
    r"|voor)|geht (?:es )?um"
    rf"|betrifft|anträge? (?:von|für)|is about|concerns|requests? (?:from|for|of)|on behalf of|for) (?:the )?{_TWO} "
    r"(?:\w+ )?"
    r"(?:personnes|personen|mensen|leute|people|persons|individuals|demandeurs|aanvragers|antragsteller|de nos memb"
    r"res)\b"
    r"|\b(?:pour|de) nous deux\b|\bvoor ons (?:twee|beiden?|allebei)\b|\bfür uns (?:beide|zwei)\b|\bfor (?:both"
    r"|the two) of us\b)"
)
PRONOUN = re.compile(
    rf"^\W*(?:(?:et|en|und|and|mais|maar|aber|but) )?(?:elle|il|ze|zij|hij|sie|er|she|he) (?:[\w']+ ){{0,3}}?"
    rf"(?P<wish>{_WISH})(?!\w)(?P<what>.*)"
)
_PRONOUN_SET = re.compile(r"\b(?:bei|für|pour|voor|for|quant à|wat|as for) (?:ihm|ihr|lui|elle|hem|haar|him|her)\b")
ANYBODY = re.compile(rf"{_NEAR}")
PEOPLE = re.compile(
    r"\b(?:following|these|folgende[nr]?|diese|volgende|deze|suivantes?|ces|les) (?:\w+ ){0,2}?(?:people|persons"
    r"|colleagues|clients|members|customers"
    r"|personen|kollegen|mitglieder|mandanten|mensen|collega's|leden|cliënten|personnes|collègues|membres|clients)"
    r"(?: suivant(?:e)?s)?\b"
    rf"(?P<between>[^.!?;]{{0,60}}?)\b(?P<wish>{_WISH})(?!\w)(?P<what>.*)"
)

# These see the text as it was written.
SAID = re.compile(rf"\b(?:[Mm]oi|[Ii]k|[Ii]ch|I|[Jj]e soussignée?|[Oo]ndergetekende),?[ ]+\(?({NAME}|{WORD})\)?\s*[,)]")
NAMED_WISH = re.compile(
    rf"(?:^|[.!?:;,]\s+|\s(?:et|en|und|and|mais|maar|aber|but)\s+|^\W+)({NAME}|{WORD})(?:[ ]*\([^()]{{0,40}}\))?,?"
    rf"[ ]+(?:(?:lui|elle|aussi|ook|auch|also|dagegen|daarentegen),?[ ]+)?{_WISH}(?!\w)(.*)"
)
NAMES_WISH = re.compile(
    rf"(?<![\w'’-])({NAME}|{WORD})[ ]+(?:et|en|und|and|&)[ ]+({NAME}|{WORD})[ ]+(?:veulent|souhaitent|voudraient"
    r"|aimeraient|demandent|willen|wensen|vragen|möchten|wollen|wünschen|verlangen|want|would like"
    r"|ask|wish|request)(?!\w)(.*)"
)
NUMBER = re.compile(
    rf"(?<![\w'’-])({NAME})[^.!?\n\d]{{0,30}}?(?i:(?:kunden|klant(?:en)?|client|customer|kund|membre|member|lid|abonn\w*"
    rf"|n°\s*(?:de )?)[- ]?(?:nr|nummer|number|no|n°)?|numéro (?:de )?client\w*|n°)[^\w\n]{{0,4}}(?:client\w*[^\w\n]"
    rf"{{0,3}})?(\d[\d ./-]{{1,20}}\d)"
)
NO_PERSON = frozenset(
    [
        "il",
        "elle",
        "on",
        "je",
        "tu",
        "nous",
        "vous",
        "ils",
        "elles",
        "qui",
        "cela",
        "ceci",
        "ce",
        "hij",
        "zij",
        "ze",
        "wij",
        "we",
        "u",
        "jullie",
        "ik",
        "er",
        "sie",
        "es",
        "man",
        "wir",
        "ihr",
        "ich",
        "he",
        "she",
        "it",
        "they",
        "who",
        "that",
        "this",
        "what",
        "which",
        "moi",
        "lui",
        "quelqu'un",
        "chacun",
        "iemand",
        "jemand",
        "niemand",
        "someone",
        "anyone",
        "everybody",
        "nobody",
        "also",
        "please",
        "bitte",
        "gerne",
        "gern",
        "graag",
        "merci",
        "wer",
        "was",
        "wie",
        "die",
        "das",
        "der",
        "dies",
        "een",
        "de",
        "het",
        "le",
        "la",
        "les",
        "si",
        "als",
        "wenn",
        "if",
        "and",
        "et",
        "en",
        "und",
        "but",
        "mais",
        "maar",
        "aber",
        "votre",
        "uw",
        "ihr",
        "your",
        "notre",
        "onze",
        "unser",
        "our",
        "mon",
        "ma",
        "mijn",
        "mein",
        "meine",
        "my",
        "the",
        "a",
        "an",
        "un",
        "une",
        "ein",
        "eine",
        "personne",
        "madame",
        "monsieur",
    ]
)
DOTTED = re.compile(r"\b(m|mr|mrs|ms|mme|mlle|dr|dhr|mevr|prof)\.(?= )")
CLIENTS = re.compile(r"cliente?s?|cliënten?|klant(?:en)?|kund(?:e|en|in)|mandant\w*")
AFTER = re.compile(rf"\W*{TITLE}({NAME}|{WORD})")
MANY = "several"
JOINED = re.compile(r"(?i)\b(?:famille|familie|family|fam|et|en|und|and)\b|&")
