"""Does a doubt say anything of this case? That a right needs a level, or that we always ask, does not. Pure.

Art. 12(6): only reasonable doubts allow to ask for more, and they are those of this request. That it is not signed or
dated, that no copy of a document lies beside it, that our policy asks for one, is a formality and never a doubt
(domain §1.2): a doubt that speaks of such a thing says what about it does not fit.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]{3,}")


def _plain(text: str) -> str:
    """Without capitals and accents, as people type."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(char for char in folded if not unicodedata.combining(char))


# What every request has in common, in the four languages; a doubt that says nothing else was not written for this one.
_COMMON = frozenset(
    _WORD.findall(
        _plain(
            """
    access accès acces inzage auskunft erasure effacement wissing löschung deletion portability portabilité
    overdraagbaarheid übertragbarkeit rectification verbetering berichtigung restriction limitation beperking
    right rights droit droits recht rechten rechte request requests requested demande demandes demandé demandée
    verzoek verzoeken gevraagd anfrage anfragen anträge antrag verlangt gdpr rgpd avg dsgvo article artikel law
    loi wet gesetz legal légal wettelijk gesetzlich data données gegevens daten personal personnelles
    persoonlijke identity identité identiteit identität proof preuve preuves bewijs nachweis nachweise
    verification vérification verificatie überprüfung prüfung check checked checks contrôle controle confirm
    confirmed confirmer confirmation confirmée bevestigen bevestiging bestätigen bestätigung verify verified
    vérifier vérifiée verifiëren nagaan prüfen establish établir vaststellen feststellen level levels niveau
    niveaus stufe stufen one two three four deux trois quatre een twee drie vier eins zwei drei need needs
    needed necessary required require requires requirement requis requise exige exigé exigée faut besoin
    nécessaire obligatoire mandatory nodig vereist vereiste verplicht nötig erforderlich notwendig verpflichtend
    benötigt policy politique beleid richtlinie rule rules règle règles regel regels regeln regelung vorschrift
    voorschrift standard procedure procédure prozedur verfahren procedures usual habituel habituelle gewoonlijk
    üblich normal normale routine always toujours altijd immer every each chaque toutes tous tout toute elk elke
    alle jede jeder jedes jeden all any for pour voor für fuer from dieses diese dieser diesem diesen kein keine
    with avec met mit that this these those the and our nos notre ons onze unser unsere par sur sous des les une
    est sont doit doivent être ce cet cette ces qui que dont has have had are was were must should shall will
    would can may ask asked asks asking demander vragen fragen van het dat die deze dit zijn wordt worden moet
    moeten der das den dem ein eine einer eines ist sind wird werden muss müssen von bei zur zum nach door bij
    als per also wel nicht not pas niet only seulement alleen nur person personne persoon doubt doute twijfel
    zweifel there please general générale algemeen allgemein before avant vor company entreprise bedrijf
    unternehmen
    we who what how not nor its his her their them they you your yes been being does did done just want wants wish
    cannot could sure certain certainty secure security safe safety careful caution precaution precautionary prevent
    prevention preventive avoid avoiding risk risks leak leaks wrong hands give giving given disclose disclosing talk
    talking right person people speak speaking deal dealing really actually know knows known sent send sends sender
    write writes writer wrote written mail mails email emails mailbox message messages letter letters sake measure
    measures extra additional better simply case cases concerned subject applicant requester claimant customer client
    because since more some anything something before handing over processing about behind truly himself herself
    nous vous ils elle elles son ses leur leurs mon mes votre vos etre etes sommes avons avez avoir ont voulons
    voudrions souhaitons veux veut vouloir sur sure surs certain certaine certains certaine certitude assurer
    assurons securite securiser prudence prudent prudente precaution precautions prevention eviter risque risques
    fuite fuites bonne bon mauvaise mauvais mains parler parlons traiter savoir sait savons connaitre qui quoi ecrit
    ecrire envoye envoyee envoyer envoi expediteur auteur demandeur demanderesse courriel courriels message messages
    courrier courriers lettre lettres mail mails mesure mesures afin avant aussi bien encore plus tres vraiment
    simplement dossier concerne concernee cas car parce donc etait pouvons peut pouvoir donner communiquer divulguer
    dire client cliente interesse interessee reellement quelqu aucun aucune rien
    wij jij uzelf hij zij hun haar mijn uw uwe zeker zekerheid zekerheidshalve zeer willen wil wensen weten weet
    kennen wie wat hoe schrijft schreef schrijver geschreven verstuurd stuurde sturen afzender verzender verzoeker
    aanvrager klant mail mails bericht berichten brief brieven veilig veiligheid voorzichtig voorzichtigheid voorzorg
    voorzorgsmaatregel maatregel maatregelen voorkomen vermijden risico lek lekken juiste verkeerde handen spreken
    praten hebben heeft kunnen kan geven meedelen eerst echt werkelijk gewoon dossier zaak want omdat dus over meer
    iets niets alvorens tegenover bent daadwerkelijk betrokkene
    wir ihr ihre ihren ihnen sie sein seine seinen mein ihm wer was wie sicher sicherheit sicherheitshalber sicherer
    sichergehen sicherstellen sicherzustellen gewiss gewissheit vorsicht vorsichtig vorsichtshalber vorsorge
    vorsorglich vermeiden verhindern risiko leck datenleck richtige richtigen falsche falschen hande sprechen reden
    schreibt schrieb schreiben geschrieben gesendet geschickt sendet absender absenderin verfasser antragsteller
    antragstellerin kunde kundin mail mails nachricht nachrichten brief briefe massnahme massnahmen wollen mochten
    wissen kennen brauchen braucht benotigen konnen kann haben hat geben herausgeben erst wirklich tatsachlich
    einfach vorgang fall denn weil also uber mehr etwas nichts dass damit betroffene betroffenen moglich aus
    possible possibly peut-etre mogelijk misschien vielleicht uit uns geraten konnten konnte mochte side safer
    theft usurpation identiteitsfraude identiteitsdiefstal identitatsdiebstahl missbrauch misbruik fraude
    fraud abus protect protection proteger bescherming beschermen schutz schutzen datenschutz privacy
    confidentialite confidential vertrouwelijk vertrouwelijkheid vertraulich vertraulichkeit sensitive
    sensibles sensible gevoelige gevoelig sensible sensibler zum
            """
        )
    )
)
# What a request need not have, in the four languages: signature, date, a copy of a document, what our policy asks for.
_FORMALITY = re.compile(
    r"\b(?:(?:un|non-?)?signed|(?:non )?sign(?:e|ee|es|ees|er|iert|atures?|aturen|atuur)|sign|signieren"
    r"|(?:on)?(?:onder|ge)?tekend?|ondertekening|handtekening\w*|unterschr\w*|unterzeichn\w*|paraph\w*"
    r"|undated|(?:not|un) dated|no date|without (?:a )?date|sans date|(?:non|pas) datee?s?|datee? et signee?"
    r"|dated and signed|(?:niet|on)\s?gedateerd|zonder datum|undatiert|(?:nicht|un) datiert|ohne datum"
    r"|(?:photo)?cop(?:y|ie|ies)|(?:foto|ausweis)?kopien?|fotokopie\w*|scans?|recto|verso|vorderseite|ruckseite"
    r"|identity (?:card|document|paper)s?|id[- ]?(?:card|copy|scan|document|proof)s?|passports?|passeports?|paspoort"
    r"|reisepass|cartes? d'identite|pieces? (?:d'identite|justificatives?)|justificatifs?|cni|identiteitskaart"
    r"|identiteitsbewijs|legitimatiebewijs|eid|(?:personal)?ausweis\w*|ausweispapiere?"
    r"|clauses?|klauseln?|clausules?|polic(?:y|ies)|politiques?|beleid\w*|richtlinien?|reglements?|procedures?"
    r"|prozedur\w*|conditions generales|terms and conditions|algemene voorwaarden|forms?|formulaires?|formulier\w*"
    r"|formular\w*|formalit\w*|vormvereiste\w*)\b"
)
# What does not fit, said of such a thing or of something beside it.
_THING = (
    r"(?:e-?mail|mailbox|address|name|surname|account|person|customer|client|number|phone|country|city|birth|date"
    r"|adresses?|noms?|prenoms?|compte|personne|numero|telephone|pays|ville|naissance"
    r"|adres|naam|namen|voornaam|rekening|persoon|nummer|land|stad|geboortedatum|klant"
    r"|adresse|konto|vorname|nachname|telefon|stadt|geburtsdatum|kunde)"
)
_MISFIT = re.compile(
    r"\bdiffer\w*|\bunlike\b|mismatch|\bnot (?:match|fit|the one|the same|that of|resemble)|\bunknown\b|\bresembl\w*"
    r"|\bforge\w*|\bfake\w*|\bspoof\w*|\bsuspicious\w*|\bden(?:y|ies|ied)\b|\bcontradict\w*|\bstolen\b|\bhacked\b"
    r"|\bspelle?[dt]\b|\bbelongs? to\b|\bsomebody else|\bsomeone else|\billegible\b|\bunreadable\b"
    r"|\bblurred\b|\bexpired\b|\bcut off\b|\btampered\b|\baltered\b"
    r"|\bcorrespond\w* pas|ne (?:correspond|concord|ressembl)\w*|\binconnue?s?\b|\borthograph\w*|\bfaux\b|\bfausse\b"
    r"|\bfalsifi\w*|\bsuspect\w*|\bcontredi\w*|\bvolee?\b|\bpirate\w*|\bappartient\b|\billisible\w*"
    r"|\bfloue?\b|\bperimee?\b|\bexpiree?\b|\bcoupee?\b|\bretouchee?\b|n'est pas cel(?:le|ui)|\bmeme main\b"
    r"|\bverschil\w*|\bafwijk\w*|\bwijkt\b|komt niet overeen|\bovereen\w*|\bonbekend\w*|\bgespeld\b|\bvals\w*"
    r"|\bvervals\w*|\bverdacht\w*|\bontken\w*|\btegenspr\w*|\bgestolen\b|\bgehackt\b|\blijkt niet\b|\bbehoort\b"
    r"|\bonleesbaar\b|\bwazig\b|\bverlopen\b|\biemand anders\b"
    r"|\babweich\w*|\bweicht\b|stimm\w* nicht|nicht uberein\w*|\bunbekannt\w*|\bschreibweise\b|\bgefalscht\w*"
    r"|\bfalschung\b|\bverdachtig\w*|\bbestreitet\b|\bleugnet\b|\bwiderspr\w*|\bgestohlen\w*|\bahnelt\b|\bgleicht\b"
    r"|\bgehort\b|\bunleserlich\w*|\bunscharf\w*|\babgelaufen\w*|\babgeschnitten\b|\bjemand anders\b|\bjemand anderem\b"
    rf"|\b(?:another|different|autres?|andere[nrsm]?|ander|anderslautende[nrsm]?) {_THING}"
)


def says_nothing_of_the_case(doubt: str) -> bool:
    """Whether every word of it would fit any request, or it names a formality and nothing that does not fit."""
    plain = _plain(doubt)
    if _FORMALITY.search(plain) and not _MISFIT.search(plain):
        return True
    return all(word in _COMMON for word in _WORD.findall(plain))
