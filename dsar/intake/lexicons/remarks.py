"""Words of remarks beside a wish, in the four languages; further GATES of each lexicon.

``placed`` says by what somebody can be found (an account, an address used, an earlier name or home), unless ``changes``
beside it says that this is to be another. ``unmet`` is a condition about what we may fail to do, ``orelse`` speaks
of one, ``wants`` is what the writer then means to ask, ``perhaps`` what they may ask one day; ``grounds`` beside a condition makes it a wish after
all. ``why`` gives a reason. ``plain`` is a wish in a word that the sentence model takes for another.
"""

GATES: dict[str, dict[str, str]] = {
    "fr": {
        "placed": r"""
(?:mon|ma|mes|notre|nos|le|la|son|sa)(?: \w+){0,2} (?:compte|profil|dossier|fiche|réservations?|abonnement|commandes?|inscription|contrat|carte)‥(?:est|était|figure|se trouve|serait|sont|étaient|a été)‥(?:au nom|sous|à l'adresse|avec|lié\w*|rattaché\w*|associé\w*|enregistré\w*|ouvert\w*|créé\w*|inscrit\w*|au numéro)
(?:j'|je|nous) ?(?:utilis\w+|me (?:suis|connect\w+)|ai|avais|étais|suis|m'étais|me servais)‥…(?:avec|sous|via|par|l'adresse|le numéro|le nom|au nom|à partir de)‥…(?:[^ ]{1,60}@|adresse|mail|nom\b|numéro|identifiant|pseudo)
(?:inscrite?s?|enregistrée?s?|connue?s?|abonnée?s?)‥(?:sous|avec|via|au nom)\b
(?:me|nous) (?:trouverez|retrouverez|connaissez|avez)‥(?:sous|avec|via|au nom|grâce)\b
(?:avant|autrefois|auparavant|jadis|à l'époque|anciennement|précédemment|jusqu'en \w+)‥(?:je |j'|nous |mon )?(?:m'appel\w+|me nomm\w+|habitai\w*|vivai\w*|étais|résidai\w*|portais|logeai\w*|utilisai\w*)
je (?:m'appelais|me nommais|portais le nom|vivais|habitais|résidais|logeais)
nom (?:de (?:jeune fille|naissance)|d'usage|d'épouse)‥(?:est|était|:)
(?:anciens? nom|ancien nom|ancienne adresse|ancien (?:numéro|mail|courriel|domicile)|précédente adresse|dernière adresse)‥(?:est|était|:)
(?:adresse|e ?mail|courriel|numéro)‥(?:sur votre liste|que j' ?(?:ai )?(?:utilis|donn|communiqu)\w+|utilisée?|qui reçoit|à laquelle vous|dans votre (?:liste|base|fichier))‥(?:est|était|:)
(?:numéro|n°|code|référence|réf) ?(?:de |d')?(?:client\w*|membre|adhérent\w*|commande|réservation|contrat|dossier|abonné\w*)‥(?:\d)
pour (?:m'identifier|vous aider à me (?:re)?trouver|me retrouver)|afin que vous (?:puissiez )?me (?:re)?trouv
""",
        "changes": r"<RECTV>|erron\w*|fautes?\b|faux\b|fausse|incorrect\w*|inexact\w*|erreurs?|au lieu|et non|mais (?:c'est|je|j'|mon|ma|plutôt|en fait)|n'est (?:pas|plus)|(?:ne |n')\w+ (?:pas|plus)\b|plus (?:valable|à jour)|nouve\w+|désormais|dorénavant|maintenant|à présent|aujourd'hui|actuel\w*|je m'appelle|j'habite|je vis\b|bon(?:ne)? (?:adresse|nom|numéro|orthographe)|(?:toujours|encore) (?:sous|à|au|mon|l'|celle|le)|déménag\w*|manque|s'écri\w+|orthograph\w*|doi(?:t|vent)\b|devrait|alors que|depuis (?:mon|ma|le|la|que)|mett\w+|miens?\b|mienne",
        "unmet": r"""
(?:si|tant que) (?:vous|je|on|personne|rien) (?:ne |n')(?:(?:me|m|nous|l|le|la|les|y|en|lui) )*(?:montr|di[st]|donn|envoy|répond|communiqu|transm|expliqu|fourn|remet|laiss|reçoi|voi|obtien|voul|pouv|présent|justifi|dévoil|révél|fait|vient)\w*
si vous (?:persistez à )?(?:refus|ignor|tard)\w*
à moins que vous
""",
        "orelse": r"sinon\b|à défaut|faute de (?:réponse|quoi|copie|cela)|autrement\b|sans (?:réponse|cela|quoi|nouvelles)",
        "wants": r"(?:je|j'|nous) ?(?:\w+ ){0,2}?(?:demander\w+|exiger\w+|réclamer\w+|voudr\w+|ferai|veux|demande|exige|réclame|vais|devrai|requerr\w+|solliciter\w+|exercer\w+|aurai|supprimer\w+|partir\w+)\b",
        "perhaps": r"""
(?:peut être|éventuellement)(?: que)? (?:je|j'|nous)…
(?:je|j'|nous) ?(?:\w+ ){0,2}?(?:décider\w+|verr(?:ai|ons)|envisag\w+|réfléchi\w+|songe\w*|hésit\w+|pourrais (?:bien|un jour|ensuite|alors))‥(?:si|de|à|demander|exiger|l'|la|une)…
avant de (?:décider|choisir|trancher|me décider)‥(?:si|de|pour|sur)…
""",
        "grounds": r"besoin|nécessa\w*|raisons?|motifs?|base légale|obligations?|preuve|utilis\w+|usage",
        "why": r"""
parce ?qu|puisqu|car (?:je|j|nous|mon|ma|mes|vous|il|elle|on|c|cela|ça|le|la|les|l|votre|vos|ils|elles|notre|nos|depuis|personne|rien|tout|un|une|quelqu|ce|cette)\b
étant donné|vu qu|vu (?:mon|ma|mes|la|le|les|votre|l'|notre)|en raison d|à cause d|du fait (?:que|d)|attendu que|dans la mesure où|d'autant (?:que|plus)|c'est pourquoi|(?:c'est|voilà) (?:pour ça|pour cela|pourquoi)|raison pour laquelle|ma raison\b|la raison\b|mon motif|le motif (?:est|:)|compte tenu|d'où (?:ma|cette)
(?:(?<=^)|(?<=\. ))comme (?:je|j'|nous|mon|ma|mes|vous|il|elle|on|cela|c'est|personne|votre)(?!(?: [^ ]{1,20}){0,3} (?:dit|demand|écri|expliqu|indiqu|mention|signal|promi|conven|annonc|sav|voy|vouliez|voulez)\w*)
donc (?:je (?:demande|veux|souhaite|voudrais|vous)|veuillez|merci|effac\w+|supprim\w+|s'il vous|retir\w+|arrêt\w+|cess\w+|plus besoin|inutile)
""",
        "plain": r"(?!)",
    },
    "nl": {
        "placed": r"""
(?:mijn|m'n|onze?|ons|het|de|zijn|haar)(?: \w+){0,2} (?:\w{0,10}account|profiel|dossier|fiche|boeking\w*|reserv\w+|abonnement|lidmaatschap|bestelling\w*|contract|inschrijving|registratie|login)‥(?:staat|stond|loopt|liep|is|was|draait|zit|zat|hangt|hoort)‥(?:onder|gekoppeld|geregistreerd|(?:op|met|bij|aan|via)\b‥(?:[^ ]{1,60}@|naam|adres|mail\w*|e mail\w*|\w*nummer|\d))
(?:ik|wij|we)‥(?:gebruik\w*|had|hadden|boekte\w*|bestelde\w*|registreerde\w*|heb|hebben|was|ben|schreef|meldde|kocht)‥…(?:met|onder|via|als|op|vanaf|het adres|het mailadres|het nummer|de naam)‥…(?:[^ ]{1,60}@|\w*adres|\w*mail\w*|naam|\w*nummer|login|gsm\w*)
(?:gebruikte|gebruikten|hanteerde) (?:ik |we |wij )?‥(?:\w*adres|\w*mail\w*|naam|\w*nummer|account|alias)
(?:ingeschreven|geregistreerd|aangemeld|ingelogd|geboekt|besteld|bekend|gekend)‥(?:met|onder|via)‥(?:[^ ]{1,60}@|\w*adres|\w*mail\w*|naam|\w*nummer|\d)
(?:met|onder|via) [^,;]{0,60}(?:ingeschreven|geregistreerd|aangemeld|ingelogd|geboekt|besteld|bekend|gekend)
(?:u|jullie|je|men)‥(?:vind\w*|ken\w*|heb\w*|bereik\w*) (?:mij|me|ons)‥(?:onder|via|met|terug)\b
(?:te vinden|terug te vinden|opzoeken|op te zoeken|zoek)‥(?:ben ik|mij|me|onder|op|via)\b
(?:vroeger|destijds|toen|toentertijd|voorheen|indertijd|eertijds|tot \w+|voor (?:mijn|ons|het|de) (?:huwelijk|scheiding|verhuizing|trouwen|trouw))‥(?:heette\w*|woonde\w*|was ik|noemde\w*|gebruikte\w*|leefde\w*|verbleef|stond ik)
(?:ik|wij|we) (?:heette\w*|woonde\w*|verbleef|leefde\w*)‥(?:vroeger|destijds|toen|voorheen|eerst|tot|in|op|aan|nog)\b
(?:meisjesnaam|geboortenaam|vroegere naam|oude naam|vorige naam|familienaam voor)‥(?:is|was|:)
(?:oude?|vroegere?|vorige?|toenmalige?|laatste) (?:\w*adres|\w*mail\w*|\w*nummer|gsm\w*)‥(?:is|was|:)
(?:\w*adres|\w*mail|\w*nummer)‥(?:op (?:jullie|uw|de) \w*lijst|waarmee ik|dat ik (?:gebruik\w*|opgaf|gaf)|waarop (?:ik|jullie|u)|in (?:jullie|uw) (?:systeem|bestand\w*))‥(?:is|was|:)
(?:klant\w{0,3}|lid|boekings|bestel|contract|dossier|reserv\w{3,5}|abonnements|referentie)(?:nummer|nr|code)‥(?:\d)
ter identificatie|zodat (?:u|jullie|je) (?:mij|me)‥(?:vind\w*|kan|kunt|kunnen)
""",
        "changes": r"<RECTV>|verkeerd\w*|fout\w*|onjuist\w*|niet (?:juist|correct)|klop\w+ (?:niet|nog)|in plaats van|ipv|moet\b|moeten\b|hoor(?:t|de)\b|niet (?:meer|langer)|nieuwe?\b|nu\b|tegenwoordig|intussen|ondertussen|voortaan|vanaf|maar (?:ik|dat|het|nu|is|mijn|eigenlijk|dit)|juiste?\b|correcte?\b|nog (?:steeds|altijd)|verhuisd|getrouwd|gescheiden|heet ik|ik heet\b|ik woon\b|woon ik|ontbreek\w*|spel\w*|schrijf\w*|sinds\b|terwijl|geen\b|niet\b|zet\b|mijne\b",
        "unmet": r"""
(?:als|indien|zolang|wanneer) (?:u|jullie|je|ik|men|niemand)\b…(?:niet|niets|geen|weiger\w*)\b(?:‥(?:toon|tonen|zeg|geef|geven|stuur|sturen|zien|antwoord|reage|bezorg|uitleg|meede|krijg|hoor|ontvang|laat|laten|inzage|vertel|bekend|verstrek|wil|meewerk)\w*)
(?:als|indien|zolang|wanneer) (?:u|jullie|je) (?:\w+ ){0,3}?(?:weiger|blijf|zwijg)\w*
""",
        "orelse": r"anders (?=vraag|eis|zal|wil|ga|laat|moet|sta|verzoek)|zo ?niet\b|bij gebrek aan|in het andere geval|zonder (?:antwoord|reactie)",
        "wants": r"(?:vraag|eis|zal|wil|ga|laat|moet|sta|verzoek|zou)(?: \w+)? (?:ik|we|wij)\b|(?:ik|we|wij) (?:\w+ )?(?:zal|ga|eis|vraag|laat|wil|zou|moet)\b|dan (?:moet|mag|gaat|mogen|moeten)\b",
        "perhaps": r"""
(?:misschien|eventueel|wellicht|mogelijk|later)‥(?:vraag|wil|laat|zal|ga|eis) (?:ik|we|wij)…
(?:ik|we|wij)‥(?:overweeg|overwegen|twijfel\w*|denk erover|denk eraan|speel met)…
(?:beslis|bekijk|zie|bedenk|besluit|weet) (?:ik|we|wij)(?: \w+){0,4} (?:of|om)\b…
(?:voor|vooraleer|voordat|alvorens)(?: ik| we| wij)? (?:te )?(?:beslis|besluit|kies|beslissen)\w*…(?=,|wil|vraag)
""",
        "grounds": r"nodig\w*|reden\w*|grond\w*|verplicht\w*|wettelijke?|bewij\w+|gebruik\w*",
        "why": r"""
omdat|doordat|aangezien|vermits|(?:(?<=^)|(?<=, )|(?<=\. ))daar (?:ik|wij|we|mijn|u|jullie)\b|want\b|gezien (?:ik|mijn|de|het|dat|wij|we|onze|uw|jullie)\b|omwille van|vanwege|ten gevolge van|(?<!geen )reden (?:is|daarvoor|hiervoor|waarom|:)|mijn reden\b|daarom\b|vandaar (?:dat|mijn|deze)|dus (?:gelieve|graag|wis\b|verwijder|schrap|stop|haal|ik wil|wil ik|vraag ik|ik vraag|mag|mogen|doe|vergeet|weg)|namelijk|immers|uit (?:angst|vrees)|door (?:mijn|de|een) (?:scheiding|verhuizing|ziekte|ontslag|stalk\w*|pensioen)
""",
        "plain": r"(?<!ik )(?<!we )(?<!wij )wis (?:u )?(?:aub |alstublieft |gewoon |dan |ook |meteen |nu |zeker ){0,3}(?:mij|me|mijn|m'n|alles|wat|al|ons|onze|haar|hem|dat|dit|die|het|de|ze|zijn|iedere?|elke?|hun)\b(?!(?: [^ ,]{1,20}){0,4} (?:niet|niets)\b)",
    },
    "de": {
        "placed": r"""
(?:mein\w*|unser\w*|das|der|die|ihre?|seine?)(?: \w+){0,2} (?:\w{0,10}konto|account|profil|akte|buchung\w*|\w{0,6}abo\w*|mitgliedschaft|bestellung\w*|vertrag|datensatz|registrierung|eintrag|zugang|nutzerkonto)‥(?:lauf\w*|läuft|lief\w*|ist|war|steht|stand|geht|ging|finde\w*|gehört\w*|hängt|wurde)‥(?:unter|registriert|verknüpft|angelegt|auf den namen|(?:auf|mit|bei|über|an)\b‥(?:[^ ]{1,60}@|name\w*|adresse|mail\w*|\w*nummer|\d))
(?:ich|wir)‥(?:hab\w*|war\w*|bin|hatt\w*|bestell\w*|buch\w*|benutz\w*|nutz\w*|verwend\w*|kauf\w*)‥…(?:mit|unter|über|via|von|die adresse|den namen|die nummer)‥…(?:[^ ]{1,60}@|\w*adresse|\w*mail\w*|name\w*|\w*nummer|benutzer\w*|login|handy\w*)
(?:angemeldet|registriert|gemeldet|bekannt|gebucht|bestellt|eingeschrieben|verzeichnet)‥(?:bin|war|habe|hatte|wurde)‥(?:mit|unter|über|auf|bei)\b
(?:bin|war|wurde|habe|hatte)(?: \w+){0,4} (?:mit|unter|über)\b…(?:angemeldet|registriert|eingetragen|geführt|bekannt|gemeldet|gespeichert|gebucht|bestellt)
(?:finden|kennen|erreichen|führen) (?:sie |ihr )?(?:mich|uns)‥(?:unter|mit|über|bei)\b
(?:kennen|kannten) (?:sie |ihr )?(?:mich|uns)‥als\b
(?:zu finden|auffindbar|suchen sie)‥(?:bin ich|mich|unter)\b
(?:früher|damals|vorher|zuvor|seinerzeit|vormals|ehemals|einst|bis \w+|vor (?:meiner|der|unserer) (?:heirat|hochzeit|scheidung|ehe|trennung))‥(?:hieß|wohnte\w*|lebte\w*|war ich|hatte ich|nannte|gewohnt|geheißen|benutzte|nutzte|verwendete|lautete)
(?:ich|wir) (?:hieß\w*|wohnte\w*|lebte\w*)‥(?:früher|damals|vorher|zuvor|bis|in|als|noch|mal|ehemals)\b
(?:geburtsname|mädchenname|früherer name|ehemaliger name|lediger name)‥(?:ist|war|lautet\w*|:)
(?:frühere|alte|ehemalige|damalige|vorherige|letzte)r? (?:\w*adresse|anschrift|\w*mail\w*|\w*nummer|wohnort)‥(?:ist|war|lautet\w*|:)
(?:\w*adresse|\w*nummer|mail\w*)‥(?:(?:auf|in) (?:ihrer|eurer|der|ihrem) (?:\w*liste|datenbank|verteiler)|mit der ich|unter der ich|die ich (?:benutz|verwend|genutzt|angegeben)\w*|an die sie)‥(?:ist|lautet|war|:)
(?:kunden|mitglieds|buchungs|bestell|vertrags|konto|auftrags|referenz|abo)(?:nummer|nr|code|kennung)‥(?:\d)
zur (?:identifikation|identifizierung|zuordnung)|damit sie mich (?:\w+ )?finden|zum auffinden
""",
        "changes": r"<RECTV>|falsch\w*|fehler\w*|unrichtig\w*|verkehrt|statt\b|sondern|nicht\b|keine?\b|neue?[rnsm]?\b|jetzt|inzwischen|mittlerweile|heute|nun\b|aber\b|richtig\w*|korrekt\w*|müsste\w*|muss\b|soll(?:te)?\b|gehört sich|veraltet\w*|immer noch|noch immer|umgezogen|geheiratet|heiße ich|ich heiße|ich wohne\b|wohne ich\b|fehlt|schreib\w*|seit (?:dem|der|meine\w*|\d|anfang|ende|mai|juni|juli)|während|meine[nms]?$",
        "unmet": r"""
(?:wenn|falls|sollten|solange|sofern|sollte) (?:sie|ihr|ich|mir|man|niemand)\b…(?:nicht|nichts|keine?\w*|weiger\w*|nie)\b(?:‥(?:zeig|sag|geb|schick|send|antwort|mitteil|erklär|offenleg|reagier|heraus|vorleg|beantwort|bekomm|erhalt|erfahr|seh|hör|meld|teil|verrat|nenn|überlass|einsicht|auskunft|kopie|rausrück|mitwirk)\w*)
(?:wenn|falls|sollten|solange|sofern) (?:sie|ihr) (?:\w+ ){0,4}?(?:verweiger|schweig|ignorier)\w*
""",
        "orelse": r"andernfalls|sonst\b|ansonsten|anderenfalls|widrigenfalls|wenn nicht,|falls nicht,|ohne (?:antwort|rückmeldung)",
        "wants": r"(?:werde|verlange|fordere|beantrage|will|möchte|bestehe|lasse|bitte|muss|würde|verlangen|fordern|werden)(?: \w+)? (?:ich|wir)\b|(?:ich|wir) (?:\w+ )?(?:werden?|verlange\w?|fordere|beantrage|will|möchte|bestehe|lasse|bitte|muss|würde)\b|dann (?:müssen|sollen|muss|soll)\b",
        "perhaps": r"""
(?:vielleicht|eventuell|womöglich|möglicherweise|allenfalls|unter umständen|später)‥(?:verlange|will|möchte|werde|lasse|beantrage|bitte) (?:ich|wir)…
(?:entscheide|überlege|schaue|sehe|weiß) (?:ich|mir|wir)(?: \w+){0,4},? ob\b…
(?:ich|wir) (?:entscheide|überlege|erwäge|denke darüber nach|schwanke|spiele mit)\b…
(?:bevor|ehe) (?:ich|wir) (?:\w+ ){0,3}?(?:entscheide\w*|beschließe\w*|verlange\w*|beantrage\w*|löschen lasse)…
""",
        "grounds": r"brauch\w*|benötig\w*|grund\b|gründe|rechtsgrundlage|verpflicht\w*|nachweis\w*|beweis\w*|nutz\w*|verwend\w*",
        "why": r"""
weil\b|denn (?:ich|wir|mein\w*|sie|es|die|der|das|da|man|ihr\w*|dort|hier|unser\w*|in|seit|nach|niemand|diese\w*)\b|(?:(?<=^)|(?<=, )|(?<=\. ))da (?:ich|wir|mein\w*|sie|es|die|der|das|ihr\w*|unser\w*|man|mir|mich|niemand|bei|inzwischen)\b|zumal\b|aufgrund|auf grund|angesichts|infolge|in anbetracht|deshalb|daher\b|deswegen|(?<!kein )(?<!keinen )grund (?:ist|dafür|hierfür|:)|mein grund\b|der grund\b|nämlich|also (?:bitte|lösch\w*|entfern\w*|streich\w*|weg|hört)|aus angst|aus sorge
""",
        "plain": r"(?!)",
    },
    "en": {
        "placed": r"""
(?:my|the|our|his|her|their)(?: \w+){0,2} (?:account|profile|file|records?|registration|membership|subscription|bookings?|orders?|details|entry|contract|login)‥(?:is|was|were|are|runs?|ran|will be|may be|might be|can be found|sits?|stands?)‥(?:under|in the name|registered|linked|tied|attached|held|filed|(?:at|on|with|by|through|via|against)\b‥(?:[^ ]{1,60}@|name|address|e ?mail|\w*number|\d))
(?:i|we)(?: have| had| ve| d| am| m| was| were| are)?(?: \w+ly| always| also| once| first| then| did)? (?:signed up|sign in|log in|logged in|registered|booked|ordered|joined|subscribed|created|opened|enrolled|shopped|bought|wrote|phoned|contacted|set)‥…(?:using|with|under|via|through|by|as|from)\b‥…(?:[^ ]{1,60}@|address|e ?mail|name|number|login|phone|mobile)
(?:i|we) (?:\w+ )?(?:used|use|had)‥(?:the |my |an? )?(?:\w+ )?(?:address|e ?mail|number|account|login|username|nickname|alias|[^ ]{1,60}@)
(?:using|under|with) (?:the |my |an? )?(?:address |e ?mail |name |e mail address )*[^ ]{1,60}@
you(?: can| could| will| ll| may| might| should| must| probably)* (?:find|reach|identify|recogni[sz]e|locate|have|got)(?: \w+)? (?:me|us|it|him|her)‥(?:under|by|at|with|from|via|through|on)\b
you(?: may| might| will| ll| would| probably)* know (?:me|us) (?:as|by|under|from)\b
(?:find|look|search|trace|locate|identify)(?: \w+)? (?:me|us|it|for|my \w+)(?: up)? (?:under|by|with|using|as|via)\b
(?:address|e ?mail|number|name|login)‥(?:on your (?:\w+ )?list|i (?:used|use|gave|signed|registered|booked|ordered)|registered with|linked to|associated|tied to|used (?:for|with|at)|you (?:write|send|sent|mail|email|call|text|ring)|(?:that|which) (?:gets|receives))‥…(?:is|was|would be|:)
used to (?:be (?:called|known|named|registered|a (?:customer|client|member))|go by|live|use)\b
(?:maiden|birth|former|previous|old|earlier|professional) names?‥(?:is|was|:)
(?:formerly|previously|back then|at the time|in those days|at that time|before (?:my|the|our) (?:marriage|wedding|divorce|move))‥(?:i|we|my|known|called|named|living|lived|of)\b
(?:i|we) (?:\w+ly |then |once )?(?:lived|was living|were living)‥(?:at|in|on)\b
(?:old|former|previous|earlier|last) (?:address|number|e ?mail)‥(?:is|was|:)
(?:customer|client|member|membership|booking|order|contract|reference|policy) ?(?:number|no|nr|id|ref|reference|code)‥(?:\d)
for (?:identification|your search)|so (?:that )?you can find me|to help you (?:find|locate|identify)|to identify me
""",
        "changes": r"<RECTV>|wrong\w*|incorrect\w*|inaccura\w*|mis ?spel\w*|typos?|mistakes?|errors?|should (?:be|read|say|have)|instead|rather than|no longer|any ?more|new\b|outdated|out of date|still\b|now\b|from now|these days|nowadays|today|not\b|n t\b|\w+n t\b|isn t|never was|moved|got married|changed|but (?:it|i|my|the|is|am|that)|whereas|correct(?:ly)?\b|missing|mine\b|right (?:one|name|address|number|spelling)|spel\w+",
        "unmet": r"""
if (?:you|i|nobody|no one|they)(?: \w+){0,2}? (?:do not|don t|does not|doesn t|won t|will not|can t|cannot|can not|fail\w* to|refuse\w*(?: to)?|decline to)‥(?:show|tell|give|send|let|provide|hand|disclos|explain|answer|repl|respon|react|see|get|hear|receive|come|cooperat|share|clarif|open|produc|reveal)\w*
if (?:you|they)(?: \w+){0,2}? (?:refuse|keep ignoring|ignore|keep stalling)\b
unless (?:you|i)\b‥(?:show|tell|give|send|let|provide|hand|disclos|explain|answer|repl|respon|see|get|hear|receive|come|share|open|produc|reveal)\w*
""",
        "orelse": r"(?:without|failing) (?:that|this|which|an? (?:answer|reply|response|copy))\b|otherwise\b|or else\b|if not,",
        "wants": r"(?:i|we)(?: will| ll| shall| m| am| are| would| d| might| may)?(?: \w+){0,3}? (?:ask|demand|request|want|require|insist|have|exercise|invoke|get|order|tell|going)\b",
        "perhaps": r"""
(?:i|we) (?:may|might)(?: \w+){0,3}? (?:ask|request|demand|want|have|exercise|insist|delet|eras)\w*…
(?:i|we)(?: will| ll| can| shall)?(?: \w+)? (?:decide|see|consider|make up my mind)‥(?:whether|if|about)\b…
(?:i am|i m|we are|we re)(?: \w+)? (?:considering|thinking (?:of|about)|tempted to|toying with|wondering whether)…
(?:perhaps|maybe)‥(?:later|then|afterwards|one day)‥(?:i|we)…
before (?:i|we|deciding)\b‥(?:decid\w*|ask|make up)…(?=,|i )
""",
        "grounds": r"need\w*|reasons?|grounds?|basis|oblig\w*|proof|prove|us(?:e|ing)\b|require[sd]?",
        "why": r"""
because|(?:i|we)(?: \w+){0,4} cos (?:i|we|my)|as (?:i|we) (?:no longer|am\b|m\b|have|ve\b|do\b|don t|never|will|was|did\b|didn t|had|now|only|cannot|can t|moved|just|recently|feel|find|fear|sold|left|closed|live|get|got|keep|haven t|won t)
(?:(?<=^)|(?<=, )|(?<=\. ))as (?:my|our|you|there|someone|he|she|they) (?!know|can|may|might|see|said|ask|request|wish|like|lawyer|client|say|will|want)\w
since (?:i|we) (?:no longer|am\b|m\b|have|ve\b|do\b|don t|never|moved|left|sold|closed|stopped|now|cannot|can t|only|haven t|didn t|won t)
since (?:my|our|your|the|you|there|this|it|nobody|no one) (?:\w+ )?(?:is|are|has|have|does|no|never|keep|can|do|s)\b
given (?:that|my|our|your)|seeing (?:that|as)|due to|owing to|on account of|in view of|in light of|for the (?:simple )?reason|(?:the|my) (?:simple |only )?reason (?:is|being|for|why|i|we|:)|that s why|that is why|which is why|this is why|hence\b|for fear
(?<!even )so (?:please|kindly|pls|can you|could you|would you|i d like|i would|i want|i ask|i object|i request|i m asking|delete|erase|remove|stop|wipe|take|forget|there s no|there is no)
therefore (?:i|please|we|kindly)
""",
        "plain": r"(?!)",
    },
}
