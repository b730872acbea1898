"""German words of requests. Umlauts stand as they are spelt; "ae", "oe", "ue" and bare vowels match too."""

MACROS = {
    "DATA": r"(?:\w{0,16}(?:daten|angaben|informationen|infos?)|datensätze?\w*|dossier|akte|profil|unterlagen|einträge?\w*|dateien)\b",
    "ACCT": r"(?:\w{0,10}konto\w*|\w{0,10}account\w*|\w{0,8}profil\w*|registrierung|eintrag\w*)\b",
    "FIELD": (
        r"(?:\w{0,14}(?:adresse\w*|anschrift\w*|name[ns]?|nummer\w*|datum|nr)|strasse|straße|hausnummer|handy\w*|telefon\w*|tel|mobil\w*|e? ?mail\w*|mailadresse|iban|plz|postleitzahl|wohnort|fotos?|geschlecht|anrede|titel|familienstand|beruf|sprache|kontaktdaten|bankverbindung|schreibweise)\b"
    ),
    "MYFIELD": r"(?:mein\w*|unser\w*|sein\w*|der|die|das|den|dem|des|diese\w*|eine\w*|ihre\w*|im|zum) (?:\w+ )?(?:<FIELD>|<DATA>|fehler|tippfehler|eintrag\w*|vermerk\w*|vornamen?|nachnamen?)",
    "ALL": r"(?:<DATA>|<ACCT>|<FIELD>|aufnahmen|aufzeichnungen|mitschnitte|anrufe|gespräche|chats?|chatverläufe|nachrichten|kontakte|termine|spuren|alles|(?:die|den|das|meine) alte[nrs]?|bewerbung\w*|lebenslauf|sämtliche\w*)\b",
    "MYDATA": r"(?:all |alle |sämtliche )?(?:meine|unsere|mein) (?:ganzen |persönlichen |personenbezogenen |eigenen |gespeicherten )?(?:\w{0,12}daten|infos|informationen)",
    "YOU": r"(?:sie|ihr|du|man|euch|ihnen|assistool|ihre? (?:firma|unternehmen))",
    "P": r"(?:(?:über|von|zu|bezüglich|betreffend|hinsichtlich) (?:mich|mir|uns|meine[rn]?|meiner person|meinen? mandant\w*|meine[mnr]? (?:sohn|tochter|kind\w*))|mich betreffend\w*|die mich betreffen)",
    "HOLD": r"(?:habt|haben|hat|hast|speicher\w*|gespeichert\w*|verarbeite\w*|besitz\w*|vorhanden|vorlieg\w*|liegen|erhoben|erfasst\w*|gesammelt\w*|sammel\w*|wisst|wissen|verfüg\w*|aufbewahr\w*|hinterlegt\w*|vorhalt\w*|gehalten|nutz\w*)",
    "SEND": r"(?:schick\w*|send\w*|zuschick\w*|zusend\w*|zukommen|gebt|geben|gib|übermittel\w*|überlass\w*|aushändig\w*|herausgabe|herausgeb\w*|rausgeb\w*|bekomm\w*|erhalten|haben|mail\w*|download\w*|herunterlad\w*|runterlad\w*)\b",
    "ERASEV": r"(?:lösch\w*|gelöscht\w*|lö?sch(?:t|en|e)?n?|entfern\w*|vernicht\w*|anonymisier\w*|tilg\w*|auslösch\w*|rausnehm\w*|beseitig\w*)\b",
    "ERASEN": r"(?:\w{0,8}löschung\w*|entfernung|vernichtung|löschantrag|löschbegehren|tilgung|anonymisierung|löschungs?\w*)\b",
    "RECTV": r"(?:berichtig\w*|korrigier\w*|korrekt(?:ur|uren)|änder\w*|geändert\w*|aktualisier\w*|richtig ?(?:zu ?)?(?:stell|gestell)\w*|verbesser\w*|anpass\w*|angepasst|ersetz\w*|ergänz\w*|abänder\w*|umänder\w*|auf den neue(?:ste)?n stand|umschreib\w*|umtrag\w*|umgestellt)",
    "MKT": (
        r"(?:werb\w*|newsletter\w*|\w{0,10}werbung\w*|reklame\w*|direktmarketing\w*|direktwerb\w*|\w{0,6}marketing\w*|angebote?\b|promo\w*|aktionen|mailings?\b|spam\w*|rundmail\w*|rundschreiben|kundeninfos|gewinnspiel\w*|kataloge?|prospekte?)\b"
    ),
    "OTHER": r"(?:ander\w*|neue\w*|künftige\w*|zukünftige\w*|konkurr\w*|nächste\w*)‥(?:anbieter\w*|dienst\w*|plattform|system|software|tool|programm|verantwortlichen?|provider|unternehmen|app|lösung|firma)",
    "FORMAT": r"(?:csv|json|xml|excel|xlsx?|vcard|vcf|ics)\b",
    "HUMAN": r"(?:mensch(?:en|liche\w*)?|echte person|natürliche person|verantwortliche\w*|mitarbeiter\w*|sachbearbeiter\w*|jemand\w*|eine person|angestellte\w*)\b",
    "REVIEW": r"(?:überprüf\w*|prüf\w*|entscheide\w*|anschau\w*|schaut|ansehe\w*|ansieht|eingreif\w*|eingriff\w*|eingreift|bewerte\w*|kontrollier\w*|befass\w*|neu entscheid\w*|nachprüf\w*|überdenk\w*)",
    "MACHINE": r"(?:automati\w*|algorithm\w*|maschin\w*|computer\w*|roboter|system|software|\bki\b|score\w*|scoring\w*)",
    "UNTIL": r"(?:bis\b|solange|so lange|währenddessen|in der zwischenzeit|inzwischen|vorläufig|vorerst|einstweilen|bis dahin|während|zunächst|vorübergehend)",
}

RIGHTS = r"""
access S (?:welche\w*|was für)‥(?:<DATA>)…(?:<P>|\bmich\b|\bmir\b|\bmein\w*)
access S was…(?:<HOLD>|<YOU>)…(?:<P>)(?:…(?:<HOLD>))?
access S was‥(?:<P>)…(?:<HOLD>|bekannt)
access S alles‥was (?:ihr|sie|du) (?:so |noch )?(?:habt|haben|hast|gespeichert)
access S alles‥(?:was )‥(?:<YOU>)…(?:<P>)
access S ob‥(?:<YOU>)…(?:<DATA>|<P>)…(?:<HOLD>)
access S (?:kopie\b|kopien (?=(?:meiner|aller|von mein|sämtlicher))|abschrift|auszug|übersicht|aufstellung|liste|datenkopie|zusammenstellung|überblick)‥(?:von |über |der |meiner |aller |aus |mit |des )…(?:<DATA>|aufzeichnungen|gespräche|alles|kontaktdaten)
access S datenkopien?|datenauskunft|selbstauskunft|auskunftsersuchen|auskunftsbegehren|auskunftsantrag|auskunftsanspruch|auskunftsverlangen|auskunftsanfrage|auskunftsrecht
access S auskunft‥(?:über|zu|nach|gemäß|welche|ob|was|erteil|bezüglich|darüber|laut|hinsichtlich|wie|von|meiner|aus)
access S (?:um|auf|eine?|vollständige|bitte|die|meine|der|zur|verlange|fordere|möchte|beantrage|erbitte|wünsche) (?:\w+ ){0,2}auskunft\b
access S auskunft\b…(?:verlang|erteil|erbitt|bitte|beantrag|fordere|möcht|erhalten|bekomm|geben)\w*
access L (?:einsicht|einblick)‥(?:in|nehmen)‥(?:meine|die|alle|den|das)
access L (?:meine|alle)‥(?:<DATA>)‥(?:einsehen|einzusehen|ansehen|anschauen)
access S (?:woher|von wem|wie (?:kommen|seid|sind|kommt|haben|habt))‥(?:<YOU>|ihr|stammen|kommen|kommt|haben|habt|kommst|hast|sind|ist)…(?:<FIELD>|<DATA>|die\b|gekommen|bekommen|her\b)
access S (?:herkunft|quelle) (?:meiner|der|dieser|ihrer|aller)
access S (?:an wen|mit wem|wem|an welche|mit welchen)…(?:weiter\w*|gegeben|geteilt|teil\w*|verkauf\w*|übermittel\w*|offengeleg\w*|bekommt|gebt|geben)
access S (?:liste|namen|angabe|nennung)‥(?:der |aller |von )‥(?:empfänger|dritten|unternehmen|firmen)
access S (?:die|alle|sämtliche\w*) (?:\w+ )?(?:<DATA>)‥(?:die )?(?:<YOU>)‥(?:<P>)?‥(?:<HOLD>)
access S (?:gespeicherte\w*|vorhandene\w*|verarbeitete\w*)‥(?:<DATA>)‥(?:mitteil\w*|nenn\w*|offenleg\w*|zeig\w*)
access L zugang zu (?:meinen|allen) (?:<DATA>)
access N auskunft|recht auf (?:auskunft|zugang|einsicht)
bare S (?:hätte|möchte|will|brauche)‥(?:gerne? )?(?:<MYDATA>)(?= ?(?:[.,!?]|$|haben|bitte))
bare S (?:<SEND>)(?: sie| ihr)? (?:mir|uns)…(?:<MYDATA>)
bare S (?:schick\w*|send\w*|gebt|gib|mailt)‥(?:<MYDATA>)(?= ?(?:[.,!?]|$|zu\b|an mich|raus))
bare S (?:bekomm\w*|erhalten|herunterladen|runterladen|download\w*|herausgabe)‥(?:aller )?(?:<MYDATA>|meiner (?:\w+ )?\w{0,12}daten)
bare S (?:<MYDATA>)…(?:zuschicken|zusenden|schicken|haben|bekommen|herunterladen|zugeschickt|zugesandt|erhalten|aushändigen|zukommen|gesendet|übermitteln|rausgeben|herausgeben)
portability N \w{0,6}übertragbarkeit\w*|\w{0,6}portabilität|datenübertragbar\w*|datenmitnahme|datenportab\w*
portability S maschinen? ?lesbar\w*|computerlesbar\w*
portability S (?:strukturiert\w*|gängig\w*|offene\w*|wiederverwendbar\w*)‥(?:format|form|datei)
portability S (?:im|in|als|ins|per|format) (?:ein\w* )?(?:\w+ oder )?(?:<FORMAT>)
portability S (?:<FORMAT>)‥(?:format|datei\w*|export)
portability S (?:direkt|unmittelbar) (?:an|zu|bei|auf)\b
portability S export\w*…(?:<DATA>|kontakte|termine|kalender|kunden\w*|konto|vorlagen|skripte|<FORMAT>)
portability S (?:<DATA>|kontakte|termine|kalender|adressbuch)…(?:export\w*)
portability S (?:an|zu|bei|in|zum|beim|auf) (?:mein\w* |ein\w* |de[nrm] |das |unser\w* )?(?:<OTHER>)…(?:übertrag\w*|übermittel\w*|übergeb\w*|weiter\w*|mitnehm\w*|mitzunehm\w*|einspiel\w*|einzuspiel\w*|import\w*|umzieh\w*|migrier\w*|sende\w*|nutzen|verwenden|schick\w*)
portability S (?:übertrag\w*|übermittel\w*|übergeb\w*|weiterleit\w*|mitnehm\w*|import\w*|umzieh\w*|migrier\w*|sende\w*|schick\w*)…(?:an|zu|bei|in|zum|beim|auf) (?:mein\w* |ein\w* |de[nrm] |das |unser\w* )?(?:<OTHER>)
erasure S (?P<v><ERASEV>)…(?:<ALL>|\bmich\b)
erasure S (?:<ALL>|\bmich\b|\bdas\b|\bdiese\b)…(?P<v><ERASEV>)
erasure S (?P<v><ERASEN>)…(?:<ALL>)
erasure S (?:<DATA>|<ACCT>|um|die|auf|zur|vollständige|sofortige|umgehende|unverzügliche|beantrage|verlange|fordere|wünsche) (?:\w+ ){0,2}(?P<v><ERASEN>)
erasure S (?P<v><ERASEN>)‥(?:beantrag|verlang|forder|bitte|wünsch|veranlass)\w*
erasure N recht auf (?:\w+ )?(?:löschung|vergessen\w*)|(?P<v><ERASEN>)
erasure S recht auf vergessen\w*…(?:berufe|geltend|gebrauch|nutze|mache|ausüben|wahrnehmen)
erasure S (?:nehmt|nehmen sie|streicht|streichen sie|werft|holt|schmeisst) (?:mich|uns|meine \w+|meinen \w+)…(?:aus|raus)‥(?:datenbank\w*|datei\w*|system\w*|kartei|verteiler|bestand|kundendatenbank|raus|register)?
erasure S (?:aus|in) (?:ihrer|eurer|der|ihrem|eurem|ihren|euren) (?:\w{0,12}datenbank\w*|datei\w*|system\w*|kartei|\w{0,8}bestand|\w{0,8}kartei|beständen)‥(?:streich\w*|lösch\w*|nehm\w*|entfern\w*|austrag\w*|auszutragen|rausnehm\w*|gestrichen|verschwinden)
erasure S (?:will|möchte|wünsche)‥(?:nicht (?:mehr|länger)|nirgends)…(?:gespeichert|bei (?:ihnen|euch)|geführt|aufbewahrt|in (?:ihrer|eurer))
erasure S (?:nichts|keine (?:daten|infos|informationen)) (?:mehr )?…(?:über|von) (?:mich|mir)‥(?:speicher|aufbewahr|behalt|gespeichert)\w*
erasure S (?:falls|wenn|sollte)‥(?:noch )?(?:etwas|was|irgendetwas|daten)…(?P<v><ERASEV>)
erasure S (?:nichts|keine (?:daten|informationen))‥(?:mehr )?über (?:mich|sie|ihn)‥(?:mehr )?(?:zu speichern|aufzubewahren|zu behalten)
access S (?:wenn|falls|sollten|solange|sofern) (?:sie|ihr) (?:mir|uns)‥(?:nicht|nichts|keine)\b(?: \w+){0,2} (?:zeig|sag|mitteil|offenleg|verrat|verrät|geb|schick|send|herausgeb|nenn)\w*…(?:was|alles|welche\w*)…(?:<HOLD>)
access S (?:wenn|falls|sollten|solange|sofern) (?:sie|ihr) (?:mir|uns)‥meine (?:daten|akte|angaben)‥nicht (?:zeig|offenleg|geb|schick|send|herausgeb|überlass)\w*
access S (?:wenn|falls|sollten) sie mir‥(?:<MYDATA>)‥nicht (?:geben|schicken|senden|herausgeben|zusenden|mitteilen)
access S (?:liste|kopie|übersicht|aufstellung)‥(?:von )?meinen\b
erasure S vergesst mich|vergessen sie mich
rectification S (?P<v><RECTV>)‥(?:<MYFIELD>|beides)
rectification S (?:<MYFIELD>|\bdas\b|\bdies\b|beides|^(?:<FIELD>))…(?P<v><RECTV>)
rectification C (?:mein\w*|der|die|das|unser\w*|als) (?:<FIELD>|<DATA>|vorname|nachname|geburt\w*)…(?:ist|sind|steht|stimmt|wurde|war|lautet|wird)…(?:vertauscht|falsch\w*|unrichtig\w*|fehlerhaft\w*|inkorrekt\w*|nicht (?:richtig|korrekt|mehr (?:aktuell|richtig|gültig))|veraltet\w*|nicht\b|verkehrt|ein (?:fehler|tippfehler|schreibfehler))
rectification C (?:falsch\w*|unrichtig\w*|fehlerhaft\w*|inkorrekt\w*|veraltet\w*|verkehrt\w*)‥(?:<FIELD>)
rectification C (?:<FIELD>)‥(?:falsch\w*|unrichtig\w*|fehlerhaft\w*|veraltet\w*)
rectification C (?:falsch\w*|verkehrt\w*|nicht richtig)‥(?:geschrieben|erfasst|eingetragen|gespeichert|hinterlegt|buchstabiert|vermerkt|notiert)
rectification C (?:fehler|tippfehler|schreibfehler|zahlendreher|buchstabendreher)‥(?:in|bei|im)‥(?:<FIELD>|<DATA>)
rectification S (?:neue[nrs]?|richtige[nrs]?|korrekte[nrs]?|aktuelle[nrs]?) (?:<FIELD>)‥(?:ist|lautet|:|=|ab|seit)
rectification S (?:richtig|korrekt) (?:ist|wäre|lautet|heisst|heißt|muss)|(?:richtigerweise|muss (?:es )?(?:richtig )?(?:heißen|lauten))
rectification S (?:<FIELD>)…(?:statt|anstatt|anstelle|und nicht|hat sich geändert|haben sich geändert)\b
rectification C (?:schreib\w*|buchstabier\w*|führen)‥(?:sie |ihr )?(?:meine[nr]?|mein) (?:<FIELD>|vornamen?|nachnamen?)
rectification S (?:namens|adress|anschriften|nummern)\w{0,3}(?:änderung|wechsel)|änderung (?:meine[rs]|der|des) (?:<FIELD>)
rectification S es fehlt‥(?:ein\w* )?(?:buchstabe|umlaut|ziffer|[a-z]\b)
rectification S (?:heiße|heisse|schreibe|wohne)‥(?:ich |mich )?(?:jetzt|nun|seit|wieder|mit|nicht)
rectification W (?:bin|sind)‥umgezogen|umzug|neue (?:adresse|anschrift|nummer)|\w{0,12}(?:nummer|adresse|anschrift|name)‥geändert
rectification N (?:recht|antrag) auf berichtigung|berichtigung
restriction S einschränk\w*…(?:verarbeit\w*|nutzung|daten|verwend\w*)
restriction S (?:verarbeitung|nutzung|daten|verwendung)…(?:einschränk|einzuschränken|eingeschränkt|beschränk|eingefroren)\w*
restriction S (?P<v>sperr\w*|einfrier\w*|friert|frieren|einzufrieren|eingefroren|aussetz\w*|auszusetzen|stilllegen|pausier\w*|beschränk\w*)\b…(?:daten|datensatz|verarbeitung|eintrag\w*|vermerk\w*|notiz\w*|angaben|informationen|nutzung|\w{0,8}score|\bsie\b|\bdiese\w*)
restriction S (?:daten|datensatz|datensätze|verarbeitung|eintrag|einträge|vermerk|notiz|angaben|informationen|\w{0,8}score)…(?P<v>sperr(?:en|t|e|ung)|gesperrt|einfrier\w*|einzufrieren|eingefroren|aussetz\w*|auszusetzen|pausier\w*)
restriction S datensperr\w*|sperrung (?:meiner|der|dieser)
restriction S nicht(?: mehr| weiter| länger)?…(?:nutz\w*|verwend\w*|verarbeit\w*|benutz\w*|weitergeb\w*)…(?:<UNTIL>|aber…(?:behalt|aufbewahr|aufheb|nicht lösch|speicher)\w*)
restriction S (?:<UNTIL>)…(?:nicht|keine|nichts|stopp\w*|aufhör\w*)…(?:nutz\w*|verwend\w*|verarbeit\w*|benutz\w*|weitergeb\w*|weitergeg\w*|damit)
restriction S (?:behalt|behält|aufbewahr|bewahr|aufheb|speicher)\w*…(?:aber|ohne)…(?:nutz\w*|verwend\w*|verarbeit\w*|anrühr\w*|benutz\w*)
restriction S (?:bewahr|behalt|sicher)\w*…(?:keine andere|nicht anderweitig|zu nichts anderem|unterlassen)…(?:nutz\w*|verwend\w*)?
restriction S (?:nutz|verwend|verarbeit)\w*‥nicht…(?:<UNTIL>)
restriction S (?:stopp|setz|unterbrech|halte)\w*…(?:verarbeitung|nutzung)…(?:<UNTIL>)
restriction S (?:weder|nicht)‥(?:ge)?lösch\w*(?: noch| oder)…(?:verwend|nutz|genutz|verarbeit)\w*
restriction S (?:nutz|verwend|verarbeit)\w*…aber…(?:behalt|behält|aufbewahr|bewahr|aufheb)\w*
restriction S (?:widersprech(?:e|en)|gegen die|gegen eine)‥(?:löschung|vernichtung)
restriction S (?:bewahr|behalt|aufbewahr)\w*…ohne (?:\w+ )?zu (?:lösch|vernicht)\w*
restriction W (?:lösch\w*)…(?:nicht|nichts|nie)\b
restriction N recht auf einschränkung
objection_dm S widerspr\w*…(?:<MKT>)
objection_dm S (?:<MKT>)…(?:widerspr\w*)
objection_dm S werbewiderspr\w*|werbesperre|werbestopp
objection_dm S (?:kein\w*|nicht|nie|stopp?\w*|schluss|genug|satt|leid|aufhör\w*|hört auf|einstell\w*|unterlass\w*|untersag\w*|verbitt\w*|ohne)‥‥(?:<MKT>)
objection_dm S (?:<MKT>)‥‥(?:nicht mehr|kein\w*|stopp\w*|einstell\w*|unterlass\w*|aufhör\w*|einzustellen|zu unterlassen|will ich nicht|abbestell\w*|abbestelle|abzubestellen)
objection_dm S abmeld\w*|abzumelden|meldet mich…ab\b|melden sie mich…ab\b|abbestell\w*|abzubestellen|austragen aus|unsubscrib\w*|tragt mich‥aus|tragen sie mich…aus\b|abgemeldet
objection_dm S (?:nehm|streich|lösch|entfern|trag|austrag|hol)\w*…(?:verteiler\w*|mailing ?list\w*|newsletter\w*|mailverteiler|\w{0,10}werbelist\w*|adresslist\w*|\w{0,8}anruflist\w*|marketinglist\w*)
objection_dm S (?:verteiler\w*|mailing ?list\w*|newsletter\w*|marketinglist\w*|werbelist\w*)…(?:nehm|streich|lösch|entfern|austrag|abmeld|gestrichen|genommen|auszutragen|rausnehm)\w*
objection_dm S (?:ruf|schreib|kontaktier|belästig|schick|send|mail)\w*‥(?:mich|mir|uns)…(?:nicht|nie|keine)\b‥(?:mehr|wieder|weiter\w*)
objection_dm S (?:nicht|nie) (?:mehr|wieder|weiter|länger)…(?:anruf\w*|angerufen|kontaktier\w*|belästig\w*|anschreib\w*|angeschrieben|behellig\w*|erhalten|bekommen)
objection_dm S (?:keine|keinerlei) (?:weiteren |\w+ )?(?:e? ?mails?|anrufe|sms|nachrichten|post|briefe|telefonate)‥(?:mehr|bekommen|erhalten|wünsch\w*)
objection_dm S (?:hört|hören sie|stoppt|stoppen sie|lasst)‥(?:auf|es|damit|mich)‥(?:mich |mir )?(?:anzurufen|zu kontaktieren|zu schreiben|zu belästigen|zu schicken|in ruhe|zuzusenden|mit)
objection_dm S (?:lass\w*|lasst)…in ruhe|in ruhe (?:zu )?(?:ge)?lassen
objection_dm S stopp? (?:werbung|sms|mails?|promo\w*|spam|newsletter)
objection_dm S (?:trotz\w*|immer noch|weiterhin|schon wieder|erneut|nach wie vor|dauernd|ständig|obwohl)…(?:<MKT>)
objection_dm S (?:<MKT>)…(?:trotz\w*|obwohl|immer noch|weiterhin)
objection S widersprech\w*|widersprich\w*|(?:lege|legen|erhebe|erheben|einlegen|einzulegen)‥(?:hiermit |ich )?‥(?:widerspruch|einspruch)|widerspruch‥(?:gegen|ein\b|nach|gemäß|einlegen|einzulegen|ein lege)|(?:mein\w*|hiermit) widerspruch
objection N widerspruchsrecht|recht auf widerspruch|widerspruch
objection_general S (?:stopp\w*|aufhör\w*|nicht (?:mehr|länger|weiter)|kein\w*|einstell\w*|unterlass\w*)…(?:profil(?:ing|e|bildung)|tracking|tracken|getrackt|analys\w*|auswert\w*|ausgewertet|scoring|statisti\w*|überwach\w*|trainier\w*|training)
objection_general S (?:daten|angaben|informationen)…(?:nicht|kein\w*) (?:mehr |länger |weiter )?…(?:weiterg\w*|weiterzugeben|verkauf\w*|übermittel\w*|teil\w*)…(?:dritte\w*|partner\w*|andere\w*)?
objection_general S (?:profiling|tracking|auswertung|analyse)…(?:einstell\w*|stopp\w*|unterlass\w*|beend\w*|untersag\w*)
nouse S (?:nicht|nie)(?: mehr| länger| weiter)…(?:nutzen|nutzt|genutzt|verwenden|verwendet|verarbeiten|verarbeitet|benutzen|benutzt)\b
nouse S (?:stopp\w*|einstell\w*|unterlass\w*|untersag\w*|beend\w*)…(?:nutzung|verwendung|verarbeitung)
nouse S (?:nutzung|verwendung|verarbeitung)…(?:stopp\w*|einstell\w*|einzustellen|unterlass\w*|untersag\w*|beend\w*)
consent_withdrawal S (?P<v>widerruf\w*|ziehe?n?\b|zurück ?(?:zu ?)?(?:zieh|nehm|gezogen|genommen)\w*|zurückziehen|nehme?n?\b|entzieh\w*)…(?:\w{0,14}einwilligung\w*|zustimmung\w*|einverständnis\w*|erlaubnis\w*|\w{0,6}genehmigung|opt in|consent)
consent_withdrawal S (?:\w{0,14}einwilligung\w*|zustimmung\w*|einverständnis\w*|erlaubnis|consent)…(?P<v>widerruf\w*|zurück ?(?:zu ?)?(?:zieh|nehm|gezogen|genommen)\w*|zurück\b|entzieh\w*|entzogen|erloschen)
consent_withdrawal S (?:nicht|kein\w*) (?:mehr|länger|weiter)‥(?:einverstanden|zu\b|damit einverstanden|einwillig\w*)
consent_withdrawal S willige (?:\w+ )?nicht (?:mehr|länger)
consent_withdrawal S (?:lehne|verweiger\w*|akzeptiere (?:\w+ )?(?:nicht|keine))‥(?:\w+ )?(?:cookies)
automated_decision S menschliche\w*‥(?:eingreif\w*|eingriff\w*|überprüf\w*|prüf\w*|entscheid\w*|intervention|kontrolle)
automated_decision S (?:<HUMAN>)…(?:<REVIEW>)
automated_decision S (?:<REVIEW>)…(?:von|durch) (?:ein\w* )?(?:<HUMAN>)
automated_decision S (?:anfecht\w*|fechte|widersprech\w*|widerspruch|bestreit\w*|nicht einverstanden|wehre)…(?:entscheidung\w*|ablehnung|bewertung|score|sperrung)…(?:<MACHINE>)
automated_decision S (?:<MACHINE>)…(?:entscheidung\w*|ablehnung|bewertung|score)…(?:anfecht\w*|widersprech\w*|widerspruch|bestreit\w*|nicht einverstanden)
automated_decision S (?:keiner|nicht)…(?:automatisiert\w*)…(?:entscheidung\w*)…(?:unterworfen|unterliegen|ausgesetzt|unterworfen zu werden)
automated_decision W automatisierte\w*‥entscheidung\w*
"""

# Sets of words for mails in which no way of asking was found: two of them near each other are a hint.
LOOSE = {
    "GONE": r"(?:weg\b|raus\b|verschwind\w*|schließ\w*|schliess\w*|auflös\w*|deaktivier\w*|tonne|nichts mehr)",
    "WRONG": r"(?:heiße|heisse|jetzt|alte[nrs]?|seit kurzem|falsch\w*|fehler\w*|unrichtig\w*|inkorrekt\w*|stimmt nicht|nicht richtig|neue[nrs]?|künftig|ab sofort|geändert|verkehrt\w*|sondern|anders)",
    "WHO": r"(?:herr|frau|anrede|ust|steuernummer|geburtstag|geboren|alter|<FIELD>)",
    "STOP": r"(?:stopp?\w*|aufhör\w*|hört auf|genug|satt|nicht mehr|kein\w*|nie|schluss|unterlass\w*|nerv\w*)",
    "SELLING": r"(?:<MKT>|anruf\w*|angerufen|verkäufer\w*|vertrieb|belästig\w*)",
    "USE": r"(?:nutz\w*|genutzt|verwend\w*|verarbeit\w*|benutz\w*|anfass\w*|weitergeb\w*)",
    "DISPUTE": r"(?:bestreit\w*|streit\w*|gericht\w*|prozess\w*|verfahren\w*|anwalt|beweis\w*|klärung|geklärt|geprüft|richtigkeit|<UNTIL>)",
    "KEEP": r"(?:behalt\w*|aufbewahr\w*|aufheb\w*|nicht (?:ge)?lösch\w*)",
    "SELF": r"(?:mich|mir|mein\w*|ich|uns|unser\w*)\b",
    "RECORDS": r"(?:aufnahmen|aufzeichnungen|\w{0,12}daten|infos?|informationen|notizen|akte|historie|chats?|gespräche|nachrichten|protokolle|logs)\b",
    "GIVE": r"(?:<SEND>|sehen|einsehen|anhören|wissen|kennen|lesen|übersicht)",
    "TAKE": r"(?:import\w*|export\w*|übertrag\w*|übernehm\w*|mitnehm\w*|umzieh\w*|datei|bekommen|einspiel\w*)",
    "THEIRS": r"(?:<OTHER>|<FORMAT>|anderes programm|woanders|konkurren\w*|anderswo)",
    "CONSENT": r"(?:einverstanden|zugestimmt|eingewilligt|angekreuzt|akzeptiert|\w{0,14}einwilligung\w*|zustimmung\w*|einverständnis\w*|erlaubnis)",
    "WITHDRAW": r"(?:rückgängig|nicht länger|anders überlegt|widerruf\w*|zieh\w*|zurück\w*|nicht mehr|nehme|erlischt|anders überlegt|ungültig)",
    "JUDGED": r"(?:<HUMAN>|anfecht\w*|fechte|überprüf\w*|bestreit\w*|erklär\w*|begründ\w*)",
}

NOUNS = {
    "access": r"auskunft|einsicht|datenkopie",
    "rectification": r"berichtigung|korrektur",
    "erasure": r"löschung|vergessenwerden|löschen",
    "restriction": r"einschränkung|sperrung",
    "portability": r"\w{0,8}übertragbarkeit|portabilität",
    "objection": r"widerspruch",
    "consent_withdrawal": r"widerruf (?:der |meiner )?einwilligung",
    "automated_decision": r"automatisierte entscheidung\w*|menschliches eingreifen",
}
EXERCISE = r"rechte?…(?:ausüb\w*|auszuüben|geltend|gebrauch|wahrnehm\w*|aus\b)|(?:mache|übe|nehme|ausübung|ausgeübte|folgende|geltendmachung|wahrnehmung)‥‥rechte?|meine rechte"

GATES = {
    "ask": r"""
(?:möchte|verlange|fordere|beantrage|wünsche|erbitte)\b
(?:ich|wir)‥(?:bitte|bitten|möchte|möchten|will|wollen|verlange|verlangen|fordere|fordern|beantrage|beantragen|wünsche|wünschen|erwarte|ersuche|mache|machen|begehre|verlangen|hätte|hätten|erbitte|bestehe|übe)
(?:bitte|möchte|will|verlange|fordere|beantrage|wünsche|erbitte|mache|übe|hätte|berufe) ich
(?:bitte|hiermit|hierdurch|gerne|gern)\b
(?:können|könnten|könnt|könntet|würden|würdet|kannst|könntest|wollt|wären|wärt)‥(?:sie|ihr|du|ich)
(?:gebrauch|ausübung|ausüben|geltend|wahrnehm\w*|berufe)‥(?:recht|rechte|von|auf)?
(?:gemäß|nach art|auf grundlage|aufgrund|laut|im sinne|i s d|entsprechend)
antrag (?:auf|nach)
""",
    "about": r"""
wie (?:kann|könnte|können|lösche|bekomme|läuft|geht|funktioniert|erfolgt|würde|muss)‥(?:ich|man|wir|das|so|die|der|meine)
(?:habe ich|haben wir|hat man)‥(?:ein |das )?recht
welche rechte|was sind meine rechte|was passiert‥(?:wenn|mit)
(?:später|eventuell|irgendwann|in zukunft|gegebenenfalls)…(?:lösch|verlang|anforder|auskunft|können|könnte)\w*
(?:lösch|verlang|anforder)\w*…(?:später|irgendwann|eventuell|eines tages)
(?:kann|könnte) ich…(?:später|irgendwann|eventuell)
""",
    "cited": r"""
(?:sie|du) (?:haben|hast|verfügen|besitzen)‥(?:das |ein |über |jederzeit )?rechte?\b
(?:sie|du) (?:können|kannst)‥(?:jederzeit|der|ihre|die)…(?:widersprechen|widerrufen|verlangen|löschen|abmelden|einsehen|auskunft)
(?:jeder|jede person|betroffene\w*|kunden|nutzer|personen|bürger)‥(?:hat|haben|kann|können)
rechte (?:der|von) betroffenen|betroffenenrechte
zu ihren rechten|ihre rechte
(?:leitfaden|webinar|tagung|broschüre)\b
wir (?:verarbeiten|respektieren|schützen) ihre (?:personenbezogenen )?daten
""",
    "not_only": r"nicht (?:nur|allein)",
    "fail": r"""
(?:immer )?noch (?:immer )?(?:nicht|nichts|keine?)
(?:haben|habt|hat|wurde|wurden|ist|sind|habe)‥(?:\w+ ){0,4}(?:nicht|nichts|keine?|nie)
bis (?:heute|jetzt|dato)
(?:wenn|falls|sollten|sofern)‥(?:sie|ihr)…(?:nicht|keine)
(?:innerhalb|binnen)\b
nicht (?:erhalten|bekommen|erfolgt|erledigt)
weiger\w*
""",
    "neg_before": r"""
(?:will|möchte|verlange|wünsche|brauche|beantrage|bitte|fordere)‥(?:nicht|keine?)(?: (?:dass|die|eine?|um|meine|sie|ihr|das|daten|konto|der))*
(?:nicht|keine?n?r?|nichts|ohne|nie|weder|noch|gegen)(?! (?:mehr|nur|länger|weiter|nicht))(?: (?:zu|die|das|der|meine|eine|um|vollständige|einfach|gleich|jetzt|sofort|daten|konto|sondern)){0,3}
""",
    "neg_after": r"""
‥zur folge
[^,]{0,45}?\b(?:nicht|nichts|nie)(?: (?:werden|löschen|zu|mehr|aber|bitte|auf keinen fall|jetzt|sofort|gleich)){0,2} ?(?:[.!?]|$)
(?: sie| ich| ihr)? ?(?:bitte |auf keinen fall |vorerst |noch )?(?:nicht|nichts|nie)\b(?! (?:mehr|nur|länger))
""",
    "breakers": r"\b(?:und|aber|also|bitte|sondern|daher|deshalb|danach|anschließend|weil)\b",
    "past": r"(?:(?:habe|haben|hatte) (?:ich|wir)|(?:ich|wir) (?:habe|haben|hatte|hatten)|wurde|wurden|(?:haben|habt|hat) (?:sie|ihr))\b[^,;]{0,60}",
    "past_token": r"(?:gelöscht\w*|entfernt\w*|vernichtet|berichtigt|korrigiert|geändert|aktualisiert|gesperrt|eingefroren)",
    "login": r"""
passwort|kennwort|einlogg\w*|login|anmelden (?:klappt|geht|funktioniert)|nicht (?:mehr )?(?:einloggen|anmelden|rein)|zugangsdaten|komme nicht|zurücksetzen
""",
    "old": r"(?:alte[nrs]?|vorige[nrs]?|frühere[nrs]?|bisherige[nrs]?)",
    "notdata": r"(?:passwort|kennwort|rechnung\w*|abo\b|abonnement|tarif|betrag|termin\b|bestellung|vertrag\w*|zahlung\w*|zahlungsart)",
    "notdm": r"(?:rechnung\w*|mahnung\w*|terminerinnerung\w*|passwort|bewerbung\w*)",
    "notobjection": r"(?:rechnung\w*|mahnung|mahnbescheid|vertrag\w*|kündigung|preis\w*|lastschrift|abbuchung|forderung|beitrag\w*|bußgeld|zahlung)",
    "purpose": r"""
berechtigt\w* interess\w*|(?:besondere\w*|persönliche\w*) situation|21[ .,(]*(?:abs\w* )?1|profil(?:ing|bildung)|tracking|analys\w*|auswert\w*|statisti\w*|score\w*|scoring|partner\w*|dritte\w*|forschung|\bki\b|training
""",
    "add": r"""
wenn (?:sie|ihr|wir) (?:schon )?(?:dabei|gerade)|außerdem|zusätzlich|zudem|auch|ferner|darüber hinaus|noch etwas|nebenbei|übrigens|weiterhin bitte|gleichzeitig|bei der gelegenheit|des weiteren
""",
    "same": r"""
(?:bleibt|bleibe) (?:es )?(?:dabei|bestehen|gleich|unverändert)|wie (?:ich )?(?:schon|bereits)? ?(?:gesagt|beantragt|gewünscht|verlangt|besprochen|geschrieben)
""",
}

CUES = {
    "chaser": r"""
(?:keine|ohne|noch keine|keinerlei|nie eine) (?:weitere |inhaltliche )?(?:antwort|reaktion|rückmeldung|nachricht)
(?:immer )?noch (?:immer )?(?:nichts|keine|nicht geantwortet|auf (?:eine )?(?:antwort|rückmeldung))
nichts‥(?:gehört|erhalten|bekommen|passiert)
(?:mahnung|erinnerung|zahlungserinnerung|nachfrage|in verzug|letzte frist|nachfrist)\b
(?:erinnere|mahne|hake‥nach|nachhaken)\b
(?:frist|monat)‥(?:ist |sind )?(?:abgelaufen|verstrichen|vorbei|überschritten|um\b)
(?:warte|warten)‥(?:noch|seit|immer|ich)
wie (?:ist|steht)‥(?:der stand|es um|es mit)|wo bleibt
(?:mein\w*|unser\w*) (?:anfrage|antrag|schreiben|mail|brief|bitte|ersuchen)‥(?:vom|von)‥(?:\d|jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)
(?:am|im|vor)‥(?:\d|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|wochen|monat\w*|tagen)…(?:habe ich|bat ich|schrieb ich|hatte ich|gebeten|geschrieben|angefragt|verlangt|beantragt)
zum (?:zweiten|dritten|wiederholten) mal|wende mich‥(?:erneut|nochmals)|erneut an (?:sie|euch)
""",
    "complaint": r"""
(?:ich|wir|hiermit)‥(?:lege|reiche|erhebe|möchte|will|legen)‥(?:eine |formell )?beschwerde
beschwerde‥(?:ein\b|einlegen|einreichen|einzulegen|einzureichen|erheben)
(?:dies|das|hiermit) ist eine beschwerde
(?:ich )?beschwere (?:ich )?(?:mich|hiermit)
(?:meine|eine|diese) beschwerde
(?:ich|wir)…(?:beschwer\w*|beklag\w*)
\A(?:\w+ )?beschwerde
""",
    "threat": r"""
(?:wenn|falls|andernfalls|sonst|ansonsten|sollte|sollten|bleibt|danach|nach ablauf)\b
(?:datenschutzbehörde|aufsichtsbehörde|gericht|anwalt|behörde)\b
""",
    "outrage": r"""
so geht das nicht|inakzeptabel|unverschämt\w*|unerhört|skandal\w*|frechheit|unzumutbar|nicht hinnehmbar|ungeheuerlich|ich bin (?:sehr |äußerst |wirklich )?(?:verärgert|empört|enttäuscht|unzufrieden|sauer|wütend)|unglaublich|unmöglich
datenpanne|datenleck|datenschutzverletzung|datenschutzverstoß|verletzung (?:des|meiner|der)
(?:auskunft|antwort|kopie)‥(?:ist |war )?(?:unvollständig|unzureichend|nicht vollständig)|keine vollständige
""",
    "privacy": r"akte|gespräche|aufzeichnung\w*|löschung|\w{0,12}daten\w*|dsgvo|datenschutz|privatsphäre|cookies?|vertraulich\w*|verarbeitung|persönlich\w*|einwilligung|behörde|werb\w*|newsletter|rechte?\b|richtlinie|auskunft",
    "info": r"""
wie ?lange|speicherdauer|aufbewahr\w*|wo (?:stehen|liegen|werden|speicher\w*|befind\w*)|server\w*|gehostet|hosting|übermittl\w*|übertrag\w*|privacy shield|\busa\b|vereinigte\w* staaten|drittl\w+|außerhalb (?:der )?(?:eu|europ)\w*|auftragsverarbeiter\w*|subunternehmer|rechtsgrundlage|grundlage|datenschutzbeauftragt\w*|dsb|verschlüssel\w*|sicher\b|cookies?|richtlinie|datenschutzerklärung|rechte|daten|dsgvo|aufgezeichnet|\bki\b|dritte|profiling|zwecke?
""",
    "question": r"(?:möchte|wollte|würde|hätte)‥(?:ich )?(?:gerne? )?(?:wissen|fragen|verstehen|erfahren)|frage mich|frag(?:e|en) zu|\bfragen?\b|erklär\w*|erläuter\w*|können sie mir (?:sagen|mitteilen)|interessiert",
    "theme": r"rechtsgrundlage|auftragsverarbeit\w*|verfahrensverzeichnis|verarbeitungsverzeichnis|daten\w*|cookies?|dsgvo|privatsphäre|richtlinie|datenschutz\w*|vertraulich\w*|aufgezeichnet|gespräche|rechte|verarbeit\w*",
    "survey": r"""
masterarbeit|bachelorarbeit|diplomarbeit|doktorarbeit|dissertation|umfrage|fragebogen|student(?:in)? (?:an|der)|journalist\w*|studie (?:über|zu)|forschungsprojekt|schulprojekt
lieferanten|auftragsverarbeitungsvertrag|audit|ausschreibung|anlage 1
(?:kein|nie) (?:kunde|kundin|konto|daten bei (?:ihnen|euch))
bewerb(?:ung|e mich|en)\b|stellenanzeige|initiativbewerbung|praktikum
""",
    "deceased": r"verstorben\w*|gestorben|todesfall|nachlass|erbin|erbe[ns]?\b|verschieden\b|hinterblieben\w*",
    "offtopic": r"rechnung\w*|erstatt\w*|rückerstatt\w*|kündig\w*|abonnement|\babo\b|passwort|fehlermeldung|störung|installation|tarif|preis|angebot einholen|vertrag\w*|bestell\w*|lieferung|termin|support|funktioniert nicht|wiederherstell\w*|danke für|vielen dank für",
    "thanks": r"dank\w*\b.{0,60}(?:geklappt|erledigt|funktioniert|angekommen|in ordnung|gelöst)|danke für|vielen dank für|bedanke mich für|glückwunsch|lob\b|sehr (?:hilfreich|verständlich)",
    "spam": r"""
unsere (?:experten|lösung|agentur|spezialisten)|ab \d+|\d+ ?(?:€|eur|euro)? ?(?:/|pro|im) ?monat|\d+ ?% rabatt|kostenlose\w* (?:demo|test|audit|erstgespräch|analyse)|unverbindlich\w*|google ranking|suchmaschinen\w*|leads?\b|umsatz (?:steigern|verdoppeln)|kurzes (?:gespräch|telefonat)|\d+ minuten (?:zeit|am telefon|telefon\w*)|kennenlern\w*
klicken sie|jetzt (?:bezahlen|zahlen|bestätigen)|letzte (?:mahnung|warnung)|konto (?:wird|wurde) (?:gesperrt|eingeschränkt|gelöscht)|bestätigen sie ihre?|verifizieren sie|gewonnen|erbschaft|millionen|bitcoin|krypto\w*|kredit\b|paket (?:konnte|wartet)|inkasso|überweisen sie
um keine|antworten sie (?:mit )?(?:stopp?|abmelden)
ihre (?:seite|website|webseite)‥(?:ist nicht|entspricht nicht)
""",
    "reason": r"""
weil|\bda (?:ich|es|die|der|das|sie|meine|wir)|denn\b|grund|gründen|damit\b|deshalb|daher|deswegen|aufgrund|wegen|nachdem|sonst\b|um (?:sie|die|es|sie bei)‥…\bzu\b|seit\b
(?:ich|wir)‥(?:nicht mehr|kein\w*)‥(?:mehr|nutz\w*|brauch\w*|benötig\w*)|nicht (?:mehr|länger) (?:nutz|brauch|benötig|verwend|erforderlich)\w*
(?:bin|habe|haben|sind|wechsle|werde)‥(?:\w+ ){0,6}(?:umgezogen|gewechselt|gekündigt|verkauft|geheiratet|aufgegeben|geändert|getestet|verloren|geschlossen)
vertrau\w*|datenleck|belästig\w*|streit\w*|misstrau\w*|ärger\w*
(?:ich )?(?:bekomme|erhalte|kriege)\w* (?:ich )?(?:ständig|dauernd|immer|jeden|jede|seit|plötzlich|täglich|zu viel\w*)
""",
    "representative": r"""
(?:mein\w*|unser\w*) (?:mandant(?:in|en|schaft)?)\b|namens\b|im (?:namen|auftrag) (?:und )?(?:von|mein\w*|unser\w*|der|des|meiner)|vollmacht\b|bevollmächtigt\w*|vertrete\b|vertreten wir|(?:schreib\w*|wende mich|melde mich|frage|bitte|handle|anfrage)(?: \w+){0,3} (?:für|anstelle|anstatt|statt) mein\w* (?:\w+ ){0,2}?(?:mutter|vaters?|mama|papa|mann(?:es)?|frau|ehemann|ehefrau|partner(?:in)?|oma|opa|großmutter|großvaters?|tante|onkels?|bruders?|schwester|sohn(?:es)?|tochter|kind(?:es)?|nichte|neffen?|cousine?|nachbar(?:in|n)?|freund(?:in|es)?|schwieger\w+|chef(?:in)?)\b|(?:meine?|unsere?) (?:\w+ ){0,2}?(?:mutter|vaters?|mama|papa|mann(?:es)?|frau|ehemann|ehefrau|partner(?:in)?|oma|opa|großmutter|großvaters?|tante|onkels?|bruders?|schwester|sohn(?:es)?|tochter|kind(?:es)?|nichte|neffen?|cousine?|nachbar(?:in|n)?|freund(?:in|es)?|schwieger\w+|chef(?:in)?)\b‥…(?:hat (?:mich|uns)(?: \w+){0,2} (?:gebeten|beauftragt|ermächtigt)|bat (?:mich|uns)|bittet (?:mich|uns))|(?:vormund|betreuer(?:in)?|pfleger(?:in)?|bevollmächtigte\w?) (?:von|für|der|des|mein\w*)\b
(?:ich bin|als)‥(?:die |der |seine |ihre |sein |ihr )?(?:mutter|vater|mama|papa|elternteil|vormund|rechtsanw\w+|anwält\w+|betreuer\w*|erziehungsberechtigt\w*|gesetzliche\w* vertreter\w*|sorgeberechtigt\w*)
(?:mein\w*|unser\w*) (?:sohn\w*|tochter|kind\w*)…(?:\d+ jahre|minderjährig\w*|konto|daten|angemeldet|registriert|foto\w*|profil)
(?:daten|konto|profil|fotos?) (?:meine[srn]|unsere[srn]|von meine[mr]) (?:sohne?s?|tochter|kinde?s?|mutter|vaters?|mannes|frau|oma|opa|großmutter|großvaters?|mandant\w*)
(?:meine?|unsere?) (?:mutter|vater|mama|papa|mann|frau|partner(?:in)?|oma|opa|großmutter|großvater|tante|onkel|bruder|schwester|sohn|tochter|kind)\b…(?:daten|informationen|angaben|konto|alles|was)‥(?:über|zu|von) (?:sie|ihn|ihr|ihm)\b…(?:lösch\w+|speicher\w+|gespeichert|haben|verarbeite\w+|aufbewahr\w+|auskunft|kopie)
(?:meine?|unsere?) (?:mutter|vater|mama|papa|mann|frau|partner(?:in)?|oma|opa|großmutter|großvater|tante|onkel|bruder|schwester)\b…(?:möchte|will|wünscht|bittet|verlangt|hätte gerne?)\b…(?:ihre[rn]?|seine[rn]?|ihr|sein) (?:daten|konto|angaben|akte|profil|adresse)
""",
    "identity": r"personalausweis\w*|ausweis\w*|reisepass|\bpass\b|führerschein|aufenthaltstitel|identitätskarte|ausweiskopie|vorderseite|rückseite|eid karte",
    "signature": r"unterschrift|unterzeichn\w*|signatur",
    "farewell": r"mit freundlichen? (?:\w+ )?gr(?:ü|u|ue)(?:ß|ss)\w*|mfg|(?:viele|liebe|beste|freundliche|herzliche|schöne) gr(?:ü|u|ue)(?:ß|ss)\w*|gr(?:ü|u|ue)(?:ß|ss)e?\b|hochachtungsvoll|danke\w*|vielen dank|besten dank|vg\b|lg\b|schönen (?:tag|abend)|im voraus",
    "first_person": r"\b(?:ich|meine\w*|mich|mir)\b",
    "footer": r"""
diese (?:nachricht|mail|e ?mail)‥(?:ist|und|kann|enthält)‥(?:vertraulich|bestimmt|anhänge|ausschließlich|etwaige)
(?:falls|wenn) sie nicht der (?:richtige|vorgesehene|beabsichtigte)|haftungsausschluss|vertraulichkeit|denken sie an die umwelt|vor dem ausdrucken|gesendet (?:von|mit) mein\w*|von meinem \w+ gesendet|hinweis zum datenschutz|datenschutzhinweis\w*|datenschutz ?:|informationen nach art|wir verarbeiten ihre|outlook für|virenfrei
""",
    "today": r"heute|am heutigen|datum",
}

STOPWORDS = """
ich du er sie es wir ihr mich mir dich dir uns euch ihnen mein meine meinen meiner meinem dein ihre ihren ihrer ihrem euer eure der die
das den dem des ein eine einen einer einem eines und oder aber denn dass wenn weil als wie was wer wo warum welche welcher nicht kein
keine keinen nichts auch noch schon nur sehr mehr alle alles ist sind war waren bin bist habe haben hat habt hatte wird werden wurde
worden kann können könnt könnten muss müssen soll sollen will wollen möchte würde bitte danke hallo guten tag sehr geehrte damen herren
mit freundlichen grüßen gruß von zu zum zur bei beim nach aus auf an am im in für über unter durch gegen ohne um bis seit vor
löschen daten auskunft widerspruch werbung hiermit konto gemäß ja nein so dann jetzt hier da doch mal einfach schickt betr
abmelden löschung bitte einwilligung sofort urlaub antwort nachricht wurde gelesen
"""

VOCABULARY = """
löschen löschung gelöscht berichtigen berichtigung korrigieren aktualisieren auskunft übertragbarkeit maschinenlesbar einwilligung
widerrufen widerspruch widersprechen werbung newsletter abmelden einschränkung verarbeitung gespeichert speichern personenbezogenen
persönlichen informationen telefonnummer adresse anschrift geburtsdatum automatisierte entscheidung menschliche überprüfung
beschwerde datenschutz unverzüglich kundenkonto
"""
