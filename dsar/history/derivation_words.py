"""The words of a derivation in four languages: templates by step, holidays, labels.

A missing or surplus key, or a placeholder that differs between languages, fails a test. A space
that must not break is written ``~`` and becomes U+00A0.
"""

from collections.abc import Mapping

from workflow.deadlines import Holiday
from workflow.states import Language

_FR = {
    "and": " et ",
    "day": "{n}~jour",
    "days": "{n}~jours",
    "month": "{n}~mois",
    "months": "{n}~mois",
    "received": "Reçue {day} à {time}, heure de Bruxelles~: c’est le jour~0.",
    "identity": "Identité demandée",
    "mandate": "Mandat demandé",
    "scope": "Précision demandée",
    "detail": "Autre question posée",
    "counted": "{kind} {asked}, réponse arrivée {answered}~: {days} de pause.",
    "same_day": "{kind} {asked}, réponse arrivée le même jour~: pas de pause.",
    "open": "{kind} {asked}, encore sans réponse~: le délai est suspendu.",
    "late": "{kind} {asked}, alors que plus de {n}~jours ouvrables avaient couru depuis la réception~: "
    "le délai continue de courir.",
    "without_effect": "{kind} {asked}~: selon le réglage en vigueur, une question n’arrête pas le délai.",
    "beside": "{kind} {asked}~: une telle question n’arrête jamais le délai.",
    "overridden": " Question tardive, admise par une décision motivée.",
    "together": "Les jours communs ne comptent qu’une fois~: {days} de pause en tout.",
    "restarted": "Le délai recommence le jour de la dernière réponse, {day}.",
    "suspended": "Tant qu’une réponse manque depuis {since}, il n’y a pas d’échéance. "
    "Sans pause, ce serait {day}~: la date à viser quand même.",
    "period": "{lead}+~{count}{start} = {nominal}{clamped}{pause}{roll}.{kept}",
    "start": " à partir du {day}",
    "clamped": " (ce mois n’a pas de~{n})",
    "pause": ", +~{days} de pause = {day}",
    "roll": ", reporté après {skipped}~: {day}",
    "kept": " Cette promesse n’est pas reportée.",
    "extension": "Prolongation~: ",
    "policy_rolled": "Si les 30~jours étaient reportés au jour ouvrable~: ",
    "extension_from_receipt": "Prolongation comptée depuis la réception~: ",
    "extension_chained": "Prolongation comptée depuis la fin du premier mois~: ",
    "month_restarted": "Si une pause faisait recommencer le délai~: ",
    "month_never_paused": "Sans aucune pause~: ",
    "basis_policy": "La plus proche des deux dates, les 30~jours, est l’échéance~: {end}.",
    "basis_month": "La plus proche des deux dates, le mois, est l’échéance~: {end}.",
    "basis_both": "Les deux dates coïncident. L’échéance~: {end}.",
    "basis_month_only": "Le réglage en vigueur ne retient que le mois. L’échéance~: {end}.",
    "basis_extension": "L’échéance prolongée~: {end}.",
    "basis_promise": "La lettre de prolongation promet une date plus proche, qui devient l’échéance~: {end}.",
    "end": "{day} à 23:59:59, heure de Bruxelles ({time} UTC)",
    "send_same": "C’est un jour ouvrable~: la réponse part au plus tard ce jour-là.",
    "send_before": "Le dernier jour ouvrable avant cette date est {day}~: la réponse part au plus tard ce jour-là.",
    "send_closed": "Les jours de fermeture du bureau déduits, la réponse part au plus tard {day}.",
    "send_alone": "La même personne relit son projet après 12~heures~: elle le soumet au plus tard {day}.",
    "notice": "Pour être hors de doute, une prolongation s’annonce au plus tard {day}~: "
    "un mois après la réception, sans pause ni report.",
    "saturday": "le samedi",
    "sunday": "le dimanche",
    "weekend": "le week-end",
    "no_date": "suspendue",
}

_NL = {
    "and": " en ",
    "day": "{n}~dag",
    "days": "{n}~dagen",
    "month": "{n}~maand",
    "months": "{n}~maanden",
    "received": "Ontvangen op {day} om {time}~uur, Brusselse tijd: dat is dag~0.",
    "identity": "Identiteit gevraagd",
    "mandate": "Volmacht gevraagd",
    "scope": "Verduidelijking gevraagd",
    "detail": "Andere vraag gesteld",
    "counted": "{kind} op {asked}, antwoord aangekomen op {answered}: {days} pauze.",
    "same_day": "{kind} op {asked}, antwoord dezelfde dag aangekomen: geen pauze.",
    "open": "{kind} op {asked}, nog geen antwoord: de termijn is geschorst.",
    "late": "{kind} op {asked}, toen er al meer dan {n}~werkdagen verlopen waren sinds de ontvangst: "
    "de termijn loopt door.",
    "without_effect": "{kind} op {asked}: volgens de geldende instelling schorst een vraag de termijn niet.",
    "beside": "{kind} op {asked}: zo’n vraag schorst de termijn nooit.",
    "overridden": " De vraag kwam laat en is met een gemotiveerde beslissing aanvaard.",
    "together": "Gemeenschappelijke dagen tellen één keer: samen {days} pauze.",
    "restarted": "De termijn begint opnieuw op de dag van het laatste antwoord, {day}.",
    "suspended": "Zolang een antwoord sinds {since} uitblijft, is er geen vervaldag. "
    "Zonder pauze zou dat {day} zijn: streef die datum toch na.",
    "period": "{lead}+~{count}{start} = {nominal}{clamped}{pause}{roll}.{kept}",
    "start": " vanaf {day}",
    "clamped": " (die maand heeft geen~{n})",
    "pause": ", +~{days} pauze = {day}",
    "roll": ", verschoven tot na {skipped}: {day}",
    "kept": " Deze belofte wordt niet verschoven.",
    "extension": "Verlenging: ",
    "policy_rolled": "Als de 30~dagen naar een werkdag verschoven: ",
    "extension_from_receipt": "Verlenging gerekend vanaf de ontvangst: ",
    "extension_chained": "Verlenging gerekend vanaf het einde van de eerste maand: ",
    "month_restarted": "Als een pauze de termijn opnieuw deed beginnen: ",
    "month_never_paused": "Zonder enige pauze: ",
    "basis_policy": "De vroegste van beide data, de 30~dagen, is de vervaldag: {end}.",
    "basis_month": "De vroegste van beide data, de maand, is de vervaldag: {end}.",
    "basis_both": "Beide data vallen samen. De vervaldag: {end}.",
    "basis_month_only": "De geldende instelling telt alleen de maand. De vervaldag: {end}.",
    "basis_extension": "De verlengde vervaldag: {end}.",
    "basis_promise": "De verlengingsbrief belooft een vroegere datum, die de vervaldag wordt: {end}.",
    "end": "{day} om 23:59:59, Brusselse tijd ({time} UTC)",
    "send_same": "Dat is een werkdag: het antwoord vertrekt uiterlijk die dag.",
    "send_before": "De laatste werkdag daarvoor is {day}: het antwoord vertrekt uiterlijk die dag.",
    "send_closed": "De sluitingsdagen van het kantoor afgetrokken vertrekt het antwoord uiterlijk op {day}.",
    "send_alone": "Dezelfde persoon leest het eigen ontwerp na 12~uur na: het wordt uiterlijk op {day} ingediend.",
    "notice": "Om buiten twijfel te blijven wordt een verlenging uiterlijk op {day} gemeld: "
    "één maand na de ontvangst, zonder pauze of verschuiving.",
    "saturday": "zaterdag",
    "sunday": "zondag",
    "weekend": "het weekend",
    "no_date": "geschorst",
}

_DE = {
    "and": " und ",
    "day": "{n}~Tag",
    "days": "{n}~Tage",
    "month": "{n}~Monat",
    "months": "{n}~Monate",
    "received": "Eingegangen am {day} um {time}~Uhr, Brüsseler Zeit: Das ist Tag~0.",
    "identity": "Identität erfragt",
    "mandate": "Vollmacht erbeten",
    "scope": "Um Präzisierung gebeten",
    "detail": "Andere Rückfrage",
    "counted": "{kind} am {asked}, Antwort eingegangen am {answered}: {days} Pause.",
    "same_day": "{kind} am {asked}, Antwort am selben Tag eingegangen: keine Pause.",
    "open": "{kind} am {asked}, noch ohne Antwort: Die Frist ruht.",
    "late": "{kind} am {asked}, als seit dem Eingang schon mehr als {n}~Arbeitstage verstrichen waren: "
    "Die Frist läuft weiter.",
    "without_effect": "{kind} am {asked}: Nach der geltenden Einstellung hält eine Rückfrage die Frist nicht an.",
    "beside": "{kind} am {asked}: Eine solche Rückfrage hält die Frist nie an.",
    "overridden": " Die Rückfrage kam spät und wurde durch begründete Entscheidung zugelassen.",
    "together": "Gemeinsame Tage zählen einmal: zusammen {days} Pause.",
    "restarted": "Die Frist beginnt neu am Tag der letzten Antwort: {day}.",
    "suspended": "Solange eine Antwort seit {since} aussteht, gibt es kein Fristende. "
    "Ohne Pause wäre es {day}: Dieses Datum bleibt das Ziel.",
    "period": "{lead}+~{count}{start} = {nominal}{clamped}{pause}{roll}.{kept}",
    "start": " ab {day}",
    "clamped": " (dieser Monat hat keinen~{n}.)",
    "pause": ", +~{days} Pause = {day}",
    "roll": ", verschoben bis nach {skipped}: {day}",
    "kept": " Diese Zusage wird nicht verschoben.",
    "extension": "Verlängerung: ",
    "policy_rolled": "Würden die 30~Tage auf einen Arbeitstag verschoben: ",
    "extension_from_receipt": "Verlängerung ab dem Eingang gerechnet: ",
    "extension_chained": "Verlängerung ab dem Ende des ersten Monats gerechnet: ",
    "month_restarted": "Würde die Frist nach einer Pause neu beginnen: ",
    "month_never_paused": "Ohne jede Pause: ",
    "basis_policy": "Das frühere der beiden Daten, die 30~Tage, ist das Fristende: {end}.",
    "basis_month": "Das frühere der beiden Daten, der Monat, ist das Fristende: {end}.",
    "basis_both": "Beide Daten fallen zusammen. Das Fristende: {end}.",
    "basis_month_only": "Nach der geltenden Einstellung zählt nur der Monat. Das Fristende: {end}.",
    "basis_extension": "Das verlängerte Fristende: {end}.",
    "basis_promise": "Der Verlängerungsbrief sagt ein früheres Datum zu, das zum Fristende wird: {end}.",
    "end": "{day}, 23:59:59~Uhr Brüsseler Zeit ({time} UTC)",
    "send_same": "Das ist ein Arbeitstag: Die Antwort geht spätestens an diesem Tag hinaus.",
    "send_before": "Der letzte Arbeitstag davor ist {day}: Die Antwort geht spätestens an diesem Tag hinaus.",
    "send_closed": "Nach Abzug der Schließtage des Büros geht die Antwort spätestens am {day} hinaus.",
    "send_alone": "Dieselbe Person prüft ihren Entwurf nach 12~Stunden: Er wird spätestens am {day} vorgelegt.",
    "notice": "Um jeden Zweifel auszuschließen, wird eine Verlängerung spätestens am {day} mitgeteilt: "
    "ein Monat nach dem Eingang, ohne Pause und Verschiebung.",
    "saturday": "Samstag",
    "sunday": "Sonntag",
    "weekend": "dem Wochenende",
    "no_date": "ruht",
}

_EN = {
    "and": " and ",
    "day": "{n}~day",
    "days": "{n}~days",
    "month": "{n}~month",
    "months": "{n}~months",
    "received": "Received on {day} at {time}, Brussels time: this is day~0.",
    "identity": "Identity asked",
    "mandate": "Mandate asked",
    "scope": "Clarification asked",
    "detail": "Other question asked",
    "counted": "{kind} on {asked}, reply arrived on {answered}: paused for {days}.",
    "same_day": "{kind} on {asked}, reply arrived the same day: no pause.",
    "open": "{kind} on {asked}, not answered yet: the clock is stopped.",
    "late": "{kind} on {asked}, when more than {n}~working days had run since receipt: the clock keeps running.",
    "without_effect": "{kind} on {asked}: under the setting in force a question does not stop the clock.",
    "beside": "{kind} on {asked}: such a question never stops the clock.",
    "overridden": " The question came late and was admitted by a reasoned decision.",
    "together": "Common days count once: paused for {days} in all.",
    "restarted": "The clock starts again on the day of the last reply, {day}.",
    "suspended": "While a reply has been missing since {since}, there is no due date. "
    "Without the pause it would be {day}: aim for that date all the same.",
    "period": "{lead}+~{count}{start} = {nominal}{clamped}{pause}{roll}.{kept}",
    "start": " from {day}",
    "clamped": " (that month has no day~{n})",
    "pause": ", +~{days} of pause = {day}",
    "roll": ", moved past {skipped}: {day}",
    "kept": " This promise is not moved.",
    "extension": "Extension: ",
    "policy_rolled": "If the 30~days were moved to a working day: ",
    "extension_from_receipt": "Extension counted from receipt: ",
    "extension_chained": "Extension counted from the end of the first month: ",
    "month_restarted": "If a pause made the clock start again: ",
    "month_never_paused": "Without any pause: ",
    "basis_policy": "The earlier of the two dates, the 30~days, is the due date: {end}.",
    "basis_month": "The earlier of the two dates, the month, is the due date: {end}.",
    "basis_both": "Both dates coincide. The due date: {end}.",
    "basis_month_only": "Under the setting in force only the month counts. The due date: {end}.",
    "basis_extension": "The extended due date: {end}.",
    "basis_promise": "The extension letter promises an earlier date, which becomes the due date: {end}.",
    "end": "{day} at 23:59:59, Brussels time ({time} UTC)",
    "send_same": "This is a working day: the answer leaves on that day at the latest.",
    "send_before": "The last working day before it is {day}: the answer leaves on that day at the latest.",
    "send_closed": "With the days the office is closed left out, the answer leaves on {day} at the latest.",
    "send_alone": "The same person reviews their own draft after 12~hours: it is submitted on {day} at the latest.",
    "notice": "To be beyond doubt, an extension is announced on {day} at the latest: "
    "one month after receipt, neither paused nor moved.",
    "saturday": "Saturday",
    "sunday": "Sunday",
    "weekend": "the weekend",
    "no_date": "suspended",
}

WORDS: Mapping[Language, Mapping[str, str]] = {
    language: {key: text.replace("~", "\N{NO-BREAK SPACE}") for key, text in words.items()}
    for language, words in ((Language.FR, _FR), (Language.NL, _NL), (Language.DE, _DE), (Language.EN, _EN))
}

# As they follow "reporté après", "verschoven tot na", "verschoben bis nach" (dative), "moved past".
_HOLIDAYS: dict[Holiday, tuple[str, str, str, str]] = {
    Holiday.NEW_YEAR: ("le jour de l’An", "nieuwjaarsdag", "Neujahr", "New Year’s Day"),
    Holiday.EASTER_MONDAY: ("le lundi de Pâques", "paasmaandag", "Ostermontag", "Easter Monday"),
    Holiday.LABOUR_DAY: ("la fête du Travail", "de Dag van de Arbeid", "dem Tag der Arbeit", "Labour Day"),
    Holiday.ASCENSION: ("l’Ascension", "Hemelvaartsdag", "Christi Himmelfahrt", "Ascension Day"),
    Holiday.WHIT_MONDAY: ("le lundi de Pentecôte", "pinkstermaandag", "Pfingstmontag", "Whit Monday"),
    Holiday.NATIONAL_DAY: ("la fête nationale", "de nationale feestdag", "dem Nationalfeiertag", "the National Day"),
    Holiday.ASSUMPTION: ("l’Assomption", "Onze-Lieve-Vrouw-Hemelvaart", "Mariä Himmelfahrt", "Assumption Day"),
    Holiday.ALL_SAINTS: ("la Toussaint", "Allerheiligen", "Allerheiligen", "All Saints’ Day"),
    Holiday.ARMISTICE: ("l’Armistice", "Wapenstilstand", "dem Tag des Waffenstillstands", "Armistice Day"),
    Holiday.CHRISTMAS: ("Noël", "Kerstmis", "Weihnachten", "Christmas Day"),
}
HOLIDAYS: Mapping[Language, Mapping[Holiday, str]] = {
    language: {holiday: names[position] for holiday, names in _HOLIDAYS.items()}
    for position, language in enumerate((Language.FR, Language.NL, Language.DE, Language.EN))
}

# One label for each date, in the order they are shown; keys are fields of Deadlines.
_LABELS: dict[str, tuple[str, str, str, str]] = {
    "receipt_date": ("Réception (jour 0)", "Ontvangst (dag 0)", "Eingang (Tag 0)", "Receipt (day 0)"),
    "paused_days": ("Pause", "Pauze", "Pause", "Pause"),
    "policy_30d": ("30 jours (politique)", "30 dagen (beleid)", "30 Tage (Erklärung)", "30 days (policy)"),
    "policy_30d_rolled": (
        "30 jours, reportés au jour ouvrable",
        "30 dagen, tot een werkdag",
        "30 Tage, auf Arbeitstag verschoben",
        "30 days, moved to a working day",
    ),
    "month_nominal": (
        "Un mois, avant report",
        "Eén maand, onverschoven",
        "Ein Monat, unverschoben",
        "One month, unmoved",
    ),
    "month_due": (
        "Un mois (RGPD, art. 12.3)",
        "Eén maand (AVG, art. 12.3)",
        "Ein Monat (DSGVO, Art. 12 Abs. 3)",
        "One month (GDPR, Art. 12(3))",
    ),
    "case_due": ("Échéance", "Vervaldag", "Fristende", "Due date"),
    "case_due_end_utc": (
        "Dernière seconde (UTC)",
        "Laatste seconde (UTC)",
        "Letzte Sekunde (UTC)",
        "Last second (UTC)",
    ),
    "send_by": ("À envoyer au plus tard", "Uiterlijk te verzenden", "Spätestens abzusenden", "Send by"),
    "extension_notice_by": (
        "Prolongation à annoncer avant",
        "Verlenging te melden",
        "Verlängerung mitzuteilen",
        "Announce an extension by",
    ),
    "ext_due_from_receipt": (
        "Prolongée, depuis la réception",
        "Verlengd, vanaf ontvangst",
        "Verlängert ab Eingang",
        "Extended, from receipt",
    ),
    "ext_due_chained": (
        "Prolongée, depuis le premier mois",
        "Verlengd, vanaf eerste maand",
        "Verlängert ab erstem Monat",
        "Extended, from the first month",
    ),
    "month_due_restart_mode": (
        "Un mois, si la pause relance",
        "Eén maand, bij herstart",
        "Ein Monat, bei Neubeginn",
        "One month, if restarted",
    ),
    "month_due_if_never_paused": (
        "Un mois, sans pause",
        "Eén maand, zonder pauze",
        "Ein Monat, ohne Pause",
        "One month, never paused",
    ),
}
LABELS: Mapping[Language, Mapping[str, str]] = {
    language: {field: labels[position] for field, labels in _LABELS.items()}
    for position, language in enumerate((Language.FR, Language.NL, Language.DE, Language.EN))
}
