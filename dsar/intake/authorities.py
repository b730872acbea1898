"""Letters of authorities, ombudsmen, courts and the police, and documents of a court that a bailiff serves.

Told from people who have a title, or who only speak of them. Pure.

A known domain says it alone, and so do words of command that only an office uses. Everything else weighs together:
the office in the sender's name, in a letterhead or under a signature, the number it files under, the inquiry it speaks
of, what it asks. Against it speaks who asks for their own data, tells of their own complaint, or writes for a client;
a bailiff, a lawyer or an auditor of accounts is no authority. What a bailiff serves is the court's, though: a writ, a
judgment, a hearing; a reminder to pay is theirs.
"""

import re
from collections.abc import Sequence

from dsar.intake.folding import fold, fold_plain

__all__ = ["of_an_authority", "signs"]

_LINE = 90  # characters: a title in a letterhead or under a signature stands on a short line
_BROKEN = 50  # characters: programs break longer lines
_ENOUGH = 3
_SHOWN = 200

# Supervisory authorities, police and justice of Belgium and its neighbours, of the Union and its other states.
_DOMAINS = re.compile(
    r"(?:^|\.)(?:apd-gba\.be|gba-apd\.be|dataprotectionauthority\.be|autoriteprotectiondonnees\.be"
    r"|gegevensbeschermingsautoriteit\.be|vlaamsetoezichtcommissie\.be|toezichtcommissie\.be|police\.belgium\.eu"
    r"|police\.be|politie\.be|polizei\.be|comitep\.be|comiteri?\.be|just\.fgov\.be|just\.belgium\.be|juridat\.be"
    r"|om-mp\.be|fsma\.be|ibpt\.be|bipt\.be|economie\.fgov\.be|minfin\.fed\.be|polbru\.be|cnil\.fr|justice\.fr"
    r"|justice\.gouv\.fr|defenseurdesdroits\.fr|mediateurfederal\.be|federaalombudsman\.be|federalombudsman\.be"
    r"|foederalerombudsmann\.be|ombudsman\.(?:be|europa\.eu|org\.uk|ie)|nationaleombudsman\.nl"
    r"|vlaamseombudsdienst\.be"
    r"|le-mediateur\.be|mediateur\.lu|ombudsman\.lu"
    r"|interieur\.gouv\.fr|dgccrf\.finances\.gouv\.fr|douane\.finances\.gouv\.fr|amf-france\.org"
    r"|autoriteitpersoonsgegevens\.nl|politie\.nl|om\.nl|rechtspraak\.nl|fiod\.nl|acm\.nl|afm\.nl|marechaussee\.nl"
    r"|bfdi\.bund\.de|bka\.bund\.de|bundespolizei\.de|polizei\.bund\.de|generalbundesanwalt\.de|zoll\.bund\.de"
    r"|bafin\.de"
    r"|ldi\.nrw\.de|lfdi\.bwl\.de|datenschutz-berlin\.de|datenschutz-hamburg\.de|datenschutz-bayern\.de"
    r"|datenschutz-mv\.de|datenschutzzentrum\.de|lda\.bayern\.de|lda\.brandenburg\.de|lfd\.niedersachsen\.de"
    r"|lfd\.sachsen-anhalt\.de|sdtb\.sachsen\.de|tlfdi\.de|(?:polizei|datenschutz|justiz)\.[a-z-]+\.de"
    r"|[a-z-]+\.(?:polizei|datenschutz|justiz)\.de|polizei-[a-z-]+\.de|(?:ag|lg|olg|sta)-[a-z-]+\.(?:nrw|justiz)\.de"
    r"|cnpd\.lu|cnpd\.public\.lu|police\.etat\.lu|justice\.etat\.lu|cssf\.lu|ico\.org\.uk|police\.uk|judiciary\.uk"
    r"|justice\.gov\.uk|cps\.gov\.uk|fca\.org\.uk|dataprotection\.ie|garda\.ie|courts\.ie|aepd\.es|gpdp\.it"
    r"|garanteprivacy\.it|dsb\.gv\.at|polizei\.gv\.at|justiz\.gv\.at|edoeb\.admin\.ch|uodo\.gov\.pl|imy\.se"
    r"|datatilsynet\.(?:dk|no)|cnpd\.pt|tietosuoja\.fi|dpa\.gr|ip-rs\.si|azop\.hr|uoou\.(?:gov\.)?cz|naih\.hu"
    r"|dataprotection\.(?:gov\.sk|ro|gov\.cy)|cpdp\.bg|vdai\.lt|dvi\.gov\.lv|aki\.ee|idpc\.org\.mt|personuvernd\.is"
    r"|edpb\.europa\.eu|edps\.europa\.eu|curia\.europa\.eu|europol\.europa\.eu|eppo\.europa\.eu|olaf\.europa\.eu"
    r"|interpol\.int)$"
)
# A public body, whose people also write for themselves.
_PUBLIC = re.compile(
    r"(?:^|\.)(?:fgov\.be|belgium\.be|fed\.be|gouv\.fr|bund\.de|gov\.uk|gov\.ie|overheid\.nl|etat\.lu)$"
)
_HINT = re.compile(
    r"(?:greffe|griffie|parquet|parket|police|politie|polizei|tribunal|rechtbank|gericht|justi[cz]|court|garda"
    r"|constabulary"
    r"|gendarm|datenschutz|auditora)"
)
_OFFICE = re.compile(
    r"^(?:le |la |l |de |der |die |das |het |the |an |office of the |service de )?(?:autorite de protection des donnees"
    r"|chambre contentieuse|service d inspection\b|(?:service de )?premiere ligne\b"
    r"|commission nationale (?:de l informatique"
    r"|pour la protection)|cnil\b|fsma\b|parquet (?:du|de|federal|general)|auditorat (?:du|federal)|greffe\b"
    r"|justice de paix"
    r"|tribunal (?:de|du|correctionnel)|cour (?:d appel|du travail|d assises|de cassation)|conseil d etat"
    r"|police (?:federale|locale|judiciaire|nationale|aux frontieres)|zone de police|zp [a-z]|zpz\b|brigade (?:de|des)"
    r"|gendarmerie|commissariat (?:de|central)|section de recherches|inspection (?:economique|sociale|du travail)"
    r"|gegevensbeschermingsautoriteit|autoriteit persoonsgegevens|geschillenkamer|inspectiedienst|eerstelijnsdienst"
    r"|vlaamse toezichtcommissie|parket (?:van|te|noord|zuid|oost|west|midden|rotterdam|amsterdam|den haag"
    r"|antwerpen|gent"
    r"|brussel|leuven|limburg|halle)|openbaar ministerie|(?:arbeids|krijgs)?auditoraat|griffie\b"
    r"|(?:arbeids|ondernemings|politie)?rechtbank\b|(?:arbeids)?hof van (?:beroep|cassatie)|arbeidshof|raad van state"
    r"|(?:federale|lokale|nationale|gerechtelijke) politie|federale gerechtelijke|politiezone|pz [a-z]|vredegerecht"
    r"|economische inspectie|sociale inspectie|fiod\b|koninklijke marechaussee"
    r"|(?:general)?staatsanwaltschaft|(?:amts|land|oberland|arbeits|verwaltungs|sozial|finanz|bundes)\w*gericht"
    r"|geschaftsstelle (?:der|des|\d)|(?:foderale|lokale|bundes)? ?polizei(?:inspektion|prasidium|direktion|revier"
    r"|zone)?"
    r" (?:[a-z]+)|polizei(?:inspektion|prasidium|direktion)|kriminal(?:polizei|kommissariat|inspektion)"
    r"|landeskriminalamt"
    r"|bundeskriminalamt|hauptzollamt|(?:landes|bundes)beauftragte[rn]? fur|datenschutzbehorde\b|ldi nrw|lfdi\b|blnbdi"
    r"|bfdi\b|(?:sachsische|bayerische|thuringer|berliner|hessische|niedersachsische|hamburgische|unabhangige)[rs]? "
    r"(?:\w+ ){0,2}(?:datenschutz\w*|beauftragte\w*|landesamt|landeszentrum|transparenz\w*)|bayerisches landesamt fur"
    r"|data protection (?:authority|commission(?:er)?)\b|(?:information|privacy)(?: and data protection)? commissioner"
    r"|supervisory authority|crown prosecution|(?:[a-z]+ )?(?:high|county|crown|district|circuit|family"
    r"|magistrates?) court\b"
    r"|court of (?:appeal|justice|first)|(?:metropolitan|city of \w+|british transport) police|[a-z]+ (?:police"
    r"|constabulary)"
    r"$|police service|economic crime (?:unit|bureau)|garda (?:national|siochana)|criminal investigation"
    r"|garante (?:per la|privacy)|agencia espanola de proteccion|national crime agency"
    r"|(?:mediateur|mediatrice) (?:federale?|de la (?:wallonie|republique)|europeenne?)|defenseure? des droits"
    r"|(?:federale?|nationale?|vlaamse|europese) ombuds(?:man|vrouw|dienst)|ombudsdienst (?:van|voor)"
    r"|(?:foderaler?|europaische[rn]?) (?:ombuds|burgerbeauftragte)\w*|burgerbeauftragte[rn]? (?:des|der)"
    r"|(?:federal|european|parliamentary(?: and health service)?|national) ombudsman|office of the ombudsman)"
)
_ROLE = re.compile(
    r"^(?:le |la |de |der |die |the |an )?(?:procureure? (?:du roi|de la republique|general|adjoint)"
    r"|substitut\w* (?:du|de)"
    r"|juge (?:d instruction|de paix)|greffi(?:er|ere)\b(?: en chef)?|auditeur du travail|arbeidsauditeur"
    r"|(?:premier |premiere )?inspect(?:eur|rice) (?:principal|de police|de l|d |[a-z]+ [a-z]+$)"
    r"|commissaire (?:de police|divis)"
    r"|officier de police judiciaire|commissaire (?!aux)[a-z]+$|commissaris (?!revisor)[a-z]+$|hoofdagent"
    r"|hoofdgriffier|adjudant|marechal des logis|procureur des konings|procureur generaal"
    r"|onderzoeksrechter|vrederechter|griffier\b|hoofdinspecteur|inspecteur van politie|officier van justitie"
    r"|(?:eerste )?substituut|rechercheur|(?:ober|erster )?staatsanw(?:alt|altin|altschaft)\b|untersuchungsrichter"
    r"|richter(?:in)? am (?:amts|land|oberlandes)gericht|(?:justiz|rechtspfleger)\w*|urkundsbeamt\w*"
    r"|(?:kriminal|polizei)(?:haupt|ober)?(?:kommissar|meister)(?:in)?\b|k[ho]k(?:in)? [a-z]"
    r"|registrar of the (?:court|high)"
    r"|(?:detective|police) (?:constable|sergeant|inspector|garda|superintendent)|d[cs] \d+|pc \d+|case officer$"
    r"|investigating judge|public prosecutor|prosecutor$)"
)
_COMMAND = re.compile(
    r"\b(?:(?:nous vous |je vous )?requ(?:erons|iers) (?:de|la communication|votre)|requisition judiciaire"
    r"|(?:en vertu|en application|sur la base) de l article (?:46|88|90)[a-z0-9 ]{0,12} du code d instruction"
    r"|article 58[ .(]{0,2}1.{0,12}(?:du )?rgpd.{0,200}(?:communiquer|fournir|transmettre)|pro justitia"
    r"|(?:vu|en application de|sur le fondement de) (?:les? |l )?articles? (?:60|77"
    r"|99)[ -]\d.{0,60}code de procedure penale"
    r"|(?:nous avons ete|l autorite a ete|la cnil a ete|notre autorite a ete) saisie?s? d une plainte"
    r"|wij vorderen (?:u|de mededeling|hierbij)|(?:officier van justitie|procureur) vordert|artikel 126[a-z]{1,3}\b"
    r"|vordering (?:tot (?:verstrekking|mededeling)|op grond van artikel)"
    r"|artikel (?:46|88|90)[a-z0-9 ]{0,12} (?:van het )?(?:wetboek van strafvordering|sv\.?)"
    r"|(?:bij (?:de|onze) autoriteit|bij ons) is een klacht (?:ingediend|neergelegd)"
    r"|auskunftsersuchen (?:gemass|nach|gem\.)|(?:gemass|nach|gem\.?) (?:§|paragraph) ?(?:94|95|100|161|163)[a-z]? stpo"
    r"|in dem ermittlungsverfahren|ist bei (?:uns|unserer behorde) eine beschwerde (?:ein|er)"
    r"|(?:uns|hier) (?:liegt eine|ist eine) (?:beschwerde|eingabe) (?:gegen|uber) ihr"
    r"|(?:gemass|nach) art(?:ikel|\.)? 58 abs(?:atz|\.)? 1.{0,80}(?:fordern|auskunft)"
    r"|(?:this is|pursuant to|under|attached|enclosed is|please find) (?:a |an |the )?(?:\w+ )?(?:production order"
    r"|court order (?:requires|requiring)|subpoena)|you are (?:hereby )?ordered to"
    r"|our (?:office|authority) has received a complaint|under section \d+ of the (?:data protection|police) act"
    r"|schedule 2,? part 1.{0,20}data protection act)\b"
)
_NUMBER = re.compile(
    r"\bdos ?20\d\d ?\d{4,6}\b|\bpv ?(?:n[o°.]?)?[ :]{0,3}[a-z]{2}[. ]\d\d[. ]\w\w[. ]\d+"
    r"|\b[a-z]{2}\d\d[. ][a-z]{2}[. ]\d+[ /]\d+"
    r"|\b(?:r\.? ?g|a\.? ?r|rol(?:nummer|nr)?|zaaknummer|parketnummer|kenmerk|ons kenmerk|notice|notitienummer"
    r"|apostille"
    r"|kantschrift|aktenzeichen|az|geschaftszeichen|unser zeichen|vorgangs?(?:nummer|nr)|saisine|proces verbal"
    r"|crime ref\w*"
    r"|claim no|case no|urn|pulse|reclamo|onderzoek|pv n[o°]?|file|our ref\w*|dossier|reference"
    r"|ref)\b[ .:°n]{0,5}[a-z0-9 ./-]{0,14}\d"
    r"|\b\d{1,4} (?:js|ujs|c|o|s|u|gs|ds|ar|ars|cs|bvr) \d{1,6} ?\d\d\b|\b[a-z]{2,5} (?:comp )?\d{3,}"
)
_INQUIRY = re.compile(
    r"\b(?:personne disparue|vermiste (?:persoon|jongere)|vermisste person|missing person|vous etes (?:convoque\w*"
    r"|cite\w*)"
    r"|wordt (?:u )?opgeroepen|als zeug\w+ geladen|witness summons|you are summoned|prevention and detection of crime"
    r"|verfahren wegen|dans le cadre d(?:e|une?)? ?(?:l |une |un )?(?:enquete|information judiciaire|instruction"
    r"|dossier repressif)"
    r"|(?:suite|conformement) a l apostille|in het kader van (?:een|het|ons) (?:\w+ )?(?:onderzoek|strafonderzoek)"
    r"|in opdracht van (?:de )?(?:onderzoeksrechter|procureur|parket|officier)|im rahmen (?:eines|des) (?:\w+ )?"
    r"ermittlungsverfahrens|wegen des verdachts|wird hier ermittelt|in der strafsache|in dem rechtsstreit|in sachen"
    r"|in dem verfahren|(?:we are|i am) investigating (?:an?|the) (?:\w+ )?(?:offence|crime|fraud|theft|incident"
    r"|complaint)"
    r"|criminal (?:investigation|offence)|(?:plainte|klacht|beschwerde|complaint|eingabe) (?:ci jointe|tegen uw"
    r"|gegen ihr"
    r"|against your|about your|over uw|a l encontre de votre|contre votre|concernant votre)|arret avant dire droit"
    r"|(?:personne|citoyen\w*|plaignant\w*) nous a (?:saisie?s?|adresse)|avons ete saisie?s? (?:d une|par)"
    r"|heeft (?:\w+ ){0,3}(?:zich tot ons gewend|bij ons (?:een )?klacht)|hat sich (?:\w+ ){0,6}an uns gewandt"
    r"|(?:has|have) (?:complained to us|approached us|contacted our office|brought a complaint))"
)
_DEMAND = re.compile(
    r"\b(?:(?:veuillez|merci de|nous vous prions de|priere de|vous prie de)(?: bien vouloir)? (?:nous |me "
    r"|faire )?(?:communiquer"
    r"|transmettre|fournir|parvenir|indiquer|remettre|faire part)|deposer au greffe|prendre position|vos observations"
    r"|merci de nous repondre|souhaitons connaitre|teilen sie uns|ons (?:vandaag |nog |dringend )*(?:mee ?te ?delen"
    r"|meedelen)"
    r"|vous (?:etes invites?|notifie|invitons) a?|gelieve (?:ons |mij |de |onze |het )|neer te leggen|vragen wij u"
    r"|verzoekt u"
    r"|wij verzoeken u|stelling te nemen|(?:bitten|bitte|ersuchen) (?:wir |ich )?um (?:auskunft|mitteilung|ubersendung"
    r"|stellungnahme|vorlage)|stellung (?:zu )?nehmen|ersucht|vorzulegen|aufgegeben|fordern (?:wir )?sie (?:auf|zur)"
    r"|werden sie gebeten|please (?:provide|supply|disclose|send us|respond|let us have|comment)|you are requested"
    r"|requests? your (?:submissions"
    r"|response)|require the|your (?:response|submissions|observations) within|file and serve)"
)
# An authority of whose mail address nobody knows, in the middle of a sentence; with a demand it is a letter of theirs.
_HAS_A_COMPLAINT = re.compile(
    r"\b(?:information commissioner(?:\W?s)?(?: office)?|data protection (?:commission(?:er)?|authority)"
    r"|supervisory authority"
    r"|autorite de protection des donnees|chambre contentieuse|cnil|apd|notre autorite|defenseur des droits"
    r"|gegevensbeschermingsautoriteit|autoriteit persoonsgegevens|geschillenkamer|eerstelijnsdienst|gba"
    r"|datenschutz(?:behorde|kommission)|(?:landes|bundes)beauftragten?(?: fur (?:den )?datenschutz)?|aufsichtsbehorde"
    r"|ombuds(?:man|vrouw|dienst|stelle)|mediateur federal)\b[^.!?]{0,60}?"
    r"\b(?:(?:has |have )?received (?:a |the )?(?:complaint|grievance)|(?:a|ont) (?:bien )?(?:recu (?:une|la)"
    r"|ete saisie? d\W?une)"
    r" (?:plainte|reclamation)|(?:heeft|hebben|ontving) (?:een |de )?(?:klacht|verzoek tot bemiddeling)"
    r"|(?:hat|haben) (?:eine |die )?(?:beschwerde|eingabe))\b"
    r"[^!?\n]{0,120}?\b(?:your|you|votre|vos|vous|uw|u|ihre?[nmrs]?|sie)\b"
)
_OFFICIAL = ((1, _NUMBER), (2, _INQUIRY), (1, _DEMAND))
_OWN_AFFAIR = re.compile(
    r"\b(?:mes|mon|ma|mijn|meine?[nmrs]?|my) (?:\w+ ){0,2}(?:\w*donnees|compte|dossier|infos|informations|nom"
    r"|numero|adresse"
    r"|photo|demande|plainte|profil|enregistrement\w*|\w*gegevens|account|naam|nummer|adres|foto|verzoek|klacht"
    r"|\w*daten"
    r"|\w*konto|anfrage|beschwerde|unterlagen|data|details|records?|file|name|number|request|complaint|call records)\b"
    r"|\b(?:sur moi|over mij|uber mich|about me|a mon sujet)\b"
    r"|\b(?:j ai|nous avons|ik heb|wij hebben|ich habe|wir haben|i have|we have|i ve) (?:\w+ ){0,6}(?:porte plainte"
    r"|introduit"
    r"|depose|ingediend|neergelegd|beschwert|anzeige erstattet|erstattet|complained|reported|filed)"
    r"|\b(?:je|ik|ich|i|nous|wir|wij|we) (?:will|shall|stap|wende|zal|werde|saisirai|porterai|irai)\b"
)
_FOR_A_CLIENT = re.compile(
    r"\b(?:avocate?s?|advocaat|advocaten|rechtsanw\w+|kanzlei|barreau|solicitors?|barrister|notaire|notaris|notar\b"
    r"|huissier\w*"
    r"|\w*deurwaarder\w*|\w*gerichtsvollzieher\w*|bailiffs?|(?:notre|ma|mon) client\w*|(?:onze|mijn) (?:client\w*"
    r"|opdrachtgever)"
    r"|mandant\w*|(?:our|my) client|commissaires? aux comptes|retraitee?|a\. ?d\b|i\. ?r\b|honoraire|emeritus)"
)
_BAILIFF = re.compile(
    r"\b(?:huissier\w* de justice|etude d huissier\w*|commissaires? de justice|\w*gerechtsdeurwaarder\w*"
    r"|\w*deurwaarders?kantoor"
    r"|\w*gerichtsvollzieher\w*|bailiffs?|process servers?|enforcement officer)\b"
)
# The document itself, handed over: not "you will get one" if a bill stays unpaid.
_SERVED = re.compile(
    r"\b(?:(?:ci joint|en annexe|en piece jointe|remet\w*|trouver\w*|(?:je|nous) vous (?:signifi|notifi)\w+|copie)"
    r" (?:\w+ ){0,8}?"
    r"(?:l exploit|exploit|citation|assignation|jugement|acte de signification|ordonnance)"
    r"|vous (?:est|etes) (?:\w+ ){0,2}?(?:signifie\w*|assigne\w*|cite\w*) (?:\w+ ){0,3}?"
    r"(?:a comparaitre|ce jour|par la presente|devant)?"
    r"|(?:bijlage|bijgevoegd|aangehecht|hierbij|afschrift van)(?: \w+){0,6}? (?:akte van )?"
    r"(?:dagvaarding|betekening|vonnis|beschikking)"
    r"|(?:u )?(?:heden|hierbij) (?:\w+ )?(?:wordt )?(?:betekend|gedagvaard)"
    r"|(?:betekenen|beteken) (?:wij |ik )?u (?:\w+ ){0,6}?(?:vonnis|beschikking|dagvaarding|exploot)"
    r"|(?:stellen|stelle) (?:wir |ich )?ihnen (?:\w+ ){0,6}?(?:urteil|beschluss|klage|ladung)"
    r"|(?:anbei|beigefugt|anlage|hiermit|in der anlage)(?: \w+){0,6}? (?:ladung|klageschrift|klage|urteil|beschluss"
    r"|vorladung)|wird ihnen (?:hiermit |heute )?zugestellt"
    r"|(?:attached|enclosed|herewith|hereby)(?: \w+){0,6}? (?:writ|summons|judgment|claim form|court order)"
    r"|(?:is|are) (?:hereby )?served (?:on|upon) you)\b"
)
_REMINDS = re.compile(
    r"\b(?:a defaut de paiement|faute de paiement|sous peine de (?:saisie|poursuites)|rappel de paiement"
    r"|si vous ne payez"
    r"|bij gebreke|indien u niet betaalt|betalingsherinnering|aanmaning|zoniet|zo niet|bei nichtzahlung|andernfalls"
    r"|zahlungserinnerung|mahnung|if you do not pay|failing payment|payment reminder)\b"
)
_NO_LETTERHEAD = re.compile(r"^(?:cc|copie|kopie|copy|c c|annexe|bijlage|anlage)\b|\b(?:je|ik|ich|i|j ai)\b|[?!]$")


def of_an_authority(address: str) -> bool:
    """Whether an address is at the domain of an authority, a court or the police that we know."""
    return bool(_DOMAINS.search(address.rpartition("@")[2].lower().rstrip(".")))


def signs(name: str, address: str, subject: str, lines: Sequence[str]) -> str:
    """What shows that an authority wrote, in its own words, "" if too little does; ``lines``: of the writer alone."""
    domain = address.rpartition("@")[2].lower()
    if of_an_authority(address):
        return domain
    text = "\n".join([subject, *lines])
    folded = fold(text)

    def words(regex: re.Pattern[str]) -> str:
        found = regex.search(folded.text)
        start, end = folded.span(found.start(), found.end()) if found else (0, 0)
        return " ".join(text[start:end].split())

    if commanded := words(_COMMAND):
        return commanded
    if served := _served(name, address, folded.text) and words(_SERVED):
        return served
    if (complaint := words(_HAS_A_COMPLAINT)) and words(_DEMAND) and not _is_about_oneself(name, folded.text):
        return complaint
    told = [(2, domain)] if _PUBLIC.search(domain) else []
    told += _titles(name, lines)
    if not told:
        return ""
    asks = [(weight, shown) for weight, regex in _OFFICIAL if (shown := words(regex))]
    # The address alone is anybody's to choose: "parket" is also a floor.
    told += [*asks, *([(1, address)] if asks and _HINT.search(address.lower()) else [])]
    against = 3 * (
        bool(_OWN_AFFAIR.search(folded.text)) + bool(_FOR_A_CLIENT.search(f"{fold_plain(name)} {folded.text}"))
    )
    if sum(weight for weight, _shown in told) - against < _ENOUGH:
        return ""
    return "; ".join(dict.fromkeys(shown for _weight, shown in told))[:_SHOWN]


def _is_about_oneself(name: str, text: str) -> bool:
    return bool(_OWN_AFFAIR.search(text) or _FOR_A_CLIENT.search(f"{fold_plain(name)} {text}"))


def _served(name: str, address: str, text: str) -> bool:
    """Whether a bailiff writes who hands over a document of a court, and does not only ask for money."""
    sender = f"{fold_plain(name)} {re.sub(r'[^a-z]', ' ', address.lower())}"
    bailiff = _BAILIFF.search(sender) or re.search(r"huissier|deurwaarder|gerichtsvollzieher|bailiff", address.lower())
    return bool(bailiff and _SERVED.search(text) and not _REMINDS.search(text) and not _OWN_AFFAIR.search(text))


def _titles(name: str, lines: Sequence[str]) -> list[tuple[int, str]]:
    """Offices and roles as they stand alone: in the sender's name, in a letterhead, under a signature."""
    above = ["", *lines]
    short = [
        line for line, last in zip(lines, above, strict=False) if len(line) <= _LINE and not _in_a_sentence(line, last)
    ]
    found: list[tuple[int, str]] = []
    for line in [name, *short]:
        plain = fold_plain(line).strip(" ,.-")
        if _NO_LETTERHEAD.search(plain):
            continue
        if _OFFICE.match(plain):
            found.append((2, line))
        elif _ROLE.match(plain):
            found.append((1, line))
    # The same office in name, letterhead and signature is one sign, and one more that it stands in two places.
    offices = [line for weight, line in found if weight == 2]
    roles = [line for weight, line in found if weight == 1]
    told = [(2, offices[0])] if offices else []
    told += [(1, offices[1])] if len(offices) > 1 else []
    return told + ([(1, roles[0])] if roles else [])


def _in_a_sentence(line: str, above: str) -> bool:
    """It ends a sentence, or goes on with one that a program broke at some width."""
    return line.endswith((".", "?", "!", ";")) or (
        len(above) >= _BROKEN and not above.endswith((".", "!", "?", ":", ","))
    )
