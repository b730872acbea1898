"""Reports that somebody else's data was seen or received, in ordinary words of four languages, for folded text.

A report has three parts: seeing or receiving, something that is about people, and people who are not the writer. A
question whom the writer's own data was given to has the same words in another order ("to others" is not "of others").
"""

__all__ = ["SEEN"]

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
    r"|toegestuurd|doorgestuurd|stuurde|stuurden|bezorgd|toegang tot|toegang heb|verschijnen|verschijnt|bekijken)"
)
_NL_ABOUT = (
    r"(?:naam|namen|adres|adressen|bestelling|bestellingen|factuur|facturen|gegevens|klantgegevens|dossiers?|accounts?"
    r"|brief|brieven|contract|contracten|telefoonnummers?|profiel|profielen|aankopen|document|documenten|informatie"
    r"|fiches?|loonbriefjes?)"
)
_NL_WHO = (
    r"(?:(?:een )?andere? (?:klant|klanten|mensen|persoon|personen|gebruikers?|leden|patienten)|iemand anders|anderen"
    r"|(?:een )?onbekenden?|(?:een )?vreemden?)"
)
_NL_OF = r"(?:(?!aan |met |door |bij )\w+,? ){0,3}van (?:al )?"

_DE_SEEN = (
    r"(?:sehe|sehen|sieht|sah|gesehen|zeigt|angezeigt|zeigen|erhalten|erhielt|bekommen|bekam|bekomme|geschickt|gesendet"
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
    rf"(?:datei|liste|tabelle|anhang|dokument|excel\w*)(?: \w+){{0,3}} {_DE_ABOUT} {_DE_OF}(?:aller )?(?:ihrer|eurer) "
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
"""What :mod:`dsar.intake.gravity` puts beside its words for a breach; to be searched from the beginning of a word."""
