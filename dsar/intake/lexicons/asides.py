"""Words that take a wish back, or tell of another person's, in the four languages; further GATES of each lexicon.

``withdrawn`` and ``halted`` (with a negation of its own) take a request back, unless ``stands`` or ``conditional``
beside them says that it is not. ``anothers`` tells what somebody else asked, until ``turn`` comes back to the writer;
``mine`` in between makes it the writer's data after all, ``likewise`` anywhere in the mail the writer's wish, too. ``proof``
asks for evidence of what was done, ``anyform`` leaves the form to us; ``unless`` tells what the writer will do
if we do not answer, ``owing`` gives a reason of the writer's own.
"""

GATES: dict[str, dict[str, str]] = {
    "fr": {
        "withdrawn": r"""
(?:retrait|retractation|désistement|annulation|abandon) (?:de |d'|concernant )?(?:ma|mes|notre|la|cette|l') ?(?:\w+ ){0,2}?(?:demande|requête)
(?:inutile|pas nécessaire|plus nécessaire|plus besoin|plus la peine) (?:de |d')(?:traiter|poursuivre|répondre à|continuer|donner suite à)‥(?:ma|cette|la|mes) (?:\w+ ){0,1}?(?:demande|requête|dossier)
(?:classe[rz]|clore|clôture[rz]|ferme[rz])‥(?:mon|ma|le) (?:dossier|demande)‥(?:sans suite|je renonce|je me désiste)
(?:considére[rz]|regarde[rz])‥(?:ma|cette|la) (?:demande|requête)‥comme‥(?:nulle|caduque|retirée|annulée|close|sans objet|non avenue)
(?:retir|annul|abandonn|renonc|laiss\w+ tomber|clotur|oubli|ignor|révoqu|désist)\w*‥(?:à |de )?‥(?:ma|la|cette|mes|notre) (?:\w+ ){0,2}?(?:demande|requête|réclamation|plainte|démarche|souhait)
(?:ma|notre|la) (?:\w+ ){0,2}?(?:demande|requête|réclamation|plainte)‥‥(?:n'a plus lieu|est sans objet|est annulée|est retirée|est caduque|n'est plus d'actualité|à annuler|à oublier)
(?:oubliez|annulez|arrêtez|suspendez|abandonnez) (?:tout|toute)? ?(?:la |l'|cette )?(?:suppression|effacement|demande)
changé d'avis (?:pour|sur|concernant|quant à|au sujet de)‥(?:la |l'|ma |mon )?(?:suppression|effacement|demande)
""",
        "halted": r"""
(?:souhaite|veux|désire|voudrais)‥(?:plus|pas) (?:donner suite|poursuivre|maintenir|continuer)‥(?:à |avec )?(?:ma|la|cette|mes)
(?:ne|n') ?(?:maintiens|poursuis) (?:plus|pas) (?:ma|cette|mes)
(?:ne pas|plus|ne donnez (?:plus|pas)|ne tenez (?:plus|pas)) ?(?:donner suite|tenir compte|suite|compte)‥(?:à |de )?(?:ma|la|cette|mes)
""",
        "stands": r"\b(?:pas|jamais|n'a(?:i|vais)|(?:vous|tu|on|ils?|elles?) (?:m |l )?(?:avez|as|a|ont|aviez|oubliez|ignorez|annulez|semblez)|si|pourquoi|sans|avais|refuse)\b",
        "conditional": r"\b(?:si|pourquoi|vous|quand|lorsque|avoir|être)\b",
        "anothers": r"""
(?:mon|ma|mes|notre|nos|un|une|le|la) (?:\w+ ){0,2}?(?:colocataires?|coloc|frères?|sœurs?|mari|femme|époux|épouse|compagn(?:on|e)|conjointe?|partenaire|amie?s?|copains?|copines?|collègues?|voisine?s?|patron|mère|père|parents|fils|fille|cousine?|oncle|tante|ex|belle sœur|beau frère|associée?|employée?)(?: \w+){0,2}? (?:(?:a|avait|ont|avaient)(?: \w+){0,2}? (?:demandé|écrit|réclamé|sollicité|exigé|voulu|introduit|envoyé)|voulait|voulaient|souhaitait|demandait|désirait|exigeait)
vous (?:a|avait|ont|avaient) (?:\w+ )?(?:demandé|prié|réclamé)…(?:ses|sa|son|leurs?)\b
""",
        "turn": r"(?:mais|tandis|alors que|quant à moi|pour ma part|pour moi|moi|je|j|de mon côté)\b",
        "mine": r"(?:mes|mon|ma|me|nos|notre|nous|miens?|miennes?)\b",
        "likewise": r"(?:pareil|(?:de|la) même(?: chose)?|idem|moi aussi|les miennes aussi|pour moi aussi|également pour moi)\b",
        "proof": r"(?:preuve|attestation|certificat)s?‥(?:que|de|qui)…(?:supprim\w+|effac\w+|suppression|effacement|détrui\w+)",
        "anyform": r"(?:sous|dans|par) (?:la|le|n'importe quelle?|toute)‥(?:forme|format|manière)‥(?:que vous (?:voulez|voudrez|préférez|souhaitez)|qui vous (?:convient|arrange)|de votre choix|peu importe)|peu importe (?:la forme|le format)",
        "unless": r"(?:si|tant que) vous ne (?:\w+ ){0,3}?(?:pas|rien)\b.{0,80}(?:irai|saisirai|porterai|contacterai|adresserai|plaindrai|déposerai|(?:vais|devrai) (?:\w+ ){0,2}(?:aller|saisir|porter|contacter|m'adresser|me plaindre|déposer))",
        "owing": r"vu (?:mon|ma|mes)|étant donné|compte tenu de|en raison de (?:mon|ma|mes)",
    },
    "nl": {
        "withdrawn": r"""
(?:intrekking|annulering|annulatie) van (?:mijn|het|dit|ons) (?:\w+ ){0,2}?(?:verzoek|vraag|aanvraag|\w{0,14}verzoek|\w{0,14}aanvraag)
zie‥af van (?:mijn|het|dit|onze) (?:\w+ ){0,2}?(?:verzoek|vraag|aanvraag|\w{0,14}verzoek)
(?:verzoek|vraag|aanvraag|\w{0,14}verzoek)‥(?:als (?:nietig|ingetrokken|vervallen|afgehandeld|niet geschreven)|(?:tot \w+ )?(?:maar )?(?:zitten|vallen|schieten))
(?:verzoek|vraag|aanvraag|\w{0,14}verzoek)‥(?:graag |willen |wil )?(?:in ?trekken|annuleren|stopzetten)
(?:trek|annuleer|annuleren|laat|herroep|vergeet|negeer|schrap|intrek|stop)\w*‥(?:mijn|de|het|dit|die|ons) (?:\w+ ){0,2}?(?:verzoek|vraag|aanvraag|klacht|\w{0,14}verzoek|\w{0,14}aanvraag)
(?:verzoek|vraag|aanvraag|klacht)…(?:in ?(?:te )?trekken|ingetrokken|annuleren|geannuleerd|vervalt|vervallen|mag (?:u|je|jullie)?‥(?:vergeten|negeren|schrappen|annuleren|laten vallen)|mogen jullie‥(?:vergeten|negeren|annuleren))
(?:trek|trekken)‥(?:verzoek|aanvraag|klacht)…\b(?:in|terug)\b
van gedachten? veranderd‥(?:over|wat|rond)‥(?:verwijder\w*|wis\w*|verzoek|schrap\w*)
""",
        "halted": r"""
(?:hoeft|hoeven|moet|moeten) (?:\w+ )?(?:niet meer|niets meer|niet langer)
geen gevolg (?:meer )?(?:te geven )?aan (?:mijn|het|dit)
""",
        "stands": r"\b(?:niet|nooit|geen|als|indien|waarom|(?:u|jullie|je) (?:hebt|heeft|hebben|lijkt|lijken|negeert|negeren|blijft)|(?:hebt|heeft|hebben) (?:u|jullie|je)|weiger|had|los|rusten|weten)\b",
        "conditional": r"\b(?:als|indien|waarom|wanneer)\b",
        "anothers": r"""
(?:mijn|m'n|onze?|een|de) (?:\w+ ){0,2}?(?:huisgeno\w+|kotgeno\w+|kamergeno\w+|broers?|zus(?:sen|ter)?|man|vrouw|echtgenote?|partner|vriend(?:in|en)?|collega\w?|buur\w*|baas|moeder|vader|mama|papa|ouders|zoon|dochter|nicht|neef|oom|tante|ex|schoonbroer|schoonzus|vennoot|werknemer)(?: \w+){0,2}? (?:vroeg\w*|schreef|schreven|wou|wilde\w?|eiste\w?|verzocht\w*|(?:heeft|had|hebben)(?: \w+){0,4}? (?:gevraagd|geschreven|verzocht|geëist|gewild))
(?:mijn|onze) (?:\w+ )?(?:huisgeno\w+|kotgeno\w+|broer|zus|man|vrouw|partner|vriend(?:in)?|collega|buurman|buurvrouw|moeder|vader) (?:heeft|had)‥(?:u|jullie|je)…(?:zijn|haar)‥‥(?:gevraagd|verzocht)
""",
        "turn": r"(?:maar|terwijl|wat mij betreft|voor mij|zelf|ik|mijnerzijds)\b",
        "mine": r"(?:mijn|mij|me|ons|onze)\b",
        "likewise": r"(?:hetzelfde|idem|ik ook|voor mij ook|de mijne ook|die van mij ook|ook voor mij|ook bij mij)\b",
        "proof": r"(?:bewijs|bewijzen|attest|bewijsstuk)‥(?:dat|van)…(?:gewist|verwijderd|wissing|verwijdering|geschrapt|vernietigd)",
        "anyform": r"(?:in|onder) (?:welke|om het even welke|eender welke|de)‥(?:vorm|formaat)‥(?:(?:u|jullie|je) (?:maar )?(?:wil\w*|verkies\w*)|ook)|(?:vorm|formaat)‥(?:maakt niet uit|speelt geen rol|om het even|kies\w*‥zelf)",
        "unless": r"(?:als|indien|zolang) (?:ik|u|jullie|je) (?:\w+ ){0,4}?(?:niet|niets|geen)\b.{0,80}(?:stap|ga|klop|trek|zal|dien|richt|meld) (?:\w+ ){0,2}?(?:ik|aan|in|mij)\b",
        "owing": r"gezien mijn|wegens mijn|omwille van mijn|gelet op mijn",
    },
    "de": {
        "withdrawn": r"""
(?:rücknahme|zurücknahme|zurückziehung|stornierung|widerruf) (?:meines|unseres|des|meiner|der) (?:\w+ ){0,2}?(?:antrag(?:e?s)?|anfrage|ersuchens?|anliegens|begehrens|\w{0,14}antrag(?:e?s)?|\w{0,14}anfrage|\w{0,14}begehrens)
(?:antrag|anfrage|anliegen|ersuchen|\w{0,14}antrag|\w{0,14}anfrage)‥(?:stornieren|zurück ?(?:zu ?)?(?:nehmen|ziehen)|zurückgezogen|zurückgenommen|fallen ?lassen|als (?:gegenstandslos|zurückgezogen|erledigt|hinfällig|nichtig))
(?:verzichte|sehe)‥(?:auf|von) (?:mein\w*|die|der|eine\w*|den) (?:\w+ ){0,2}?(?:antrag|anfrage|bearbeitung|beantwortung|\w{0,14}antrag|weitere\w* \w+)
(?:ziehe|nehme|storniere|ziehen|widerrufe|annulliere|stornieren sie|vergessen sie|ignorieren sie|streichen sie)‥(?:hiermit )?(?:meinen?|den|die|das|mein|unseren?) (?:\w+ ){0,2}?(?:antrag|anfrage|anliegen|ersuchen|begehren|bitte|\w{0,14}wunsch|\w{0,14}antrag|\w{0,14}begehren|\w{0,14}anfrage|beschwerde|löschung)…
(?:antrag|anfrage|anliegen|\w{0,14}antrag|\w{0,14}wunsch|beschwerde)‥(?:zurück(?!kommen)|hat sich erledigt|ist erledigt|gegenstandslos|hinfällig|können sie (?:\w+ )?(?:vergessen|ignorieren|streichen))
(?:der|dem|das|mein|meine)…hat sich erledigt
""",
        "halted": r"""
(?:antrag|anfrage|löschung|\w{0,14}antrag)‥(?:nicht (?:weiter|mehr)|nicht durchführen)
(?:brauchen|müssen)‥(?:nicht mehr|nichts mehr) (?:zu )?(?:löschen|bearbeiten)
""",
        "stands": r"\b(?:nicht|nie|niemals|keinesfalls|wenn|falls|warum|(?:haben|hatten) sie|sie (?:haben|ignorieren|vergessen)|hatte)\b",
        "conditional": r"\b(?:wenn|falls|warum|sollten|noch)\b",
        "anothers": r"""
(?:meine?|unsere?|einer?|der|die) (?:\w+ ){0,2}?(?:mitbewohner(?:in)?|bruder|schwester|mann|frau|ehemann|ehefrau|partner(?:in)?|freund(?:in)?|kolleg(?:e|in)|nachbar(?:in)?|chef(?:in)?|mutter|vater|mama|papa|eltern|sohn|tochter|cousine?|onkel|tante|ex|schwager|schwägerin|mitarbeiter(?:in)?)(?: \w+){0,2}? (?:wollten?|bat|baten|verlangten?|schrieb|forderte|beantragte|(?:hat|hatte|haben)(?: \w+){0,6}? (?:gebeten|verlangt|geschrieben|beantragt|gefordert|gewünscht))
""",
        "turn": r"(?:aber|während|was mich|für mich|bei mir|ich|meinerseits|selbst)\b",
        "mine": r"(?:meine?[nrms]?|mich|mir|unsere?[nrms]?|uns)\b",
        "likewise": r"(?:das gleiche|dasselbe|ebenso|ich auch|auch für mich|bei mir auch|auch bei mir|auch meine|meine auch)\b",
        "proof": r"(?:nachweis\w*|beweis\w*|beleg\w*|bescheinigung\w*)‥(?:dass|über|für)…(?:gelöscht\w*|löschung|vernicht\w+|entfernt\w*)",
        "anyform": r"(?:in|egal in|gleich in) (?:welcher|der|jeder|einer)‥(?:form|format)‥(?:sie (?:wollen|möchten|bevorzugen)|ihrer wahl|auch immer|ihnen (?:passt|recht ist))|(?:form|format)‥(?:ist mir egal|spielt keine rolle)",
        "unless": r"(?:wenn|falls|sollten|solange) (?:sie|ich|ihr) (?:\w+ ){0,4}?(?:nicht|nichts|keine?)\b.{0,80}(?:gehe|wende|werde|beschwere|melde|schalte) ich\b",
        "owing": r"angesichts mein\w+|wegen mein\w+|aufgrund mein\w+|in anbetracht mein\w+",
    },
    "en": {
        "withdrawn": r"""
(?:withdrawal|cancell?ation|retraction) of (?:my|the|our|this) (?:\w+ ){0,3}?(?:request|claim|enquiry)
tak(?:e|ing) (?:my|the|our|that|this) (?:\w+ ){0,3}?(?:request|demand|claim)‥back
(?:no (?:need|reason)|not necessary|unnecessary)‥to (?:process|handle|answer|pursue|deal with|follow up)‥(?:my|the|this|that) (?:\w+ ){0,3}?(?:request|claim|enquiry)
(?:consider|treat|regard)‥(?:my|the|this|that) (?:\w+ ){0,3}?(?:request|claim)‥(?:withdrawn|closed|void|cancelled|canceled|moot)
(?:no longer|don't|do not)‥(?:wish|want|intend)‥to (?:pursue|continue|proceed|go ahead|go on)‥(?:with )?(?:my|the|this|that)
(?:withdraw\w*|cancel(?:l?ing)?|retract\w*|rescind\w*|drop|dropping|forget|disregard|ignore|scrap|call(?:ing)? off|tak(?:e|ing) back|pull(?:ing)? back)‥(?:my|the|this|that|our) (?:\w+ ){0,3}?(?:request|claim|complaint|enquiry|ticket|demand)
(?:tak\w+|pull\w*)‥(?:my|the|our) (?:\w+ ){0,3}?(?:request|claim|complaint|demand)‥…\bback\b
(?:request|claim|complaint)‥(?:is|has been|as) (?:withdrawn|cancelled|canceled|void|no longer)
no longer (?:need|necessary|required) to (?:delete|erase|process)
chang\w+ my mind (?:about|on|regarding)‥(?:deletion|erasure|deleting|erasing|removing|removal|request)
(?:cancel|stop|halt|abort|call off) (?:the|my|that|this) (?:\w+ )?(?:deletion|erasure|removal)
""",
        "halted": r"""
(?:do not|don t)‥(?:go ahead|proceed|go through|continue) with‥(?:request|deletion|erasure|removal)
""",
        "stands": r"(?<!not only )(?<!can )(?<!could )(?<!would )(?<!will )(?<!may )(?<!like )(?<!want )(?<!ask )(?<!need )\b(?:do not|don t|not|never|if|unless|why|did|had|won t|refuse|you (?:\w+ ){0,2}(?:withdr|cancel|forg|disregard|ignor|drop|scrap)\w*)\b",
        "conditional": r"\b(?:if|unless|why|when)\b",
        "anothers": r"""
(?:my|our|a|the) (?:\w+ ){0,2}?(?:flat ?mates?|room ?mates?|house ?mates?|brothers?|sisters?|husband|wife|partner|friends?|colleagues?|co ?workers?|neighbou?rs?|boss|mother|father|mum|mom|dad|parents|son|daughter|cousin|uncle|aunt|ex|boyfriend|girlfriend|landlord|tenant|lodger|employee)(?: \w+){0,2}? (?:asked|wrote|requested|wanted|demanded|told|contacted|begged)
(?<!i )(?<!we )(?<!have )(?<!ve )(?:asked|begged|told|wanted) you…(?:his|her|their)\b
""",
        "turn": r"(?:but|while|whereas|as for me|for me|personally|i|for my part)\b",
        "mine": r"(?:my|me|our|us|mine)\b",
        "likewise": r"(?:the same (?:for|with|to) m\w+|likewise|me too|mine (?:\w+ ){0,2}(?:too|as well)|same here|my own as well)\b",
        "proof": r"(?:proof|evidence|certificate|confirmation in writing)‥(?:that|of)…(?:deleted|erased|removed|wiped|destroyed|deletion|erasure|destruction)",
        "anyform": r"in (?:whatever|whichever|any) (?:\w+ )?(?:form|format|shape)‥(?:you|suits|works|convenient)|(?:form|format)‥(?:does not matter|doesn t matter|is up to you|you (?:like|prefer|want))",
        "unless": r"(?:(?:if|as long as) (?:you|i) (?:do not|don t|won t|will not|can t|fail to|refuse to)|unless (?:you|i))\b.{0,80}(?:i (?:will|ll|am going|m going|shall|have to|go)|i d )",
        "owing": r"given my|in view of my|because of my|owing to my",
    },
}
