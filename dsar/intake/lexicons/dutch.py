"""Dutch words of requests, of Belgium and of the Netherlands. How a line is read: see dsar.intake.lexicon."""

MACROS = {
    "DATA": r"(?:(?:persoons|klant\w{0,4}|account|profiel|contact|bel)?gege?ve?n?s|gegevn?es|info(?:rmatie)?|data|dossier|fiche|klantenfiche|profiel|geschiedenis|bestand(?:en)?)\b",
    "ACCT": r"(?:acount|accaunt|\w{0,12}account|profiel|inschrijving|klantenfiche|fiche|dossier|gebruikersprofiel)\b",
    "FIELD": (
        r"(?:\w{0,14}adres(?:sen)?|\w{0,8}na+m|(?:gsm|telefoon|tel|rekening|huis|btw|bus|mobiel|klant)? ?(?:nummer|nr)s?|gsm|telefoon\w*"
        r"|e? ?mail|geboortedatum|geboortejaar|geboorteplaats|iban|postcode|foto s|\w{0,10}foto|geslacht|aanspreking|burgerlijke staat|beroep|taal|contactgegevens|spelling|straatnaam|woonplaats)\b"
    ),
    "MYFIELD": r"(?:mijn|m n|onze|ons|zijn|haar|de|het|deze|dit|die|een|van) (?:\w+ )?(?:<FIELD>|<DATA>|fout\w*|vergissing|vermelding|registratie|tikfout|typfout)",
    "ALL": (
        r"(?:<DATA>|<ACCT>|<FIELD>|opnames?|oproepen|gesprekken|gespreksopnames?|chats?|chatgesprekken|berichten|contacten|afspraken|sporen|alles|(?:het|de|mijn) oude|cv|sollicitatie|wat (?:u|je|jullie))"
    ),
    "MYDATA": r"(?:al |alle )?(?:mijn|m n|onze) (?:eigen |persoonlijke |volledige )?(?:persoons)?(?:gege?ve?n?s|data|info|informatie)",
    "YOU": r"(?:u|uw|je|jij|jullie|ge|gij|men|assistool|uw (?:bedrijf|firma|organisatie))",
    "P": r"(?:(?:over|van|omtrent|betreffende|rond|inzake|met betrekking tot|aangaande) (?:mij|me|ons|mijn persoon|mijn account|mijn cliënt\w*|mijn (?:zoon|dochter|kind)|mezelf)|mij betreffende|die mij betreffen)",
    "HOLD": (
        r"(?:hebt|heb je|hebben|heeft|bewaar\w*|bewaren|bezit\w*|verwerk\w*|verzamel\w*|opgeslagen|opslaa\w*|bijhoud\w*|bijgehouden|houdt|houden|weet|weten|kent|geregistreerd|registreer\w*|staat|staan|gebruik\w*|beschik\w*|genoteerd|bijhoudt)"
    ),
    "SEND": r"(?:stuur\w*|(?:op|toe|door|over)?(?:sturen|zenden)|toegestuurd|opgestuurd|bezorg\w*|geef|geven|verstrek\w*|verschaf\w*|overmak\w*|krijg\w*|ontvang\w*|download\w*|mail(?:en|t)?|over ?maken|opvragen|hebben)\b",
    "ERASEV": r"(?:ver?we?ij?der\w*|verwij?d\w*r(?:en|t|d)?|verwyder\w*|wis|wist|wissen|gewist|uit ?wissen|schrap\w*|geschrapt|vernietig\w*|delete?n?|gedeletet?|anonimiser\w*|geanonimiseerd|gooi\w* .{0,20}weg|weggooien|weghalen|haal‥weg|uitgewist)\b",
    "ERASEN": r"(?:ver?we?ij?dering|wissing|gegevenswissing|vernietiging|schrapping|anonimisering)\b",
    "RECTV": (
        r"(?:verbeter\w*|rectific\w*|gerectificeerd|aan ?pas\w*|pas(?:sen|t)?\b(?=…aan\b)|aangepast|wijzig\w*|gewijzigd|corriger\w*|gecorrigeerd|verander\w*|actualiser\w*|geactualiseerd|bijwerk\w*|bijgewerkt|updat\w*|geupdatet|vervang\w*|recht ?zet\w*|rechtgezet|aanvul\w*|aangevuld|werk(?=…bij\b))"
    ),
    "MKT": (
        r"(?:\w{0,8}reclame\w*|publiciteit\w*|promo\w*|aanbieding\w*|nieuwsbrie\w*|newsletters?|mailings?\b|direct ?marketing|\w{0,8}marketing\w*|prospectie\w*|spam\w*|folders?\b|advertentie\w*|acties\b|kortingsmail\w*|telemarketing|verkoop\w*|commerciële\b(?: \w+)?|wervings?\w*|reclamedoeleinden)"
    ),
    "OTHER": r"(?:ander\w*|nieuw\w*|toekomstige?|concurrent\w*|volgende)‥(?:aanbieder|leverancier|dienst\w*|provider|platform|partij|bedrijf|systeem|software|pakket|app\w*|tool|programma|verantwoordelijke|concurrent|organisatie)",
    "FORMAT": r"(?:csv|json|xml|excel|xlsx?|vcard|vcf|ics)\b",
    "HUMAN": r"(?:mens\b|mensen|menselijke?|echt (?:iemand|persoon)|echte persoon|iemand|een persoon|medewerker|werknemer|natuurlijk persoon)",
    "REVIEW": r"(?:herbekijk\w*|herbekeken|herzie\w*|bekijk\w*|bekeken|kijk\w*|beoordeel\w*|beoordelen|beoordeeld|nakijk\w*|nagekeken|naar kijkt|beslis\w*|tussenkom\w*|heroverweeg\w*|heroverwegen|onderzoek\w*|controleer\w*|nagaat|evalueer\w*|toets\w*|ingrijp\w*)",
    "MACHINE": r"(?:geautomatiseerd\w*|automatisch\w*|algoritm\w*|computer|machine|robot|systeem|software|\bai\b|score|scoring)",
    "UNTIL": r"(?:tot(?:dat)?|zolang|zo lang|in afwachting|terwijl|ondertussen|intussen|voorlopig|tijdelijk|hangende|gedurende|tijdens)\b",
}

RIGHTS = r"""
access S (?:welke|wat voor|welk)‥(?:<DATA>)…(?:<P>|\bmij\b|\bmijn\b|\bme\b)
access S wat‥(?:<YOU>)?‥(?:<HOLD>)‥(?:<YOU>)?‥(?:allemaal |precies |eigenlijk |zoal )?(?:<P>)
access S wat…(?:<P>)‥(?:\w+ ){0,5}?(?:staat|zit|bewaard|opgeslagen|geregistreerd|bekend)
access S (?:alles|hetgeen|wat)‥(?:wat |dat )?(?:<YOU>)‥(?:<P>)…(?:<HOLD>)
access S (?:weten|zeggen|laten weten|bevestig\w*|meedelen|mee te delen|horen|nagaan) (?:mij )?of‥(?:<YOU>)…(?:<DATA>|<P>)…(?:<HOLD>)
access S (?:afschrift|kopie\b|copie\b|uittreksel|kopieën (?=van (?:mijn|al))|overzicht|lijst|inventaris|opgave|volledig beeld)‥(?:van|met)‥(?:<DATA>|opnames|gesprekken|alles|wat u|wat jullie|contactgegevens)
access S (?:vraag|vragen|wens|wensen|eis|eisen|verzoek|verzoeken|wil|willen) (?:graag |hierbij |dan ook |ook )?(?:om )?inza+ge(?=[ ]?[.!,;]|$)
access S inza+ge? (?:in|van|te|krijgen|hebben|tot|verlenen)
access S (?:in|ter|om) ?(?:te )?inza?a?ge?\b
access L (?:in ?(?:te )?(?:kijken|zien)|inkijken|inzien|bekijken|raadplegen)…(?:<P>|mijn)
access L (?:mijn (?:<DATA>))‥(?:in ?(?:te )?(?:kijken|zien)|inkijken|inzien|raadplegen|bekijken)
access S (?:alle |al de |de |mijn )?(?:<DATA>)‥(?:die |dat |wat )‥(?:<YOU>)‥(?:<P>)?‥(?:<HOLD>)
access S (?:hoe|waar|van wie|vanwaar|waarvandaan)‥(?:komen|komt|kom|hebt|hebben|heb|heeft|zijn|haalt|halen|haal|ge?raak\w*|kwam\w*)‥(?:<YOU>)?…(?:<FIELD>|<DATA>|die\b|eraan|vandaan|gekregen)
access S (?:herkomst|oorsprong|bron) van (?:mijn|die|deze|al|de|uw)
access S (?:aan|met) (?:wie|welke)…(?:door ?(?:ge\w+|gaf|gaven)|doorgegeven|doorgeven|door\b|geef\w*|gedeeld|delen|deelt|verstrek\w*|verkocht|verkoop\w*|verkopen|meegedeeld|overgedragen)
access S (?:lijst|namen|identiteit)‥(?:van )?‥(?:ontvangers|derden|partijen|bedrijven)
access N recht (?:van|op|tot) (?:toegang|inza+ge?)
access N (?:verzoek|aanvraag|vraag|recht|uitoefening)‥(?:om|tot|van|op|voor) (?:inza+ge?|toegang)
access L toegang tot (?:al )?(?:mijn|de|alle) ?(?:persoonlijke )?(?:<DATA>)
access N inza+geverzoek|inza+gerecht
bare S (?:<SEND>)(?: u| jullie| je)? (?:mij|me|ons)‥(?:<MYDATA>)
bare S (?:stuur|geef|mail|bezorg)\w*‥(?:<MYDATA>)(?= ?(?:[.,!?]|$|aub|door|op|toe|eens|naar mij))
bare S (?:<MYDATA>)‥(?:toe ?(?:te )?(?:sturen|zenden|gestuurd)|op ?(?:te )?(?:sturen|vragen|gestuurd)|bezorgen|krijgen|ontvangen|hebben\b|downloaden|mailen|gekregen|door ?sturen|sturen)
bare S (?:krijgen?|ontvangen?|downloaden|opvragen) (?:van )?(?:<MYDATA>)
bare S ik (?:wil|wens|zou)‥(?:<MYDATA>)(?= ?(?:[.,!?]|$))
portability N \w{0,6}overdra+gba+rheid|\w{0,4}portabiliteit|gegevensoverdracht|overdraagbaar\w*
portability S machine ?leesba\w*|machine leesb\w*|leesbaar voor (?:een )?(?:machine|computer)
portability S (?:gestructureerd\w*|gangbaar|herbruikbaar|open)‥(?:formaat|vorm|bestand|format)
portability S (?:formaat|format|bestand)‥(?:<FORMAT>)
portability S (?:in|als|naar|via) (?:een )?(?:\w+ of )?(?:<FORMAT>)
portability S (?:rechtstreeks|direct) (?:aan|naar|bij)
portability S (?:export|ge?exporteer)\w*…(?:<DATA>|contacten|afspraken|agenda|klanten\w*|fiches|account|kalender|modellen|scripts|<FORMAT>)
portability S (?:<DATA>|contacten|afspraken|agenda)…(?:export|ge?exporteer)\w*
portability S (?:over ?(?:te )?(?:drag|zet|bren|mak)\w*|overgedragen|overgezet|door ?(?:te )?(?:stu|gev|zend)\w*|doorgestuurd|stuur|migre\w*|verhuiz\w*|meenemen|mee ?te ?nemen|zenden|bezorg\w*|inlad\w*|inlezen|importer\w*|gebruik\w*)…(?:naar|aan|bij|in) (?:mijn |een |de |het |onze )?(?:<OTHER>)
portability S (?:naar|aan|bij) (?:mijn |een |de |het |onze )?(?:<OTHER>)…(?:over ?(?:te )?(?:drag|zet|bren|mak)\w*|overgedragen|overgezet|door ?(?:te )?(?:stu|gev|zend)\w*|doorgestuurd|migre\w*|meenemen|mee ?te ?nemen|inlad\w*|inlezen|importer\w*)
access S (?:volledig\w* |hele |zijn |haar |mijn )(?:dossier|gegevens)‥over ?te ?maken
access S (?:als|indien|zolang) (?:u|jullie|je) (?:mij |me |ons )?(?:\w+ )?(?:niet|niets|weiger\w*)\b…(?:toon|tonen|zien|zeg\w*|vertel\w*|geef|geven|stuur|sturen|meede\w*)‥(?:wat|alles|welke)…(?:<HOLD>)
access S (?:als|indien|zolang) (?:u|jullie|je|ik) (?:mij |me )?(?:<MYDATA>)‥niet (?:geef|geven|geeft|bezorg\w*|stuur\w*|sturen|krijg\w*)
erasure S (?:niets|geen (?:gegevens|informatie))(?: \w+){0,2} (?:over|van|omtrent) (?:mij|me|ons|haar|hem|hen)‥(?:te |meer )?(?:bewaren|bewaart|bij ?houden|houden|bijhoudt)
erasure S (?:als|indien|mocht|moest|zo) er‥(?:iets|wat|nog|resten?)…(?P<v><ERASEV>)
erasure S (?P<v><ERASEV>)…(?:<ALL>|\bmij\b|\bme\b)
erasure S (?:<ALL>|\bmij\b|\bme\b|\bdat\b|\bze\b)…(?P<v><ERASEV>)
erasure S (?P<v><ERASEN>)…(?:<ALL>)
erasure S (?:verzoek|vraag|vragen|eis|wens|wil|sta|verlang|overgaan|aanvraag|verzoeken)‥(?:om |tot |op |de |een |volledige |onmiddellijke )+‥(?P<v><ERASEN>|ver?wij?dering)
erasure S (?:kan|mag|moet|mogen|kunnen|laat|wil)…(?:<ALL>|alles)…weg(?:halen|gehaald|doen|gedaan)?\b
erasure S (?:haal|neem|smijt|gooi|doe)\w*‥(?:mijn|alle|alles|die|dat|het)…(?:af|weg|eraf|uit)\b
erasure N (?P<v><ERASEN>)
erasure N (?:recht|verzoek|aanvraag) (?:om|op|tot|van|voor) ?(?:de )?(?:gegevens)?(?:wissing|ver?wij?dering|vergetelheid|vergeten te worden)
erasure S recht om vergeten te worden
erasure N recht op vergetelheid|gegevenswissing
erasure S (?:haal|neem|schrijf|gooi|smijt|zet|doe) (?:mij|me|mijn \w+|ons|alles)…(?:uit|van|weg)‥(?:bestand\w*|databank|database|systeem|systemen|register|klantenbestand|site|weg|server\w*)
erasure S uit (?:uw|jullie|je|de|het) (?:bestand\w*|databank\w*|database\w*|systeem|systemen|klantenbestand|crm)…(?:halen|gehaald|schrappen|geschrapt|verdwijn\w*|te halen)
erasure S (?:wil|wens|mag|mogen|moet)‥(?:ik )?(?:niet (?:meer|langer)|nergens)…(?:in (?:uw|jullie|je)|bij (?:u|jullie|je)|bewa\w*|bijhou\w*|opgeslagen)
erasure S (?:bewaar|houd|hou|stop) (?:niets|geen|met het bewaren|niet (?:meer|langer))‥(?:<DATA>|<P>|bij)
erasure S (?:vergeet|vergeten) (?:mij|me)\b
erasure S (?:mijn|al mijn|alle) (?:\w+ )?(?:<ALL>)‥(?:mag|mogen|moet|moeten) (?:allemaal )?weg
rectification S (?P<v><RECTV>)‥(?:<MYFIELD>)
rectification S (?:<MYFIELD>|\bdit\b|\bdat\b|^(?:<FIELD>))…(?P<v><RECTV>)
rectification C (?:mijn|de|het|onze|zijn|haar) (?:<FIELD>|<DATA>|voornaam|achternaam)…(?:is|zijn|staat|staan|was|klop\w*|werd)…(?:omgewisseld|verwisseld|fout\w*|verkeerd\w*|onjuist\w*|incorrect\w*|niet (?:juist|correct|goed|meer (?:juist|correct|geldig|actueel))|verouderd\w*|klopt niet|niet|een (?:fout|tikfout|typfout))
rectification C (?:fout\w*|verkeerd\w*|onjuist\w*|incorrect\w*|verouderd\w*)‥(?:gespeld\w* |geschreven |ingevuld\w* |genoteerd\w* )?‥(?:<FIELD>|geboorte\w*)
rectification C (?:<FIELD>)‥(?:fout\w*|verkeerd\w*|onjuist\w*|incorrect\w*|verouderd\w*)
rectification C (?:fout\w*|verkeerd\w*|onjuist\w*|slecht)‥(?:gespeld|geschreven|ingevuld|genoteerd|geregistreerd|opgeslagen|vermeld|gezet)
rectification C (?:fout|fouten|tikfout|typfout|spelfout|vergissing)‥(?:in|met|bij|van)‥(?:<FIELD>|<DATA>)
rectification S (?:nieuwe?|juiste?|correcte?) (?:<FIELD>)‥(?:is|:|wordt|luidt|=|moet|vanaf|sinds)
rectification S (?:moet|hoort) (?:\w+ )?(?:met |als |"?[^ ]{0,12}\d[^ ]{0,20} )(?:[^ ]{1,20} )?(?:zijn|te zijn|worden|staan|geschreven)
rectification S (?:<FIELD>)…(?:wordt|is (?:voortaan|nu|vanaf|sinds)|in plaats van|ipv|i\.p\.v)\b
rectification C (?:schrijf|schrijven|schrijft|spelt|spellen|noteert|vermeldt)‥(?:u |jullie |je )?(?:mijn|m n) (?:<FIELD>|voornaam|achternaam)
rectification S (?:naams?|adres|nummer)(?:wijziging|verandering)|(?:wijziging|verandering) van (?:naam|adres|nummer|mijn \w+)
rectification S er ontbreekt‥(?:een )?(?:letter|trema|accent|cijfer|[a-z]\b)
rectification S (?:schrijf|spel|heet)‥(?:ik |mijn |je |men )?(?:met|opnieuw|als|voortaan|niet)
rectification W (?:ik ben|wij zijn|we zijn) (?:\w+ ){0,3}verhuisd|(?:ander|nieuw) (?:adres|nummer)
rectification N (?:recht|verzoek) (?:op|tot|van|om) (?:rectificatie|verbetering|correctie)
rectification N (?:rectificatie|verbetering|correctie) (?:van )?(?:mijn|de|het)
restriction S beperk\w*…(?:verwerking|gebruik|gegevens|verwerken)
restriction S (?:verwerking|gebruik|gegevens)…(?:te )?beperk(?:en|t|ing)?\b
restriction S (?P<v>bevr?iez\w*|bevries\w*|bevroren|blokk?er\w*|geblokkeerd|opschort\w*|opgeschort|schort…op|pauze\w*|gepauzeerd|on hold|stil ?(?:te )?leg\w*|vergrendel\w*)…(?:gegevens|verwerking|fiche|dossier|vermelding|info\w*|gebruik|notitie|score|registratie|\bdit\b|\bze\b)
restriction S (?:gegevens|verwerking|fiche|dossier|vermelding|notitie|registratie|score|info\w*)…(?P<v>bevr?iez\w*|bevroren|blokk?er\w*|te blokkeren|op ?(?:te )?schort\w*|opgeschort|gepauzeerd|pauzeren|on hold|stil ?(?:te )?leg\w*|vergrendel\w*)
restriction S (?:niet|niets|geen)(?: meer| langer| verder)?…(?:gebruik\w*|verwerk\w*|doen|aanraken|delen|doorgeven)…(?:<UNTIL>|maar…(?:bewa|hou|bijhou)\w*)
restriction S (?:<UNTIL>)…(?:niet|niets|geen|stop\w*)…(?:gebruik\w*|verwerk\w*|mee doen|aanraken|doorgeven)
restriction S (?:bewa|bijhou|hou)\w*…(?:maar|zonder)…(?:gebruik\w*|verwerk\w*|aankomen|aanraken|mee doen)
restriction S (?:bewa|hou|bijhou)\w*…(?:niets anders|geen ander|nergens anders|verder nergens|onthoud)…(?:gebruik\w*|voor)?
restriction S (?:gebruik|verwerk)\w*‥(?:niet|niets)…(?:<UNTIL>)
restriction S (?:stop|zet|leg|schort)\w*…(?:verwerking|gebruik)…(?:<UNTIL>)
restriction S (?:noch|niet) (?:ge)?(?:wis|verwijder)\w*(?: noch| of)…(?:gebruik|verwerk)\w*
restriction S (?:gebruik\w*|verwerk\w*)…maar…(?:bewa|bijhou|hou)\w*
restriction S (?:verzet (?:ik )?(?:mij|me)|(?:mij|me) verzet\w*|bezwaar tegen|gekant tegen|\Ategen)‥(?:ver?wij?der\w*|wissen|wissing|vernietig\w*|schrappen)
restriction S (?:bewa|bijhou|bij (?:te )?hou)\w*…(?:niet (?:te )?|zonder (?:\w+ )?te )(?:wis|verwijder|vernietig)\w*
restriction W (?:verwijder|wis|schrap)\w*…(?:niet|niets)\b
restriction N recht op beperking
objection_dm S (?:verzet|bezwaar|tegen)…(?:<MKT>)
objection_dm S (?:<MKT>)…(?:verzet|bezwaar)
objection_dm S (?:geen|niet|nooit|stop\w*|genoeg|beu|zonder|ophouden|gedaan|af van|vanaf van|hou op|weiger)‥‥(?:<MKT>)
objection_dm S (?:<MKT>)‥‥(?:niet meer|niet langer|stop\w*|wil ik niet|hoef\w* (?:ik )?niet|beu|ophouden)
objection_dm S uit ?(?:te )?(?:ge)?schr[ij]+[vf]\w*|schrijf (?:mij|me|ons)…uit\b|afmeld\w*|af ?te ?melden|meld (?:mij|me|ons)…af\b|afgemeld|unsubscribe\w*|uitgeschreven
objection_dm S (?:haal|schrap|verwijder|neem|wis|zet|gooi)\w*…(?:mailing ?lijst\w*|mailing ?list\w*|nieuwsbrie\w*|verzendlijst\w*|maillijst\w*|marketinglijst\w*|bellijst\w*|adressenlijst|reclamelijst\w*|distributielijst)
objection_dm S (?:mailing ?lijst\w*|verzendlijst\w*|maillijst\w*|marketinglijst\w*|bellijst\w*)…(?:halen|gehaald|schrappen|geschrapt|verwijder\w*)
objection_dm S (?:bel|mail|contacteer|stuur|bellen|mailen|contacteren|sturen|sms|benader|schrijf) (?:mij|me|ons)…(?:niet|geen|nooit)\b…(?:meer|mails?|sms\w*|berichten)
objection_dm S (?:niet|nooit|geen (?:mails?|sms\w*|telefoontjes|berichten|oproepen|post))‥(?:meer|langer)?‥(?:bel(?:len|t)|gebeld|mailen|gemaild|contacteren|gecontacteerd|lastig ?(?:ge)?vallen|lastiggevallen|benaderd|ontvangen|krijgen|toesturen|sturen)
objection_dm S geen (?:\w+ )?(?:mails?|sms\w*|telefoontjes|oproepen|berichten|post|brieven) (?:meer|langer)
objection_dm S (?:stuur|zend|mail|sms)\w*‥geen (?:\w+ )?(?:mails?|berichten|sms\w*|post|telefoon\w*|brieven)
objection_dm S (?:stop|hou\w* op|ophouden)‥(?:met|eens met)‥(?:bellen|mailen|sturen|contacteren|lastig|sms\w*|spammen|het sturen|het bellen)
objection_dm S stop (?:reclame|sms|mails?|promo\w*|spam|nieuws\w*)
objection_dm S (?:nog (?:steeds|altijd)|toch|opnieuw|weer|ondanks|blijf\w*|elke (?:week|dag))…(?:<MKT>)
objection_dm S (?:<MKT>)…(?:ondanks|hoewel|nog (?:steeds|altijd)|terwijl)
objection_dm S (?:met rust|rust laten)
objection S (?:verzet (?:ik )?(?:mij|me)|(?:mij|me) (?:te )?(?:verzet\w*)|verzet aan|teken\w*‥(?:bezwaar|verzet)|(?:bezwaar|verzet)‥(?:aan ?(?:te )?teken\w*|in ?(?:te )?dien\w*|tegen)|maak\w*‥bezwaar|bezwaar (?:te )?mak\w*|dien\w*‥(?:bezwaar|verzet)|heb\w*‥bezwaar)
objection N recht (?:van|op) (?:bezwaar|verzet)
objection_general S (?:stop\w*|niet (?:meer|langer)|geen|staak|staken)…(?:profiler\w*|geprofileerd|profilering|volg(?:en|t)|gevolgd|track\w*|getrackt|analyse\w*|geanalyseerd|scor(?:e|ing)\w*|statistiek\w*|doorverko\w*|trainen|verrijk\w*)
objection_general S (?:<MYDATA>)…niet (?:meer |langer )?‥(?:del|door ?ge|verko|verstrek)\w*…(?:derden|partners|andere|anderen|bedrijven)?
objection_general S (?:profiler\w*|tracking|analyse)…(?:stop\w*|niet meer|staken)
nouse S (?:niet|geen)(?: meer| langer| verder)‥(?:te )?(?:gebruiken|gebruikt|verwerken|verwerkt)
nouse S (?:stop|staak)\w*…(?:gebruik\w*|verwerk\w*)
consent_withdrawal S toeste?m+ing\w*…(?:in ?(?:te )?trek\w*|ingetrokken|trek…\bin\b|herroep\w*|terug ?(?:te )?trek\w*|teruggetrokken|als ingetrokken|vervallen)
consent_withdrawal S (?P<v>trek\w*|intrek\w*|in te trekken|ingetrokken|herroep\w*|terugtrek\w*|annuleer\w*)…(?:toeste?m+ing\w*|akkoord|goedkeuring|consent|opt in)
consent_withdrawal S (?:akkoord|goedkeuring|consent)…(?:in ?(?:te )?trek\w*|ingetrokken|trek…\bin\b|herroep\w*)
consent_withdrawal S (?:geef|heb|ga|stem)‥(?:hiervoor |u |jullie |niet )?(?:geen toestemming|niet|geen)‥(?:meer|langer)‥(?:toestemming|akkoord|toe|voor|met)…
consent_withdrawal S (?:geef|geven) (?:\w+ ){0,3}(?:geen|niet langer) (?:\w+ )?toestemming meer
consent_withdrawal S (?:niet|geen) (?:meer|langer) akkoord‥(?:met|dat)
consent_withdrawal S (?:weiger|wil geen)\w*‥(?:\w+ )?cookies
automated_decision S menselijke (?:tussenkomst|beoordeling|controle|toets\w*|interventie|blik)
automated_decision S (?:<HUMAN>)…(?:<REVIEW>)
automated_decision S (?:<REVIEW>)…(?:door|van) (?:een )?(?:<HUMAN>)
automated_decision S (?:betwist|aanvecht|vecht…aan|bezwaar|niet akkoord|verzet)\w*…(?:beslissing|besluit|weigering|afwijzing|score|blokkering)…(?:<MACHINE>)
automated_decision S (?:<MACHINE>)…(?:beslissing|besluit\w*|weigering|afwijzing|score)…(?:betwist|aanvecht|bezwaar|niet akkoord)\w*
automated_decision S niet (?:\w+ ){0,3}onderworpen…(?:besluit\w*|beslissing\w*)
automated_decision W (?:geautomatiseerde|automatische)‥(?:besluit\w*|beslissing\w*)
"""

# Sets of words for mails in which no way of asking was found: two of them near each other are a hint.
LOOSE = {
    "GONE": r"(?:weg\b|verdwijn\w*|afsluiten|sluit\w*|opdoeken|deactive\w*|niets meer|vuilbak|prullenbak)",
    "WRONG": r"(?:heet|nu|oude?|sinds kort|fout\w*|verkeerd\w*|onjuist\w*|incorrect\w*|klopt niet|niet (?:juist|correct)|nieuwe?|voortaan|gewijzigd|veranderd|recht ?zet\w*|rechtgezet|anders)",
    "WHO": r"(?:mevrouw|meneer|mijnheer|aanspreking|btw|verjaardag|geboren|leeftijd|<FIELD>)",
    "STOP": r"(?:stop\w*|ophouden|hou\w* op|genoeg|beu|niet meer|geen|nooit|kappen|vermoei\w*)",
    "SELLING": r"(?:<MKT>|bel(?:len|t|letjes?)|telefoontjes?|verkopers?|lastig\w*)",
    "USE": r"(?:gebruik\w*|verwerk\w*|aanrak\w*|benut\w*|verspreid\w*)",
    "DISPUTE": r"(?:betwist\w*|geschil|rechtbank|rechter|proces\b|advocaat|bewijs|procedure|nagekeken|juistheid|<UNTIL>)",
    "KEEP": r"(?:bewar\w*|bewaar\w*|bijhoud\w*|hou\b|houden|niet (?:wissen|verwijderen))",
    "SELF": r"(?:mij|me|mijn|ik|m n|onze|ons)\b",
    "RECORDS": r"(?:\w{0,10}opnames?|\w{0,10}gegevens|info\w*|nota s|notities|dossier|fiche|geschiedenis|chats?|\w{0,8}gesprekken|berichten|logs|data)\b",
    "GIVE": r"(?:<SEND>|zien|inkijken|beluister\w*|weten|kennen|lezen|overzicht)",
    "TAKE": r"(?:import\w*|export\w*|overzet\w*|overdrag\w*|meenem\w*|inlad\w*|bestand|krijgen|doorsturen)",
    "THEIRS": r"(?:<OTHER>|<FORMAT>|ander (?:programma|pakket)|elders|concurrent\w*|dataportabiliteit)",
    "CONSENT": r"(?:aangevinkt|ingestemd|aanvaard|toegestaan|toeste?m+ing\w*|akkoord|goedkeuring|instemming)",
    "WITHDRAW": r"(?:ongedaan|bedacht|niet langer|trek\w*|intrek\w*|in te trekken|ingetrokken|herroep\w*|verval\w*|niet meer geldig|van gedacht\w* veranderd|terug\w*)",
    "JUDGED": r"(?:<HUMAN>|betwist\w*|herbekijk\w*|bezwaar|uitleg\w*|verklar\w*)",
}

NOUNS = {
    "access": r"inza+ge?|toegang|kopie",
    "rectification": r"rectificatie|verbetering|correctie|aanpassing",
    "erasure": r"wissing|ver?wij?dering|vergetelheid|gegevenswissing|wissen|verwijderen",
    "restriction": r"beperking",
    "portability": r"\w{0,8}overdra+gba+rheid|portabiliteit|gegevensoverdracht",
    "objection": r"bezwaar|verzet",
    "consent_withdrawal": r"intrekking (?:van )?(?:mijn |de )?toestemming",
    "automated_decision": r"geautomatiseerde besluitvorming|menselijke tussenkomst",
}
EXERCISE = r"(?:oefen\w*|uitoefen\w*|beroep\w*|gebruik\w*|inroep\w*|roep)‥‥rechten?|rechten? (?:uit\b|uitoefen\w*|die ik)|(?:uitgeoefende|volgende|gevraagde) rechten|mijn rechten"

GATES = {
    "ask": r"""
(?:wil|wens|vraag|eis|verzoek) (?:dat|om|mijn|u|jullie|een|inzage)
(?:ik|wij|we)‥(?:vraag|vragen|wil|willen|wens|wensen|verzoek\w*|eis|eisen|verlang|zou|zouden|had|maak\w* gebruik|oefen|beroep|dien|sta)
(?:vraag|verzoek|wil|wens|eis|zou|oefen|wou|had) ik
(?:gelieve|graag|aub|a u b|alstublieft|alsjeblieft|svp|s v p|hierbij|bij deze|gaarne|dank om|bedankt om|verzoeke)
(?:kan|kun|kunt|kunnen|zou|zouden|wil|willen|mag|mogen)‥(?:u|je|jij|jullie|ik|ge|dit|dat)
(?:uitoefen\w*|oefen|gebruik\w*|beroep\w*)‥(?:recht|rechten)
(?:op grond|op basis|krachtens|overeenkomstig|conform|in toepassing|in het kader|ingevolge)
verzoek (?:tot|om|van)
""",
    "about": r"""
hoe (?:kan|kun|kunnen|zou|moet|moeten|ga|doe|gaat|verloopt)‥(?:ik|we|wij|men|je|dat|dit|zoiets)
(?:heb ik|hebben wij|heb je)‥(?:het )?recht
welke rechten|wat zijn mijn rechten|wat (?:gebeurt|gebeurd) er (?:als|met)
(?:later|eventueel|ooit|in de toekomst|desgevallend)…(?:wis|verwij|vraag|vragen|opvra|inzage|kunnen)\w*
(?:wis|verwij|opvra)\w*…(?:later|ooit|als ik (?:ooit|later|stop)|na de proef\w*)
(?:kan|zou) ik…(?:ook )?(?:later|ooit|eventueel)
is het mogelijk om‥later|wat is de procedure|welke procedure
""",
    "cited": r"""
(?:u|je|jij) (?:hebt|heeft|heb|beschikt|behoudt|geniet)‥(?:het |een |over |steeds |altijd |te allen tijde )?rechten?\b
(?:u|je) (?:kunt|kan|mag)‥(?:altijd|steeds|te allen tijde|op elk moment|uw|je)…(?:inkijken|inzien|verbeteren|laten|vragen|intrekken|uitschrijven|wissen|opvragen)
(?:iedereen|elke (?:burger|persoon)|betrokkenen|klanten|gebruikers|personen)‥(?:heeft|hebben|kan|kunnen|mag)
rechten van (?:de )?betrokkene\w*
(?:gids|webinar|studiedag|brochure)\b
(?:wij|we) (?:verwerken|respecteren|beschermen) uw (?:persoons)?gegevens
""",
    "not_only": r"niet (?:alleen|enkel|slechts)",
    "fail": r"""
nog (?:steeds|altijd)? ?(?:niet|niets|geen)
(?:hebt|heeft|hebben|is|zijn|werd|werden)\b‥(?:niet|niets|geen|nooit)
(?:hebt|heeft|hebben|is|zijn|werd|werden) (?:u|jullie|je|mijn \w+)…(?:niet|nooit)
als (?:u|jullie|je)…niet
(?:binnen|tegen)‥(?:dagen|maand|week|weken)
niet (?:ontvangen|gekregen|gebeurd|uitgevoerd)
weiger\w*
""",
    "neg_before": r"""
(?:wil|wens|vraag|hoef|bedoel|verzoek|zou|moet)‥niet(?: dat| om| te)?\b(?: (?:u|jullie|je|mijn|de|het|alle|al|alles|om|te|dat|laten|gegevens|account)){0,6}
(?:niet|geen|niets|nooit|zonder|noch|nergens|tegen|leiden? tot|leidt tot|voor)(?! (?:meer|langer|alleen|enkel|nodig))(?: (?:te|de|het|mijn|een|om|volledige|alles|laten|gegevens|account|zomaar|nu|al)){0,3}
""",
    "neg_after": r"""
[^,]{0,45}?\b(?:niet|niets|nooit)(?: (?:te|worden|meer|hoor|zomaar|dus|graag|aub|nu|direct)){0,2} ?(?:[.!?]|$)
(?: ik| u| jullie| je)? ?(?:voorlopig |zeker |vooral )?(?:niet|niets|nooit)\b(?! (?:meer|langer|alleen|enkel))
""",
    "breakers": r"\b(?:en|maar|dus|gelieve|graag|aub|want|daarna|vervolgens|omdat)\b",
    "past": r"(?:(?:heb|hebben) (?:ik|we|wij)|(?:ik|we|wij) (?:heb|hebben|had)|werd|werden|(?:hebt|hebben|heeft) (?:u|jullie|zij))\b[^,;]{0,60}",
    "past_token": r"(?:ver?wij?derd|gewist|uitgewist|geschrapt|vernietigd|gedeletet?|aangepast|gewijzigd|gecorrigeerd|veranderd|verbeterd|bevroren|geblokkeerd|opgeschort)",
    "login": r"""
wachtwoord|paswoord|inloggen|inlog\w*|ingelogd|aanmelden (?:lukt|gaat)|login|kan niet (?:meer )?(?:in|aan|binnen)|geraak\w* niet|kom niet (?:meer )?in|pincode|inlogcode
""",
    "old": r"(?:oude?|vorige?|voormalige?)",
    "notdata": r"(?:wachtwoord|paswoord|factu\w+|abonnement|formule|bedrag|afspraak|bestelling|contract|betaling|tarief|betaalmethode)",
    "notdm": r"(?:factu\w+|herinnering\w*|afspra\w+|wachtwoord|cursus|opleiding|universiteit)",
    "notobjection": r"(?:factu\w+|betaling|prijs\w*|contract|opzeg\w*|domicili\w+|boete|bedrag|verhoging)",
    "purpose": r"""
gerechtvaardigde? belang\w*|(?:specifieke|bijzondere|persoonlijke|particuliere) situatie|mijn situatie|21[ .,(]*1|21 lid 1|profiler\w*|tracking|track\w+|volg\w+|analyse\w*|statistie\w+|score|scoring|partners|derden|onderzoek|\bai\b|trainen
""",
    "add": r"""
nu (?:u|je|jullie|ik) (?:toch )?(?:bezig|u|je|jullie)|ook|meteen|ineens|daarnaast|bovendien|verder|trouwens|nog iets|nog één|nog een|tegelijk|en passant|overigens|extra|erbij
""",
    "same": r"""
(?:blijft|blijf) (?:zo|gelden|staan|ongewijzigd|hetzelfde)|dat verandert niet|zoals (?:ik )?(?:al |reeds )?(?:gevraagd|gezegd|vermeld|afgesproken)|nog steeds geen
""",
}

CUES = {
    "chaser": r"""
(?:geen|zonder|nog geen|nooit) (?:enige? |verder |enig )?(?:inhoudelijk )?(?:antwoord|reactie|nieuws|bericht|gehoor|gevolg|respons)
nog (?:steeds|altijd) (?:niets|geen|niet|op antwoord)
(?:niets|niks) (?:meer )?(?:van (?:u|jullie) )?(?:gehoord|ontvangen|vernomen)
(?:herinnering|aanmaning|ingebrekestelling|rappel|stel u in gebreke|reminder|opvolging)
herinner\w*‥(?:u|jullie|je)‥(?:aan|eraan|dat)
(?:termijn|maand)‥(?:is |al )?(?:verstreken|voorbij|overschreden|verlopen)
(?:wacht|wachten)‥(?:nog|al|ik)
hoe (?:zit|staat) het (?:met|ermee|nu)
(?:mijn|onze) (?:verzoek|vraag|mail|brief|bericht|aanvraag)\w*‥(?:van|dd\.?|gedateerd)‥(?:\d|jan|feb|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec)
(?:op|in|vorige|weken geleden|maanden geleden)‥(?:\d+ \w+|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|week|maand)…(?:vroeg ik|heb ik|schreef ik|stuurde ik)
(?:weken|maand|maanden|dagen) geleden
voor de (?:tweede|derde|zoveelste) keer|(?:contacteer|schrijf|mail|richt)‥(?:ik )?(?:u|jullie|je|mij)‥(?:opnieuw|nogmaals)
""",
    "complaint": r"""
(?:ik|wij|hierbij)‥(?:dien|leg|formuleer|wens|wil)‥(?:een |formeel )?klacht
klacht (?:in|neer|indienen|in te dienen|neerleggen)
(?:dit|deze mail|hierbij) is een klacht
ik (?:beklaag|klaag)
(?:mijn|een|deze) klacht
(?:ik|wij)…(?:klagen|klacht|beklag|beklagen)
(?:wil|willen|wens|moet|kom)\b‥(?:officieel |formeel )?klagen
\Aklacht
""",
    "threat": r"""
(?:als|indien|anders|zo niet|zoniet|bij gebrek|zonder antwoord|komt er geen|daarna|nadien)\b
(?:gegevensbeschermingsautoriteit|gba|autoriteit persoonsgegevens|rechtbank|rechter|advocaat)\b
""",
    "outrage": r"""
onaanvaardbaar|schandalig|schande|ongehoord|onbegrijpelijk|ontoelaatbaar|ongelooflijk|ik ben (?:zeer |heel |erg )?(?:ontevreden|boos|kwaad|teleurgesteld|verontwaardigd)|niet serieus|lachwekkend|beneden alle peil|hier klopt niets van
datalek|lek van gegevens|schending van|privacyschending|inbreuk op
(?:antwoord|kopie)‥(?:is |was )?(?:onvolledig|ontoereikend|niet volledig)
""",
    "privacy": r"verwijder\w*|wissing|dossier|gesprekken|gegevens|avg\b|gdpr|privacy|cookies?|vertrouwelijk\w*|verwerking|persoonlijk\w*|toestemming|gba\b|reclame|nieuwsbrief|mails?|rechten|recht\b|beleid|inzage",
    "info": r"""
hoe ?lang|bewaartermijn\w*|waar (?:staan|staat|worden|bewaar\w*|bevind\w*|sla\w*)|servers?|gehost|host\w*|doorgifte|doorgegeven|privacy shield|verenigde staten|\bvs\b|\busa\b|buiten (?:de )?(?:eu|eer|europ)\w*|verwerkers?|onderaannemers?|rechtsgrond|grondslag|op welke grond|functionaris|dpo|beveilig\w*|versleutel\w*|cookies?|beleid|rechten|gegevens|avg|opgeslagen|opgenomen|\bai\b|derden|profiler\w*|doeleinden
""",
    "question": r"(?:zou|wil|wou) ik (?:graag )?(?:weten|willen weten|begrijpen)|graag (?:weten|uitleg|meer informatie)|vraag ik (?:mij|me) af|vroeg (?:mij|me) af|kan (?:u|je|iemand)‥uitleggen|vraagje|\bvraag\b|uitleg|verduidelijk\w*|inlichting\w*",
    "theme": r"rechtsgrond|verwerkers?|verwerkingsregister|gegevens|cookies?|avg|gdpr|privacy\w*|beleid|vertrouwelijk\w*|opgenomen|opgeslagen|gesprekken|rechten|dpo|verwerk\w*",
    "survey": r"""
thesis|scriptie|masterproef|bachelorproef|eindwerk|enquête|bevraging|vragenlijst|student(?:e)? (?:aan|in)|journalist|onderzoek naar|studie over|schoolopdracht
leveranciers?\b|verwerkersovereenkomst|audit|offerteaanvraag|bijlage 1
sollicit\w+|vacature|motivatiebrief|stageplaats|\bstage\b
""",
    "deceased": r"overleden|overlijden|gestorven|wijlen|nalatenschap|erfgena\w+",
    "offtopic": r"factu\w+|terugbeta\w*|terugstort\w*|opzeg\w*|zeg‥op\b|abonnement|wachtwoord|bug\b|storing|installatie|tarief|prijs|offerte|contract|herroeping\w*|bestel\w*|levering|afspraak|helpdesk|werkt niet|terugzetten|herstel\w*|dank(?:je|u)|bedankt voor",
    "thanks": r"(?:bedankt|dank)\b.{0,60}(?:in orde|gelukt|opgelost|goed (?:ontvangen|aangekomen)|werkt)|bedankt voor|dank (?:je|u)wel voor|proficiat|heel (?:duidelijk|nuttig)|goed gedaan",
    "spam": r"""
onze (?:experts|oplossing|specialisten|aanbieding)|vanaf \d+|\d+ ?(?:€|eur|euro)? ?(?:/|per) ?maand|\d+ ?% korting|gratis (?:demo|proef\w*|audit|scan)|vrijblijvend\w*|hoger in google|leads?\b|omzet (?:verhogen|verdubbel\w*)|kort gesprek|kennismaking\w*|belletje\b|een kwartier(?:tje)?|\d+ min\w* (?:bellen|tijd)
klik (?:hier|op)|betaal (?:nu|direct|onmiddellijk)|laatste (?:herinnering|aanmaning|waarschuwing)|nog niet betaald|open de bijlage|bevestig (?:uw|je)|verifieer (?:uw|je)|account (?:wordt|zal worden) (?:geblokkeerd|gesloten|opgeschort)|gewonnen|erfenis|miljoen\w*|bitcoin|crypto\w*|lening\b|pakket(?:je)? (?:kon|staat|wacht)|openstaande factuur|invorder\w*
om niet langer|antwoord (?:met )?(?:stop|uitschrijven)
uw (?:site|website|bedrijf)‥(?:is niet|voldoet niet)
""",
    "reason": r"""
omdat|omwille|want\b|aangezien|daar ik|vermits|gezien|wegens|reden|zodat|vandaar|ten gevolge|naar aanleiding|doordat|anders\b|sinds\b
(?:ik|we|wij)‥(?:niet|geen)‥(?:meer|langer)‥(?:nodig|gebruik\w*|actief)|(?:gebruik|heb|werk)‥(?:niet|geen)‥meer
(?:ik ben|ik heb|ik stap|ik ga|wij zijn|we zijn)‥(?:gestopt|verhuisd|over|veranderd|verkocht|weg|gesloten|getrouwd|gescheiden|getest|verloren)
niet meer (?:nodig|gebruik\w*|klant)|vertrouw\w*|geschil|datalek|lek bij|lastig gevallen|voor ik (?:mij|me)
(?:ik )?krijg (?:ik )?(?:nu|steeds|telkens|elke|te veel|constant|voortdurend|nog)
typfout|fout van (?:u|jullie)
""",
    "representative": r"""
(?:mijn|onze) cliënte?\b|namens\b|in naam (?:en voor rekening )?van|in opdracht van|voor rekening van|(?:schrijf|mail|vraag|contacteer|handel|spreek)(?: \w+){0,3} (?:voor|in plaats van|in de plaats van) (?:mijn|onze) (?:\w+ ){0,2}?(?:moeder|vader|mama|papa|man|vrouw|partner|echtgenote?|oma|opa|grootmoeder|grootvader|tante|oom|broer|zus|zuster|zoon|dochter|kind|nicht|neef|buurman|buurvrouw|vriend|vriendin|schoon\w+|baas|kleinkind)\b|(?:mijn|onze) (?:\w+ ){0,2}?(?:moeder|vader|mama|papa|man|vrouw|partner|echtgenote?|oma|opa|grootmoeder|grootvader|tante|oom|broer|zus|zuster|zoon|dochter|kind|nicht|neef|buurman|buurvrouw|vriend|vriendin|schoon\w+|baas|kleinkind)\b‥…(?:vroeg|vraagt|verzocht|smeekte) (?:mij|me|ons)\b|(?:mijn|onze) (?:\w+ ){0,2}?(?:moeder|vader|mama|papa|man|vrouw|partner|echtgenote?|oma|opa|grootmoeder|grootvader|tante|oom|broer|zus|zuster|zoon|dochter|kind|nicht|neef|buurman|buurvrouw|vriend|vriendin|schoon\w+|baas|kleinkind)\b‥…heeft (?:mij|me|ons)(?: \w+){0,2} (?:gevraagd|verzocht|gemachtigd|aangesteld)|(?:voogd|bewindvoerder|mantelzorger) van\b|volmacht|mandaat|gemachtigde?|vertegenwoordig\w*
(?:ik ben|als|in mijn hoedanigheid van)‥(?:de |zijn |haar )?(?:moeder|vader|mama|papa|ouder|voogd|advocaat|raadsman|bewindvoerder|wettelijke? vertegenwoordiger|mantelzorger)
(?:mijn|onze) (?:zoon\w*|dochter\w*|kind\w*)…(?:\d+ jaar|minderjarig\w*|account|gegevens|ingeschreven|foto\w*|profiel)
(?:gegevens|account|profiel|foto\w*) van (?:mijn|onze) (?:zoon\w*|dochter\w*|kind\w*|moeder|vader|man|vrouw|oma|opa|cliënte?|grootmoeder|grootvader)
(?:mijn|onze) (?:moeder|vader|mama|papa|man|vrouw|partner|echtgenote?|oma|opa|grootmoeder|grootvader|tante|oom|broer|zus|zoon|dochter|kind)\b…(?:gegevens|informatie|account|dossier|alles|wat)‥(?:over|van) (?:haar|hem)\b
(?:gegevens|informatie|alles|wat) (?:die |dat )?(?:u|jullie|je)‥over (?:haar|hem)\b
(?:mijn|onze) (?:moeder|vader|mama|papa|man|vrouw|partner|echtgenote?|oma|opa|grootmoeder|grootvader|tante|oom|broer|zus)\b…(?:wil|wenst|vraagt|zou graag|wou)\b…(?:haar|zijn) (?:gegevens|account|dossier|profiel|adres)
""",
    "identity": r"identiteitskaart|id kaart|identiteitsbewijs|paspoort|reispas|rijbewijs|verblijfstitel|\beid\b|legitimatie\w*|voorkant|achterkant|voor en achterkant",
    "signature": r"handtekening|paraaf|ondertekend",
    "farewell": r"met groet(?:en|jes)?\b|met vriendelijke groet\w*|vriendelijke groet\w*|mvg|groet(?:en|jes)?\b|hoogachtend|hartelijke groet\w*|beste groet\w*|met de meeste hoogachting|alvast (?:bedankt|dank|gelukkig)|bedankt|dank (?:u|je)|dankjewel|dank bij voorbaat|fijne dag|tot (?:binnenkort|horens)|met achting",
    "first_person": r"\b(?:ik|mijn|gelieve mij|wij vragen)\b",
    "footer": r"""
(?:dit|deze) (?:bericht|mail|e ?mail)‥(?:is|en|kan|bevat)‥(?:vertrouwelijk|bestemd|bijlagen|uitsluitend|eventuele)
indien u niet de (?:bedoelde|beoogde)|disclaimer|vertrouwelijkheid|denk aan het milieu|voor u deze mail afdrukt|verzonden (?:vanaf|met) mijn|verstuurd (?:vanaf|met) mijn|privacy ?:|avg ?:|privacyverklaring ?:|wij verwerken uw|outlook voor|virusvrij
""",
    "today": r"vandaag|heden|op datum van",
}

STOPWORDS = """
ik je jij jullie u uw wij we ons onze mij mijn me hij zij ze het de een en of maar want dus dat die dit deze er is zijn was waren ben
bent heb hebt heeft hebben had word wordt worden werd niet geen wel ook nog al alle alles meer van voor met aan op in uit naar bij
over onder om te door tot tegen zonder als dan toen wat wie welke waar hoe waarom kan kunt kunnen wil wilt willen zal zou moet mag
graag gelieve beste geachte hallo goeiedag dag groeten groet vriendelijke alvast bedankt hierbij gegevens verwijderen wissen inzage
reclame toestemming recht verzoek klacht antwoord bericht verzonden vanaf tussen eens gewoon even zo nu hier daar iets niets iemand
nooit altijd steeds sinds stuur geef trek schrijf krijg mvg svp aub bijlage werd
"""

VOCABULARY = """
verwijderen verwijdering verwijder verwijderd gegevens persoonsgegevens rectificatie verbeteren aanpassen wijzigen corrigeren
overdraagbaarheid machineleesbaar toestemming nieuwsbrief nieuwsbrieven reclamemails uitschrijven afmelden bezwaar beperking
bevriezen verwerking geautomatiseerde beslissing menselijke tussenkomst identiteitskaart bewaren informatie ontvangers herkomst
intrekken marketing identiteit geboortedatum rekeningnummer telefoonnummer achternaam voornaam
"""
