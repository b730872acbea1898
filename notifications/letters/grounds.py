"""Outcome, reasons and legal ground of a decision, as a letter on paper says them: a mail never does (domain §6).

Like all words of letters they follow the reader's language, never the one of the moment.
"""

from functools import partial

from notifications.letters.words import Paragraphs, day
from workflow import services
from workflow.models import Claim
from workflow.states import Ground, Language, Outcome, Right
from workflow.workdays import brussels_date

OUTCOMES: dict[Language, dict[Outcome, str]] = {
    Language.FR: {
        Outcome.GRANTED: "Nous avons fait ce que vous demandiez.",
        Outcome.PARTLY_GRANTED: "Nous avons fait une partie de ce que vous demandiez.",
        Outcome.REFUSED: "Nous n'avons pas pu faire ce que vous demandiez.",
        Outcome.NOTHING_HELD: "Nous avons cherché et n'avons aucune donnée à votre sujet pour cette demande.",
    },
    Language.NL: {
        Outcome.GRANTED: "Wij hebben gedaan wat u vroeg.",
        Outcome.PARTLY_GRANTED: "Wij hebben een deel gedaan van wat u vroeg.",
        Outcome.REFUSED: "Wij konden niet doen wat u vroeg.",
        Outcome.NOTHING_HELD: "Wij hebben gezocht en hebben hiervoor geen gegevens over u.",
    },
    Language.DE: {
        Outcome.GRANTED: "Wir haben getan, worum Sie gebeten haben.",
        Outcome.PARTLY_GRANTED: "Wir haben einen Teil dessen getan, worum Sie gebeten haben.",
        Outcome.REFUSED: "Wir konnten nicht tun, worum Sie gebeten haben.",
        Outcome.NOTHING_HELD: "Wir haben gesucht und haben dazu keine Daten über Sie.",
    },
    Language.EN: {
        Outcome.GRANTED: "We did what you asked.",
        Outcome.PARTLY_GRANTED: "We did a part of what you asked.",
        Outcome.REFUSED: "We could not do what you asked.",
        Outcome.NOTHING_HELD: "We searched and hold no data about you for this.",
    },
}
DONE_ON: dict[Language, str] = {
    Language.FR: "Fait le {day}.",
    Language.NL: "Uitgevoerd op {day}.",
    Language.DE: "Ausgeführt am {day}.",
    Language.EN: "Done on {day}.",
}
GROUNDS: dict[Language, dict[Ground, str]] = {
    Language.FR: {
        Ground.G_ID: "nous ne pouvons pas savoir quelles données sont les vôtres",
        Ground.G_UNF: "la demande est clairement sans fondement",
        Ground.G_EXC: "la même chose a été demandée encore et encore",
        Ground.G_OTHERS: "cela porterait atteinte aux droits d'autres personnes",
        Ground.G_173A: "la liberté d'expression et d'information l'emporte ici",
        Ground.G_173B: "une loi nous oblige à conserver ces données",
        Ground.G_173C: "les données servent à la santé publique",
        Ground.G_173D: "les données servent à des archives, à la recherche ou à des statistiques",
        Ground.G_173E: "les données sont nécessaires pour un litige",
        Ground.G_STILL: "aucune des raisons d'effacer des données ne s'applique",
        Ground.G_NO18: "aucune des raisons de geler des données ne s'applique",
        Ground.G_NO20: "vous ne nous avez pas donné ces données par contrat ou par consentement",
        Ground.G_NO22: "une personne a pris part à la décision",
        Ground.G_NOTECH: "les envoyer directement à l'autre service est techniquement impossible",
        Ground.G_COMPELLING: "nous avons des raisons qui pèsent plus dans ce cas",
        Ground.G_CLAIMS: "les données sont nécessaires pour un litige",
        Ground.G_NOTWRONG: "les données sont exactes",
        Ground.G_SCOPE: "cela ne relève pas de la protection des données",
    },
    Language.NL: {
        Ground.G_ID: "wij kunnen niet te weten komen welke gegevens de uwe zijn",
        Ground.G_UNF: "het verzoek is duidelijk zonder enige grond",
        Ground.G_EXC: "hetzelfde werd telkens opnieuw gevraagd",
        Ground.G_OTHERS: "het zou de rechten van anderen schaden",
        Ground.G_173A: "de vrijheid van meningsuiting en informatie gaat hier voor",
        Ground.G_173B: "een wet verplicht ons deze gegevens te bewaren",
        Ground.G_173C: "de gegevens dienen de volksgezondheid",
        Ground.G_173D: "de gegevens dienen voor archieven, onderzoek of statistiek",
        Ground.G_173E: "de gegevens zijn nodig voor een rechtszaak",
        Ground.G_STILL: "geen van de redenen om gegevens te wissen is van toepassing",
        Ground.G_NO18: "geen van de redenen om gegevens te bevriezen is van toepassing",
        Ground.G_NO20: "u hebt ons deze gegevens niet gegeven via een overeenkomst of met uw toestemming",
        Ground.G_NO22: "een persoon heeft aan het besluit meegewerkt",
        Ground.G_NOTECH: "ze rechtstreeks naar de andere dienst sturen is technisch niet mogelijk",
        Ground.G_COMPELLING: "wij hebben redenen die in dit geval zwaarder wegen",
        Ground.G_CLAIMS: "de gegevens zijn nodig voor een rechtszaak",
        Ground.G_NOTWRONG: "de gegevens zijn juist",
        Ground.G_SCOPE: "dit is geen zaak van gegevensbescherming",
    },
    Language.DE: {
        Ground.G_ID: "wir können nicht herausfinden, welche Daten Ihre sind",
        Ground.G_UNF: "der Antrag ist offensichtlich ohne jede Grundlage",
        Ground.G_EXC: "dasselbe wurde immer wieder verlangt",
        Ground.G_OTHERS: "es würde die Rechte anderer Menschen verletzen",
        Ground.G_173A: "die Meinungs- und Informationsfreiheit geht hier vor",
        Ground.G_173B: "ein Gesetz verpflichtet uns, diese Daten aufzubewahren",
        Ground.G_173C: "die Daten dienen der öffentlichen Gesundheit",
        Ground.G_173D: "die Daten dienen Archiven, der Forschung oder der Statistik",
        Ground.G_173E: "die Daten werden für einen Rechtsstreit gebraucht",
        Ground.G_STILL: "keiner der Gründe, aus denen Daten zu löschen sind, liegt vor",
        Ground.G_NO18: "keiner der Gründe, die Nutzung von Daten anzuhalten, trifft zu",
        Ground.G_NO20: "Sie haben uns diese Daten nicht aufgrund eines Vertrags oder mit Ihrer Einwilligung gegeben",
        Ground.G_NO22: "ein Mensch hat an der Entscheidung mitgewirkt",
        Ground.G_NOTECH: "sie direkt an den anderen Dienst zu senden ist technisch nicht möglich",
        Ground.G_COMPELLING: "wir haben Gründe, die in diesem Fall schwerer wiegen",
        Ground.G_CLAIMS: "die Daten werden für einen Rechtsstreit gebraucht",
        Ground.G_NOTWRONG: "die Daten sind richtig",
        Ground.G_SCOPE: "das ist keine Frage des Datenschutzes",
    },
    Language.EN: {
        Ground.G_ID: "we cannot find out which data are yours",
        Ground.G_UNF: "the request is clearly without any basis",
        Ground.G_EXC: "the same was asked again and again",
        Ground.G_OTHERS: "it would harm the rights of other people",
        Ground.G_173A: "freedom of expression and information comes first here",
        Ground.G_173B: "a law obliges us to keep these data",
        Ground.G_173C: "the data serve public health",
        Ground.G_173D: "the data serve archives, research or statistics",
        Ground.G_173E: "the data are needed for a legal dispute",
        Ground.G_STILL: "none of the reasons for which data must be deleted applies",
        Ground.G_NO18: "none of the reasons for putting data on hold applies",
        Ground.G_NO20: "you did not give us these data under a contract or by consent",
        Ground.G_NO22: "a person took part in the decision",
        Ground.G_NOTECH: "sending them directly to the other service is not technically possible",
        Ground.G_COMPELLING: "we have reasons that weigh more in this case",
        Ground.G_CLAIMS: "the data are needed for a legal dispute",
        Ground.G_NOTWRONG: "the data are correct",
        Ground.G_SCOPE: "this is not a matter of data protection",
    },
}

# Article, paragraph and letter of the GDPR; of the rights of others the one the copy or the transfer is asked under.
_ARTICLES: dict[Ground, tuple[tuple[str, ...], ...]] = {
    Ground.G_ID: (("11", "2"), ("12", "2")),
    Ground.G_UNF: (("12", "5"),),
    Ground.G_EXC: (("12", "5"),),
    Ground.G_OTHERS: (("15", "4"),),
    Ground.G_173A: (("17", "3", "a"),),
    Ground.G_173B: (("17", "3", "b"),),
    Ground.G_173C: (("17", "3", "c"),),
    Ground.G_173D: (("17", "3", "d"),),
    Ground.G_173E: (("17", "3", "e"),),
    Ground.G_STILL: (("17", "1"),),
    Ground.G_NO18: (("18", "1"),),
    Ground.G_NO20: (("20", "1"),),
    Ground.G_NO22: (("22", "1"),),
    Ground.G_NOTECH: (("20", "2"),),
    Ground.G_COMPELLING: (("21", "1"),),
    Ground.G_CLAIMS: (("21", "1"),),
    Ground.G_NOTWRONG: (("16",),),
    Ground.G_SCOPE: (("4", "1"),),
}
_AND = {Language.FR: " et ", Language.NL: " en ", Language.DE: " und ", Language.EN: " and "}
# Before the article, between its parts, behind it.
_CITED = {
    Language.FR: ("article ", (".", "."), "", " du RGPD"),
    Language.NL: ("artikel ", (", lid ", ", onder "), ",", " AVG"),
    Language.DE: ("Artikel ", (" Absatz ", " Buchstabe "), "", " DSGVO"),
    Language.EN: ("Article ", ("(", ")("), ")", " GDPR"),
}


def ground(code: Ground, right: Right, language: Language) -> str:
    """The legal ground as a clause with its article: "the data are correct, Article 16 GDPR"."""
    named = (("20", "4"),) if code is Ground.G_OTHERS and right is Right.PORTABILITY else _ARTICLES[code]
    cited = _AND[language].join(_article(parts, language) for parts in named)
    if language is Language.NL and len(named) > 1:
        cited = cited.replace(", en", " en")
    return f"{GROUNDS[language][code]}, {cited}{_CITED[language][3]}"


def _article(parts: tuple[str, ...], language: Language) -> str:
    before, between, after, _behind = _CITED[language]
    text = before + parts[0]
    for joint, part in zip(between, parts[1:], strict=False):
        text += joint + part
    return text + (after if len(parts) > 1 else "")


def reasons(claim: Claim) -> dict[str, object]:
    """What only a letter on paper says of a decision."""
    cited = partial(ground, Ground(claim.ground), Right(claim.right)) if claim.ground else ""
    return {
        "facts": Paragraphs(services.facts_of(claim).strip().rstrip(".")),
        "ground": cited,
        "done": Paragraphs(services.done_of(claim).strip()),
        "told": partial(told, claim),
    }


def told(claim: Claim, language: Language) -> Paragraphs:
    """The whole answer: outcome, ground, facts, what was done and when. Raises KeyGone when the case was shredded."""
    pieces = [OUTCOMES[language][Outcome(claim.outcome)]]
    if claim.ground:
        reason = ground(Ground(claim.ground), Right(claim.right), language)
        pieces.append(f"{reason[:1].upper()}{reason[1:]}.")
    pieces += [services.facts_of(claim), services.done_of(claim)]
    if claim.executed_at is not None:
        pieces.append(DONE_ON[language].format(day=day(brussels_date(claim.executed_at), language)))
    return Paragraphs("\n\n".join(piece.strip() for piece in pieces if piece.strip()))
