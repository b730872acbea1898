"""The same letter on paper: nothing to click, nothing to reply to, and the whole answer instead of a link to it.

Only the words of the template are changed, before anything is filled in: what a person typed stays as it was typed.
"""

import re

from notifications.letters.register import CODE, STATUS_LINK
from workflow.states import Language

# A reply to a mail becomes a letter to us; an answer that lies ready behind a link stands in the letter itself.
_INSTEAD: dict[Language, tuple[tuple[str, str], ...]] = {
    Language.FR: (
        (r"Répondez( simplement| tout de suite)? à (?:ce message|celui-ci)", r"Écrivez-nous\1"),
        (r"répondez( simplement| tout de suite)? à (?:ce message|celui-ci)", r"écrivez-nous\1"),
        (r"répondre à ce message", "nous écrire"),
        (r" : pour les protéger, nous ne les joignons pas à cet e-mail", ""),
        (r"Notre réponse est prête\.", "Voici notre réponse."),
        (r"Notre réponse à votre question est prête\.", "Voici notre réponse à votre question."),
        (r"Notre réponse et ses raisons sont prêtes\.", "Voici notre réponse et ses raisons."),
    ),
    Language.NL: (
        (r"Antwoord( dan)?( gewoon)?( binnen 30 dagen)? op deze e-mail", r"Schrijf ons\1\2\3"),
        (r"antwoord( dan)?( gewoon)?( binnen 30 dagen)? op deze e-mail", r"schrijf ons\1\2\3"),
        (r"Beantwoord( dan)?( gewoon| meteen)? deze e-mail", r"Schrijf ons\1\2"),
        (r"beantwoord( dan)?( gewoon| meteen)? deze e-mail", r"schrijf ons\1\2"),
        (r"op deze e-mail antwoorden", "ons schrijven"),
        (r"Beantwoord dit bericht meteen", "Schrijf ons meteen"),
        (r": om ze te beschermen voegen wij ze niet bij deze e-mail", ""),
        (r"Ons antwoord is klaar\.", "Dit is ons antwoord."),
        (r"Ons antwoord op uw vraag is klaar\.", "Dit is ons antwoord op uw vraag."),
        (r"Ons antwoord en de redenen zijn klaar\.", "Dit zijn ons antwoord en de redenen."),
    ),
    Language.DE: (
        (
            r"Antworten Sie( bitte)?( einfach| sofort)?( innerhalb von 30 Tagen)? auf diese (?:E-Mail|Nachricht)",
            r"Schreiben Sie uns\1\2\3",
        ),
        (r"antworten Sie( bitte)?( einfach| sofort)? auf diese E-Mail", r"schreiben Sie uns\1\2"),
        (r"auf diese E-Mail antworten", "uns schreiben"),
        (r": Zu ihrem Schutz hängen wir sie nicht an diese E-Mail an", ""),
        (r"Unsere Antwort liegt bereit\.", "Hier ist unsere Antwort."),
        (r"Unsere Antwort auf Ihre Frage liegt bereit\.", "Hier ist unsere Antwort auf Ihre Frage."),
        (r"Unsere Antwort und ihre Gründe liegen bereit\.", "Hier sind unsere Antwort und ihre Gründe."),
    ),
    Language.EN: (
        (r"Reply to this (?:email|message)", "Write to us"),
        (r"reply to this (?:email|message)", "write to us"),
        (r": to protect them, we do not attach them to this email", ""),
        (r"Our answer is ready\.", "This is our answer."),
        (r"Our answer to your question is ready\.", "This is our answer to your question."),
        (r"Our answer and its reasons are ready\.", "These are our answer and its reasons."),
    ),
}


def template(text: str, language: Language) -> str:
    """The words of a template as they stand on paper."""
    for said, instead in _INSTEAD[language]:
        text = re.sub(said, instead, text)
    return text


def without_links(text: str) -> str:
    """A finished text without the lines that only say where to click: a link opens the page of whoever holds it."""
    return "\n".join(line for line in text.split("\n") if STATUS_LINK not in line and CODE not in line)
