"""Does a text name how somebody is reached or paid: an e-mail address, a telephone number, a bank account? Pure."""

import re

_DATE = re.compile(r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?![\d/.-])|\b\d{4}-\d{2}-\d{2}\b")
_VALUE = re.compile(
    r"[^\s@]+@[^\s@]+\.[^\s@]+"  # an address
    r"|\b[A-Z]{2}\d{2}(?:[ .]?[A-Z0-9]{4}){2,}"  # an IBAN
    r"|(?<!\d)(?:\+|00?)[1-9](?:[ ./-]?\d){7,}"  # a telephone number
)
_NAMED = re.compile(
    r"\be-?mail\w*|\bcourriels?\b|\bmail(?:adres|box)\w*|\badresses? (?:e-?mail|mail|electronique|électronique)\b"
    r"|\bt[ée]l[ée]phon\w*|\btele(?:foon|fon)\w*|\bgsm\w*|\bmobile\b|\bportable\b|\bhandynummer\w*|\bmobilnummer\w*"
    r"|\bphones?\b|\biban\b|\bbic\b|\bbank ?(?:account|details|gegevens|verbindung|daten)\w*|\bbankrekening\w*"
    r"|\brekeningnummer\w*|\bcompte bancaire\b|\bnum[ée]ro de compte\b|\bcoordonn[ée]es bancaires\b|\bbankkonto\w*"
    r"|\bkontonummer\w*|\baccount number\w*",
    re.IGNORECASE,
)


def says_how_to_reach(text: str) -> bool:
    """In doubt it does: a change of these is proven through the contact on file (domain §1.6)."""
    return bool(_NAMED.search(text) or _VALUE.search(_DATE.sub(" ", text)))
