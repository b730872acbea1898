"""Does a doubt say anything of this case? That a right needs a level, or that we always ask, does not. Pure.

Art. 12(6): only reasonable doubts allow to ask for more, and they are those of this request.
"""

import re

_WORD = re.compile(r"[^\W\d_]{3,}")
# What every request has in common, in the four languages; a doubt that says nothing else was not written for this one.
_COMMON = frozenset(
    _WORD.findall(
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
    """
    )
)


def says_nothing_of_the_case(doubt: str) -> bool:
    """Whether every word of it would fit any request."""
    return all(word in _COMMON for word in _WORD.findall(doubt.casefold().replace("’", "'")))
