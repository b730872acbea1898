"""Ordinary words of four languages for what a report of a leak is made of; for folded text.

Below: what was exposed, to whom, how; and what turns it into a worry or a wish. ``SEEN`` is whole by itself:
somebody else's data came to the writer.

A report has three parts: seeing or receiving, something that is about people, and people who are not the writer. A
question whom the writer's own data was given to has the same words in another order ("to others" is not "of others").
"""

G = "[^.?!;]{0,80}?"  # a gap within the sentence

# -- who and what ---------------------------------------------------------------------------------
YOU = r"(?:vous|votre|vos|votres?|jullie|uw?|je bedrijf|jouw|ihnen|ihre?[nmrs]?|eure?[nmrs]?|euch|you|your|yours|sie)"
US = (
    r"(?:chez vous|de chez vous|de (?:votre|vos)|votre (?:societe|entreprise|firme|fuite|systeme|base|serveur|site)"
    r"|bij (?:jullie|u)\b|van (?:jullie|uw|u)\b|(?:uw|jullie) (?:bedrijf|firma|datalek|systeem|systemen|databank"
    r"|website)"
    r"|bei (?:ihnen|euch)\b|(?:ihre[rnms]?|eure[rnms]?) (?:firma|unternehmens?|datenleck|datenpanne|systeme?"
    r"|datenbank"
    r"|server|seite)|aus ihrem|at your|your (?:company|firm|data (?:breach|leak)|breach|leak|systems?|database"
    r"|servers?"
    r"|site|website)|of your|from you\b|with you\b)"
)
PERSONS = (
    r"(?:autres? (?:clients?|clientes?|personnes?|utilisateurs?|abonnes?|membres?|patients?)|quelqu ?un d ?autre"
    r"|andere[rn]? (?:klant\w*|mensen|persoon|personen|gebruikers?|leden|patienten|kund\w+|leuten?|personen|nutzern?"
    r"|mitglied\w*)|iemand anders|fremder (?:kund\w+|leute|personen)"
    r"|other (?:customers?|people|persons?|users?|subscribers?|members?|patients?)(?: ?s)?|(?:some|any)(?:one"
    r"|body) else"
    r"|any(?:one|body) s|n importe quel\w* \w+|(?:eender|gelijk) welke \w+|jede[rsn]? beliebige\w*|every customer)"
)
DATA = (
    r"(?:\w*donnees|voice ?mails?|anrufer\w*|informations?|coordonnees|numeros?|adresses?|noms?|enregistrements?"
    r"|messages?|factures?|dossiers?|appels"
    r"|contrats?|fichiers? clients?|clients|\w*gegevens|gesprekken|telefoonnummers?|klanten|klantenlijst\w*"
    r"|facturen|namen"
    r"|opnames?|\w*daten|gesprachs\w+|kunden\w*|nachrichten|telefonnummern|rechnungen|aufnahmen|\w*protokoll\w*"
    r"|unterlagen"
    r"|data|details|records?|recordings?|messages|phone numbers?|numbers|names|addresses|customers?|invoices?"
    r"|files?|contracts?"
    r"|notes)"
)

# -- what is reported -----------------------------------------------------------------------------
NOUN = (
    r"(?:fuites? de (?:\w+ )?donnees|violation (?:de|des) donnees|data ?lek\w*|lek van (?:\w+ )?gegevens"
    r"|daten ?(?:leck|panne|schutzverletzung|schutzvorfall)|data (?:breach|leak)|breach|leak of (?:\w+ )?data)"
)
SAYS = (
    r"(?:je (?:vous |tiens a |souhaite |veux |voudrais )*signaler?|ik (?:wil )?(?:\w+ ){0,3}(?:meld|melden)\b"
    r"|ich (?:mochte|will)?(?: ?\w+){0,4} melden?\b|i (?:want to |would like to |wish to |hereby |must )?report\b)"
)
MINE_GONE = (
    r"\b(?:mes|nos|mijn|onze|meine|unsere|my|our) (?:\w+ ){0,2}(?:\w*donnees|coordonnees|\w*gegevens|\w*daten|data"
    r"|details"
    r"|information|informations) (?:\w+ ){0,5}(?:fuite|divulgue\w*|piratee?s?|vole\w*|expose\w*|gelekt|gestolen"
    r"|openbaar"
    r"|op straat|geleakt|gestohlen|offentlich|im netz|abgeflossen|leaked|stolen|exposed)\b"
    r"|\b(?:gelekte|leaked|stolen|exposed) (?:personal )?(?:persoonsgegevens|gegevens|data|details)\b"
)
TITLED = (
    r"(?:une? certaine? |een zekere |einem gewissen |a certain )?(?:m|mr|mme|mlle|monsieur|madame|mevrouw|meneer"
    r"|de heer|heer|dhr|mevr|herrn?|frau|mrs|ms|miss)\b"
)
PAPER = (
    r"(?:factures?|contrats?|releves?|courriers?|lettres?|dossiers?|documents?|donnees|factuur|brief|contract"
    r"|document|gegevens"
    r"|rechnung|vertrag|brief|schreiben|unterlagen|invoice|contract|letter|statement|file|details)"
)
CAME = (
    r"(?:recue?s?|arrivee?s?|chez moi|boite aux lettres|envoyee?s?|n est pas moi|kreeg|gekregen|ontvangen"
    r"|bij mijn post"
    r"|zat|thuis|gestuurd|bekommen|erhalten|geschickt|briefkasten|zugeschickt|received|came to|got|sent me|arrived"
    r"|my house"
    r"|letterbox|mailbox)"
)
OF_A_STRANGER = (
    rf"{PAPER} (?:\w+ ){{0,3}}(?:de|d|du|au nom (?:de|d)|destinee?s? a|van|voor|von|fur|an|of|for|to|meant for|"
    rf"addressed to|intended for) (?:a |une |un )?{TITLED}"
)
MEANT = (
    r"(?:voor (?:een )?andere? \w+ (?:bedoeld|bestemd)|fur (?:eine|einen) andere[nr]? \w+ (?:gedacht|gemeint)"
    r"|(?:belongs?|belonging) to (?:another|a different|someone|somebody)|destinee?s? a (?:une? autre|quelqu|m\b"
    r"|mme|monsieur|madame)|(?:bestemd|bedoeld) voor (?:een ander\w*|iemand|mevrouw"
    r"|meneer|de heer)|fur (?:einen|eine) (?:anderen?|fremden?) \w+ bestimmt|(?:meant|intended) for (?:another"
    r"|somebody"
    r"|someone|a different|an? mrs?\b|an? ms\b|mrs?\b))"
)
RELATED = (
    r"(?:voisine?s?|ex(?: \w+)?|exmann|exfrau|ancien(?:ne)? (?!adresse|numero|mail)\w+|mari|femme|employeur|patron"
    r"|freres?|soeurs?|mere|pere|collegues?|proprietaire"
    r"|buurman|buurvrouw|buren|werkgever|baas|broer|zus|moeder|vader|collega|huisbaas|man|vrouw|nachbar\w*|chef\w*"
    r"|arbeitgeber\w*|bruder|schwester|mutter|mann|frau|vermieter\w*|kolleg\w*|neighbou?rs?|former \w+|husband|wife"
    r"|boss"
    r"|employer|brother|sister|mother|father|colleagues?|landlord)"
)
WRONG = (
    rf"(?:(?:a|chez) (?:(?:ma|mon|mes|notre) {RELATED}|(?:une|un|la|le|l) ?(?:mauvaise? \w+|autre (?:personne"
    rf"|client\w*)"
    r"|inconnue?|tiers)|quelqu ?un d ?autre|des inconnus)"
    rf"|(?:naar|aan|bij) (?:mijn {RELATED}|(?:een |de )?(?:verkeerde? \w+|vreemde|onbekende|andere (?:klant|persoon))"
    r"|iemand anders)"
    rf"|(?:an|bei) (?:meine[nmr]? {RELATED}|(?:die|den|eine|einen) (?:falsche[nr]? \w+|fremde[nr]? \w+"
    rf"|andere[nr]? \w+)"
    r"|jemand anders|unbekannte)"
    rf"|to (?:my {RELATED}|the wrong \w+|a (?:stranger|neighbou?r)|(?:someone|somebody) else|another (?:person"
    rf"|customer))"
    rf"|(?:told|gave|sent|showed|e ?mailed) my {RELATED}|hat meine[mr] {RELATED}|haben meine[mr] {RELATED})\b"
)
GAVE = (
    r"(?:(?:avez|a|ont|ete|est|sont|etes) (?:\w+ ){0,3}?(?:envoye|transmis|communique|adresse|remis|divulgue|donne"
    r"|lu)e?s?"
    r"|gestuurd|gemaild|verstuurd|verzonden|bezorgd|doorgegeven|voorgelezen|geschickt|verschickt|gesendet|versandt"
    r"|gemailt|weitergegeben|vorgelesen|gegangen|gelangt|gegeben|gezeigt|verraten|sent|e ?mailed|mailed|forwarded"
    r"|gave|handed|disclosed|read|told"
    r"|delivered)"
)
MINE = r"(?:mes|mon|ma|mijn|meine?[nmrs]?|my|mine|m etai\w*|me concern\w*)"
ONLY_YOU = (
    r"(?:qu a vous\b|rien que pour (?:vous|votre)|(?:uniquement|seulement) pour votre|(?:alleen|enkel) voor (?:uw"
    r"|jullie)\b"
    r"|fur sie (?:\w+ ){0,4}(?:eigene[nr]?|extra|separate[nr]?) (?:alias|adresse)|(?:nur|allein"
    r"|ausschliesslich) fur ihre\w*"
    r"|for (?:you|your \w+) (?:alone|only)|only for your|que (?:chez|pour) vous\b|(?:uniquement|seulement"
    r"|exclusivement) (?:a|chez|pour) vous|vous seuls?\b"
    r"|personne d autre|adresse (?:differente|unique|speciale|dediee|propre) (?:pour|a|par)"
    r"|celle que j ai \w+ (?:pour|chez|a)"
    r" vous|(?:alleen|enkel|uitsluitend) (?:aan |bij |voor |met )?(?:jullie|u)\b|niemand (?:anders|behalve|buiten)"
    r"|(?:apart|ander|eigen|uniek) "
    r"(?:e ?mail|mail)?adres|op dat van (?:jullie|u)\b|(?:nur|ausschliesslich|allein|lediglich) (?:bei |fur "
    r"|an )?(?:ihnen|euch"
    r"|sie (?:kennen|haben))|(?:eigene|separate|gesonderte|andere) (?:e ?mail ?)?adresse|niemand (?:sonst|ausser)"
    r"|sonst niemand"
    r"|only (?:to |for |with |by )?you\b|only (?:ever )?(?:gave|used|given)|(?:nobody|no one) (?:else|but|except"
    r"|apart)|a part vous|sauf vous"
    r"|(?:separate|different|unique|own) (?:e ?mail )?(?:address|alias)|(?:one|address|alias) i (?:made|created|use"
    r"|used|gave)"
    r" (?:only )?(?:for|to|with) you|exclusively (?:for|to|with) you)"
)
ABUSE = (
    r"(?:phish\w*|hamecon\w*|spams?\b|arnaque\w*|scam\w*|fraud\w*|oplicht\w*|betrug\w*|pourriel\w*|junk|malware"
    r"|valse mails"
    r"|valse (?:facturen|berichten)|fausses factures|falsche rechnungen|pirates?|hackers?|chantage|blackmail"
    r"|erpress\w*|afpers\w*|viagra|casino|crypto\w*|potenzmittel|bitcoin\w*|werbung fur|reclame voor|publicites? pour"
    r"|unknown senders?|onbekende afzenders?|expediteurs? inconnus?|unbekannten? absender\w*)"
)
THEIR_OWN = r"\b(?:vos|votre|your|jullie|uw|ihre?n?|eure?n?) (?:\w+ )?(?:spams?|pubs?|phish\w*|mails?)\b|\bspammer\b"
COMES = (
    r"(?:recoi\w+|recu|recevoir|arrive\w*|krijg\w*|kreeg|ontvang\w*|komt|komen|bekomm\w*|erhalt\w*|kommt|kommen|get"
    r"|getting|got|flood\w+|binnen|overspoeld|uberflutet|inonde\w*|submerge\w*|geht|gehen|sent"
    r"|receiv\w+|arriv\w+|comes?|coming|appara\w+|landet|landen|wrote|written|ecrit|schrijft|schreef|schreibt"
    r"|schrieb)"
)
ADDRESS = r"(?:adresse?\w*|\w*adres\w*|address\w*|alias|e ?mail\w*|celle|compte|dorthin)"
MARKET = r"(?:dark ?web|dark ?net|\w*forums?|\w*foren|telegram|pastebin|leak ?(?:site|check)|have ?i ?been ?pwned|hibp)"
OFFERED = (
    r"(?:vente|vendre|vendue?s?|circul\w+|publie\w*|diffus\w+|trouve\w*|figur\w+|te koop|verkocht|gepubliceerd"
    r"|staa[nt]|gevonden"
    r"|verkauf\w*|angeboten|veroffentlicht\w*|gefunden|steh\w+|kursier\w*|aufgetaucht|sale|sold|selling|published"
    r"|posted|put"
    r"|trad(?:ed|ing)|gehandelt|verhandeld|found|listed|appear\w*|shared|breach|tells?)"
)
ALL_OF_THEM = (
    r"(?:tou(?:s|tes) les|toutes nos|les \d+|alle|jede[nr]?|iedereen|meer dan|\d{2,}|all|every\w*|autres"
    r"|andere[nr]?|other)"
)
ADDRESSEES = (
    r"(?:destinataires?|adresses?|abonnes|ontvangers?|\w*adressen|empfanger\w*|recipients?|addresses|everyone"
    r"|everybody)"
)
VISIBLY = (
    r"(?:\b(?:in|en|im|au) (?:the |het |de )?cc\b|\bcc\b|copie (?:visible|carbone|apparente|ouverte)|champ copie"
    r"|en copie\b"
    r"|(?:an|to|aan|a) ?(?:feld|field|veld)|visibles?|sichtbar\w*|zichtbaar|can see|ich sehe|ik zie|kunnen zien"
    r"|offen im)"
)
STORE = (
    r"(?:link|lien|app|sauvegardes?|bases? de donnees|serveurs?|back ?ups?|databank|database|datenbank\w*|servers?"
    r"|bucket|storage|api|ftp|s3"
    r"|(?:kunden)?portals?|portail|klantenportaal|\w* ?page|page|site|website|webseite|espace client|repositor\w+"
    r"|dossiers?"
    r"|export\w*|logs?|formulaire|schreiben|gesprach\w*|archives?)"
)
OPEN = (
    r"(?:(?:sans|without|zonder|ohne) (?:a |any |le |het )?(?:mot de passe|connexion|authentification"
    r"|identification|me connecter"
    r"|password|log ?in\w*|logging in|sign\w* in|authentication|wachtwoord|(?:in te |aan te |in|aan)?\w*loggen"
    r"|aanmelden"
    r"|passwort|kennwort|anmeldung|einloggen)"
    r"|publicly (?:readable|accessible|available|listed)|open (?:on|to|op|im|voor) (?:the )?(?:internet|web|world"
    r"|everyone"
    r"|iedereen|netz)|openstaa\w*|offen im|(?:im|op het|on the|sur|dans) (?:le )?(?:internet|netz|web)\b"
    r"|accessibles? (?:a tous"
    r"|publiquement|sur internet|librement)|n importe qui|tout le monde|(?:no|geen|kein) (?:login|password"
    r"|wachtwoord|passwort)|any(?:one|body) (?:\w+ ){1,4}can|iedereen (?:kan|die)|voor iedereen|kan iedereen"
    r"|jeder kann|kann jeder|fur jeden|any(?:one|body) can|everyone can|world readable|exposed|google)"
)
HOLE = (
    r"(?:failles?\b|vulnerabilites?|vulnerability|vulnerabilities|security (?:hole|flaw|bug|problem)"
    r"|(?:beveiligings|veiligheids"
    r"|security) ?(?:lek|probleem|fout)|kwetsbaarheid|sicherheitslucken?|schwachstellen?)"
)
CHANGED = (
    r"(?:chang\w+|modifi\w+|remplac\w+|verander\w*|wijzig\w*|andere?[tn]?|replac\w+|increment\w*|counting|hochzahl\w*"
    r"|op te tellen|guess\w*|plus one)"
)
IN_THE_LINK = r"(?:url|link|lien|adresse|adresszeile|adresbalk|address|numero de (?:client|dossier)|id)"
LEFT = (
    r"(?:trouve\w*|oublie\w*|perdue?s?|volee?s?|emporte\w*|gevonden|vond|verloren|gestolen|meegenomen|vergeten"
    r"|gefunden|gestohlen"
    r"|mitgenommen|liegen lassen|found|left|lost|stolen|took|taken)"
)
CARRIER = (
    r"(?:cle usb|usb\w*|laptop|ordinateur|portable|disque dur|dossiers? (?:de )?(?:clients|patients)|sac poubelle"
    r"|papiers"
    r"|fichiers? clients?|liste (?:de |des )?clients|klantenlijst\w*|klantendossiers?|papieren|harde schijf"
    r"|kundenliste\w*"
    r"|kundenakten?|akten|unterlagen|festplatte|notebook|customer (?:list|files?|records)|hard ?dri\w+|paper files"
    r"|folder)"
)
CRIMINALS = (
    r"(?:hackers?|pirates?|criminals?|criminel\w+|criminelen|kriminelle\w*|cyber\w+|erpresser\w*|ransomware|scammers?"
    r"|escrocs?|oplichters|betruger)"
)
THEY_HAVE = (
    r"(?:have|hold|has|got|put|published|ont|detien\w+|possed\w+|publie\w*|hebben|bezitten|haben|besitzen|know"
    r"|connaissent)"
)

# Somebody the writer does not know: of another practice, another company, another customer.
STRANGER = (
    r"(?:(?:un|une|l) ?autre (?:client\w*|cabinet|medecin|societe|entreprise|firme|personne|patient\w*|abonne\w*"
    r"|utilisat\w+)"
    r"|(?:een )?andere? (?:klant|firma|praktijk|bedrijf|dokter|arts|persoon|patient|gebruiker)"
    r"|eine[rsm] (?:anderen|fremden) \w+|(?:another|a different) (?:customer|client|company|firm|practice|person"
    r"|patient|user"
    r"|doctor|office))"
)
UNKNOWN = r"(?:je ne connais pas|ik niet ken|ich nicht kenne|i (?:do not|don t) know|never heard of)"
SHOWN = r"(?:affiche|montre|vois|toont|zie|zeigt|sehe|shows?|see)"
THINGS = (
    r"(?:agenda|calendrier|kalender|calendar|diary|appels|messages?|notes|notities|telefoonnotities|noms?|namen?"
    r"|names?"
    r"|adresses?|nummern?|numbers?|nummers?|page|pagina|blatt|sheet|donnees|gegevens|daten|data|details)"
)
BEFORE_ME = (
    r"(?:affiche|montre|vois|lue?s?|dans (?:votre|l) (?:courrier|enveloppe|lettre|mail)|toont|zie|in (?:uw|jullie"
    r"|de) (?:brief"
    r"|omslag|envelop\w*|mail)|zeigt|sehe|in ihre[mr] (?:brief|kuvert|umschlag|mail|schreiben)|shows?|see"
    r"|in your (?:envelope"
    r"|letter|e ?mail|mail)|kreeg|gekregen|recu|received|got|bekommen|erhalten|vorgelesen|voorgelezen)"
)
SOMEBODY = r"(?:une? inconnue?|quelqu un|een onbekende|iemand|ein unbekannter|jemand|a stranger|someone|somebody)"
GOT_IT = r"(?:a recu|ont recu|kreeg|kregen|ontving|heeft|hat|bekam|erhielt|received|got|was sent|has)"
NO_BCC = (
    r"(?:oublie\w*|forgot\w*|vergat\w*|vergeten|vergessen|sans|without|zonder|ohne|instead of|au lieu de"
    r"|in plaats van|statt)"
    rf"{G}\b(?:bcc|cci|copie cachee|blindkopie|blind copy)\b"
)

# -- what speaks against --------------------------------------------------------------------------
FEAR = (
    r"\b(?:crain\w+|peur|inquiet\w*|redoute|eviter|risque|bang|vrees|vrezen|schrik|ongerust|angst|befurcht\w*|sorge"
    r"|furcht\w*"
    r"|afraid|fear\w*|worr\w+|avoid|risk)\b"
    r"|\b(?:ne )?(?:veux|voudrais|souhaite|voulons|souhaitons) (?:surtout |absolument )?pas\b"
    r"|\bwil(?:len)? (?:\w+ ){0,2}niet\b"
    r"|\b(?:mochte|will|wollen) (?:\w+ ){0,3}nicht\b|\b(?:do not|don ?t|would not) want\b|\bsorgen sie dafur\b"
    r"|\bzorg (?:er|dat)"
    r"|\bveillez a\b|\b(?:make sure|ensure|confirm that no)\b|\bstellen sie sicher\b|\b(?:zouden|pourraient"
    r"|might)\b|(?<!\bi )\bcould\b"
)
PROTECT = (
    r"\b(?:proteg\w+|protection contre|beschermen|bescherm\w*|beveilig(?:d|en)\b|schutz(?:en|t)\b|protect\w*"
    r"|safeguard\w*"
    r"|mesures|measures|maatregelen|massnahmen|procedures?|politique|policy|beleid|prevent|voorkom\w*|verhinder\w*"
    r"|previen\w*)"
)
HYPOTHETICAL = (
    r"\b(?:si jamais|un jour|en cas d\w?|ooit|mocht|in geval van|als er een|indien|jemals|im falle?|falls|sollte\w*"
    r"|bei einer"
    r"|ever|in case|if there|should there|were to|whenever|chaque fois|lors d une)\b"
)
MY_SLIP = (
    r"\b(?:me suis tromp\w*|j ai (?:mal )?(?:tape|saisi|encode|indique)\w*"
    r"|j ai (?:\w+ ){0,3}(?:envoye|transmis) (?:[\w,]+ ){0,8}par erreur|j ai par erreur (?:envoye|transmis|mis|donne)"
    r"|ik (?:heb|had) (?:\w+ ){0,4}(?:per ongeluk|verkeerd)(?!.{0,80}\b(?:ontvangen|gekregen|te zien))"
    r"|(?:aus versehen|versehentlich|per ongeluk|zelf) (?:\w+ ){0,6}(?:falsche|verkeerde) \w+ (?:geschickt|gesendet"
    r"|gemaild|gestuurd)|i sent (?:\w+ ){0,6}by mistake|ik heb zelf|ich habe selbst"
    r"|(?:in)?getikt|ingetypt|vertippt|vertan|eingegeben|mistyped|typed|entered|i (?:accidentally"
    r"|mistakenly) (?!received|got))\b"
)
WITNESS = (
    r"\b(?:j ai (?:recu|vu|trouve|pu)|je (?:recois|vois|viens de|suis tombe\w*|peux voir)|ik (?:kreeg|krijg|zie|zag"
    r"|ontving|vond"
    r"|heb)|ich (?:habe|sehe|bekam|bekomme|erhielt|fand|kann)|i (?:have |just |can |could )?(?:received|got|get|see"
    r"|saw|seen"
    r"|found|read))\b"
)
ELSEWHERE = (
    r"\b(?:chez|bij|bei|at|from|by|de chez) (?!vous\b|votre|vos\b|jullie|uw?\b|ihnen|ihre|euch|your?\b|moi\b|mij\b"
    r"|mir\b|me\b"
    r"|my\b|mon\b|ma\b|mijn\b|meine|the\b|de\b|het\b|der\b|la\b|le\b|a\b|een\b)\w+"
    r"|\bmon (?:operateur|fournisseur|assureur|ancien)|\b(?:ma banque|mijn (?:bank|ziekenfonds|werkgever)"
    r"|meine[rn]? bank"
    r"|my (?:bank|insurer|employer|provider|old))\b|\b(?:chez|bij|bei) (?:ma|mon|mijn|meine[rm]?|der|la|le|de"
    r"|het) \w+"
)

# -- somebody else's data, seen or received

_GAP = r"(?:(?!(?:dat|of|hoe|welke|que|si|comment|dass|ob|wie|whether|if|how|that) )\w+,? ){0,8}"

_EN_SEEN = (
    r"(?:see|saw|seeing|seen|shows?|showed|showing|shown|displays?|displayed|displaying|received|receive|receiving"
    r"|got|getting|given|sent|access to|opened|open|view|viewing|read)"
)
_EN_ABOUT = (
    r"(?:names?|address(?:es)?|orders?|invoices?|details|data|information|accounts?|files?|letters?|bills?|contracts?"
    r"|phone numbers?|profiles?|purchases?|documents?|records?|statements?|payslips?|deliveries|parcels?)"
)
_EN_WHO = (
    r"(?:(?:an)?other (?:people|persons?|customers?|clients?|users?|members?|patients?|employees?|subscribers?)"
    r"(?: ?s)?|(?:someone|somebody) else(?: ?s)?|(?:a )?strangers?(?: ?s)?|(?:a )?different (?:customer|person))"
)
_EN_YOURS = r"(?:all )?(?:of )?your (?:other )?(?:customers|clients|users|employees|members|patients|subscribers)"
_EN_OF = r"(?:(?!to |with |by )\w+,? ){0,3}(?:of|belonging to) (?:all )?"

_FR_SEEN = (
    r"(?:vois|voit|voir|voyons|vu|affiche|affichent|montre|montrent|recue?s?|recois|recevons|envoyee?s?|transmise?s?"
    r"|obtenue?s?|acces aux?|apparaissent|apparait|tombee? sur|consulter|trouvee?)"
)
_FR_ABOUT = (
    r"(?:noms?|adresses?|commandes?|factures?|donnees|coordonnees|dossiers?|comptes?|courriers?|lettres?|contrats?"
    r"|numeros?|profils?|achats?|documents?|informations?|releves?|fiches?|colis)"
)
_FR_WHO = (
    r"(?:autres? (?:clients?|clientes?|personnes?|utilisateurs?|abonnes?|gens|membres?|patients?)|quelqu ?un d ?autre"
    r"|inconnue?s?|tiers|tierces personnes)"
)
_FR_OF = r"(?:(?!a |aux |au |par |avec |chez |entre )\w+,? ){0,4}(?:d|de|des|d une?|de l) ?"

_NL_SEEN = (
    r"(?:zie|zien|ziet|zag|toont|tonen|getoond|kreeg|kregen|gekregen|krijg|krijgen|ontving|ontvangen|ontvang|gestuurd"
    r"|terecht(?:gekomen)?|beland|toegestuurd|doorgestuurd|stuurde|stuurden|bezorgd|toegang tot|toegang heb"
    r"|verschijnen|verschijnt|bekijken)"
)
_NL_ABOUT = (
    r"(?:naam|namen|adres|adressen|bestelling|bestellingen|factuur|facturen|gegevens|klantgegevens|dossiers?"
    r"|accounts?"
    r"|brief|brieven|contract|contracten|telefoonnummers?|profiel|profielen|aankopen|document|documenten|informatie"
    r"|fiches?|loonbriefjes?)"
)
_NL_WHO = (
    r"(?:(?:een )?andere? (?:klant|klanten|mensen|persoon|personen|gebruikers?|leden|patienten)|iemand anders|anderen"
    r"|(?:een )?onbekenden?|(?:een )?vreemden?)"
)
_NL_OF = r"(?:(?!aan |met |door |bij )\w+,? ){0,3}van (?:al )?"

_DE_SEEN = (
    r"(?:sehe|sehen|sieht|sah|gesehen|zeigt|angezeigt|zeigen|erhalten|erhielt|bekommen|bekam|bekomme|geschickt"
    r"|gesendet"
    r"|zugesandt|zugeschickt|zugriff auf|einsehen|gelandet)"
)
_DE_ABOUT = (
    r"(?:namen?|adressen?|anschrift|anschriften|bestellung|bestellungen|rechnung|rechnungen|daten|kundendaten|akten?"
    r"|konto|konten|vertrag|vertrage|telefonnummern?|profile?|dokumente?|unterlagen|informationen|angaben|briefe?"
    r"|kontoauszuge?)"
)
_DE_WHO = (
    r"(?:(?:von )?(?:anderer|anderen|andern|fremder|fremden) (?:leuten?|kunden|kundinnen|personen?|menschen|nutzern?"
    r"|benutzern?|mitgliedern?)|(?:eines|einer|von einem|von einer) (?:anderen|fremden) \w+"
    r"|(?:von )?jemand(?:em)? anders)"
)
_DE_OF = r"(?:(?!an |mit |durch |bei )\w+,? ){0,3}"

_LISTS = (
    rf"(?:file|list|spreadsheet|attachment|document|excel)(?: \w+){{0,3}} {_EN_ABOUT} {_EN_OF}{_EN_YOURS}",
    rf"(?:fichier|liste|tableau|piece jointe|document|excel)(?: \w+){{0,3}} {_FR_ABOUT} {_FR_OF}(?:tous )?vos "
    r"(?:autres )?(?:clients|clientes|utilisateurs|employes|membres|patients|abonnes)",
    rf"(?:bestand|lijst|bijlage|document|excel\w*)(?: \w+){{0,3}} {_NL_ABOUT} {_NL_OF}(?:jullie|uw|je) "
    r"(?:andere )?(?:klanten|gebruikers|medewerkers|leden|patienten)",
    rf"(?:datei|liste|tabelle|anhang|dokument|excel\w*)(?: \w+){{0,3}} {_DE_ABOUT} {_DE_OF}(?:aller )?(?:ihrer"
    rf"|eurer) "
    r"(?:anderen )?(?:kunden|kundinnen|nutzer|mitarbeiter|mitglieder|patienten)",
)
SEEN = "|".join(
    (
        rf"{_EN_SEEN} {_GAP}{_EN_WHO} (?:\w+ ){{0,3}}{_EN_ABOUT}",
        rf"{_EN_SEEN} {_GAP}{_EN_ABOUT} {_EN_OF}{_EN_WHO}",
        rf"{_FR_SEEN} {_GAP}{_FR_ABOUT} {_FR_OF}{_FR_WHO}",
        rf"{_NL_SEEN} {_GAP}{_NL_ABOUT} {_NL_OF}{_NL_WHO}",
        rf"{_NL_ABOUT} {_NL_OF}{_NL_WHO},? (?:\w+,? ){{0,5}}{_NL_SEEN}",
        rf"{_DE_SEEN} {_GAP}{_DE_ABOUT} {_DE_OF}{_DE_WHO}",
        rf"{_DE_ABOUT} {_DE_OF}{_DE_WHO},? (?:\w+,? ){{0,5}}{_DE_SEEN}",
        *_LISTS,
    )
)
"""To be searched from the beginning of a word."""
