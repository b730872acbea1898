"""French words of requests. How a line is read: see dsar.intake.lexicon."""

MACROS = {
    "DATA": r"(?:donn(?:é|e)e?s?|infos?|informations?|renseignements?|dossier|fiche|profil|historique|éléments)\b",
    "ACCT": r"(?:comp?tes?|conpte|conte|comte|profil|inscription|fiche|dossier|abonné)\b",
    "FIELD": (
        r"(?:adres+e?s?|nom|prénoms?|patronyme|numéros?|num|gsm|portable|téléphone|tél|tel|mails?|e ?mails?|courriel"
        r"|dates? de naissance|naissance|iban|bic|rib|compte (?:bancaire|en banque)|numéro de compte|code postal|photos?"
        r"|sexe|civilité|genre|titre|état civil|profession|langue|coordonnées|orthographe|domicile|tva)\b"
    ),
    "ALL": (
        r"(?:<DATA>|<ACCT>|<FIELD>|enregistrements?|appels|conversations?|chats?|messages|contacts?|traces?|carnet|l'ancien\w*"
        r"|tout(?:es?|s)?|ce qu'il y a|ce que vous|ce qui me|cv|candidature)"
    ),
    "P": (
        r"(?:(?:sur|de|à propos de|au sujet de|concernant|chez) (?:moi|nous|ma personne|mon compte|mon client|mon fils"
        r"|ma fille|mon enfant)|(?:me|nous|le|la|les) concernant|qui (?:me|nous|le|la) concern\w+|à (?:mon|notre) (?:sujet"
        r"|propos|égard|nom)|à l'égard de)"
    ),
    "HOLD": (
        r"(?:avez|aviez|avez vous|as tu|detien\w+|déten\w+|conserv\w+|possed\w+|gard\w+|stock\w+|trait(?:ez|é\w*|iez|ent)"
        r"|enregistr\w+|collect\w+|récolt\w+|disposez|dispose|savez|connaissez|not(?:é|ez)\w*|sauvegard\w+|recueilli\w*"
        r"|existent|utilis\w+|figurent|encod\w+|héberg\w+)"
    ),
    "SEND": (
        r"(?:(?:r?envoy|envoi|transm(?:et|is)|communiqu|fourni|adress|donn(?:er|ez)|remett|sort(?:ir|ez)|expédi)\w*"
        r"|recevoir|avoir|obtenir|récup\w+|télécharg\w+|(?:faire|faites)(?: moi)? (?:parvenir|suivre))"
    ),
    "MYDATA": r"(?:toutes |tout |l'ensemble de |l'intégralité de |la totalité de )?(?:mes|nos|ses) (?:propres |chères )?(?:don+(?:é|e)es?|infos?|informations?)(?: perso\w*| à caractère personnel)?",
    "MYFIELD": r"(?:mon|ma|mes|m'|notre|nos|son|sa|ses|leurs?|l'|le|la|les|cette|cet|ce|de|d'|du|des|d'une?) ?(?:\w+ )?(?:<FIELD>|donn(?:é|e)es?|informations?|infos|profil|fiche|dossier|erreurs?|fautes?|entrée|mention|orthographe|registre|données de contact)",
    "ERASEV": r"(?:sup+r+im\w*|suprr?im\w*|supr?pim\w*|ef+ac\w*|détrui\w*|enlev\w*|élimin\w*|purg(?:er|ez)|vir(?:er|ez)|anonymis\w*)",
    "ERASEN": r"(?:ef+acement\w*|sup+res+ion\w*|destruction|radiation|anonymisation)",
    "RECTV": (
        r"(?:rectifi\w*|cor+i[gj]\w*|cor+ection\w*|modifi\w*|chang(?:er|ez|e|é|iez|ement)\b|met+(?:re|ez|ait|iez)? à jour"
        r"|mise à jour|actualis\w*|remplac\w*|adapt(?:er|ez|é|iez)|complét\w*|rétabli\w*)"
    ),
    "MKT": (
        r"(?:pubs?\b|publicit\w*|publipostage|promos?\b|promotion\w*|offres?\b|news ?letters?|lettres? d'information"
        r"|infolettre|mailings?\b|prospection|démarch\w*|marketing|sollicitation\w*|spams?\b|pourriels?|réclames?\b"
        r"|e ?mailings?|télémarketing|(?:communication|mail|e ?mail|message|appel|sms|courrier|courriel|contact)s?"
        r" (?:commercia\w+|publicitaires?|promotionnel\w*|promo\w*)|fins? commerciales?|relances? commerciales?)"
    ),
    "OTHER": (
        r"(?:nouve(?:au|l|lle)|autre|futur\w*|concurren\w+|prochain\w*)‥(?:prestataire|fournisseur|opérateur|logiciel"
        r"|service|plate ?forme|société|outil|solution|appli\w*|responsable|système|organisme|concurrent|banque|assureur)"
    ),
    "FORMAT": r"(?:csv|json|xml|excel|xlsx?|vcard|vcf|ics)\b",
    "HUMAN": (
        r"(?:humain\w*|être humain|vraie personne|personne (?:réelle|physique|compétente|en chair)|une personne|quelqu'un"
        r"|employé|collaborat\w+|conseiller|responsable|agent)\b"
    ),
    "REVIEW": (
        r"(?:réexam\w+|revoi\w*|revoir|révis\w+|reconsidér\w*|examin\w*|interv\w+|vérifi\w*|décid\w*|reli\w+|regard\w*"
        r"|réévalu\w*|reprenne|étudi\w*|tranch\w*)"
    ),
    "MACHINE": r"(?:automati\w*|algorithm\w*|machine|robot|ordinateur|logiciel|ia\b|intelligence artificielle|scoring|score)",
    "UNTIL": r"(?:jusqu\w*|tant que|en attendant|le temps (?:que|de)|pendant|d'ici|avant que|entre ?temps|dans l'intervalle|provisoire\w*|temporaire\w*)",
}

RIGHTS = r"""
access S (?:si|tant que|à moins que) vous ne…(?:montr|di[st]|donn|envoy|communiqu|transm|remet|laiss|fourn|révél|dévoil)\w*…(?:ce que|ce qu|tout ce|quelles?)‥(?:<HOLD>|vous)
access S (?:si|tant que|à moins que) vous ne…(?:montr|donn|envoy|communiqu|transm|remet|laiss|fourn)\w*…(?:mes (?:données|informations)|mon dossier|ma fiche)
access S quel+e?s?‥(?:<DATA>|coordonnées)…(?:<P>|\bmes\b|\bmon\b|\bmoi\b)
access S (?:<HOLD>) (?:quoi|koi|comme (?:infos?|données|informations))‥(?:<P>)
access S (?:ce que|tout ce que|qu'est ce que|c'?est quoi‥que|quoi)‥(?:vous|tu|on|votre|assistool)‥(?:<HOLD>)‥(?:<P>)
access S (?:savoir|connaitre|demander?) (?:si|quelles?)‥(?:vous|votre|assistool)…(?:<HOLD>)…(?:<DATA>)…(?:<P>|personnel|\bmes\b)
access S (?:confirm\w+|indiqu\w+|préciser|dire|dites) (?:moi )?(?:si|que|la confirmation)‥(?:vous|votre|assistool|des données)…(?:<HOLD>)…(?:<P>|<DATA>)
access S (?:copie\b|photocopie|duplicata|extraits?|relevé|inventaire|liste (?!d'envoi|de diffusion|de mailing)|aperçu|détail|récapitulatif|vue d'ensemble|copies (?=de (?:mes|tou|l'ens))) ?(?:\w+ )?(?:de |d'|des |du )‥(?:<DATA>|enregistrements?|conversations?|appels|tout ce|coordonnées)
access S (?:tout(?:es?)?|l'ensemble|l'intégralité|la totalité)‥(?:que vous|détenues|conservées|enregistrées|stockées|collectées|en votre possession)‥(?:<HOLD>)?‥(?:<P>)
access S (?:d'où|doù|où) (?:viennent|proviennent|vient|provient|ça vient|tenez|avez|vous (?:tenez|avez|vient)|sort\w*|sont venues)
access S (?:ça|cela|tout ça|elles?|ils?) (?:vient|viennent|sort|provien\w+) d'où
access S (?:comment|où|par qui|qui vous a)‥(?:avez vous|vous avez|a|avez)?‥(?:eu|obtenu\w*|trouvé\w*|récupéré\w*|reçu|donné|fourni|transmis)‥(?:<FIELD>|<DATA>|coordonnées)
access S (?:origine|provenance|source) (?:exacte )?(?:de |des )(?:mes |ces |vos |celles|cette |mon |ma )
access S (?:à|avec) (?:qui|quel+e?s?)‥…(?:transm\w+|communiqu\w+|partag\w+|vend\w*|donn(?:é|ez)\w*|céd\w+|transfér\w+|fil\w+|revend\w*)
access S (?:liste|noms?|identité) (?:de |des |du )‥(?:destinataires|sociétés|entreprises|tiers)
access L (?:consulter|voir|connaitre|prendre connaissance de|avoir accès à|accéder à|visualiser|inspecter|vérifier)‥(?:toutes |l'ensemble de |l'intégralité de |le contenu de )?(?:mes|les|ma|mon) (?:<DATA>)
access S (?:ce qui|ce qu'il y a|tout ce qui)‥(?:<HOLD>|est|existe|figure|sur)…(?:<P>)
access S (?:savoir|connaitre|informer|renseigner)‥(?:ce que|quelles?)…(?:<HOLD>)‥(?:<P>)
access S (?:données|infos?|informations) (?:que vous |qui ont été )‥(?:<HOLD>)‥(?:<P>)
access S (?:rien|tout) ce que vous (?:avez|savez|possédez)
access S (?:demande|demandons|exige|exigeons|sollicite|sollicitons) (?:donc |ici |également )?(?:l')?ac+ès(?=[ ]?[.!,;]|$)
access N (?:droit|demande|exercice|requête)s? (?:à l'|d'|de l')ac+ès
access N ac+ès (?:complet |total )?(?:à|a|aux|au) (?:toutes |l'ensemble de |l'intégralité de )?(?:mes|mon|ma|ses|son|sa|leurs?|nos|notre|aux|vos)? ?(?:<DATA>)
access N droit de (?:consultation|regard)
bare S (?:(?:<SEND>)(?: les| tout)? (?:moi|nous)|(?:me|m'|nous) (?:les |faire )?(?:<SEND>))‥(?:<MYDATA>)
bare S (?:recevoir|obtenir|récup\w+|télécharg\w+|envoi|ravoir)‥(?:<MYDATA>)
bare S (?:je (?:veux|voudrais|veut|souhaite)|donnez moi|j'aimerais|il me faut)‥(?:avoir |recevoir )?(?:<MYDATA>)(?= ?(?:[.,!?]|$|svp|stp|s'il|merci|par|en|au|avant|rapid))
portability N portabilit\w*|portab\w* des
portability S lisibles? (?:par|pour|sur)(?: une)?‥(?:machine|ordinateur)
portability S format‥(?:<FORMAT>|structuré|exploitable|réutilisable|ouvert|interopérable|informatique standard)
portability S (?:en|au format|sous forme de|fichiers?|format|sous) (?:un )?(?:fichiers? )?(?:<FORMAT>)
portability S export\w*…(?:<DATA>|contacts?|rendez vous|rdv|agenda|clients?|fiches?|compte|calendrier|modèles|scripts|<FORMAT>)
portability S (?:transf[eé]r\w*|transm(?:et|is|ission)\w*|envoy\w*|migr\w*|communiqu\w*|bascul\w*|déménag\w*|import\w*|repren\w*|réutilis\w*|pass\w*)…(?:à|vers|chez|dans|par|auprès) ?(?:d'|de )?(?:mon |ma |un |une |notre |la |le |l')?(?:<OTHER>)
portability S (?:transm\w+|envoy\w+|transf[eé]r\w+)‥directement|directement (?:à|vers|chez|auprès)
portability S (?:récupér\w+|reprendre|emporter|obtenir)…(?:données|contacts|agenda|rendez vous|fichiers?)…(?:<OTHER>|ailleurs|chez un autre)
erasure S (?P<v><ERASEV>)…(?:<ALL>)
erasure S (?P<v><ERASEV>) (?:tout|moi|nous|les|la|le)\b
erasure S (?:les|me|la|le|l'|tout|nous) (?P<v><ERASEV>)
erasure S (?:<ALL>)…(?:soi(?:en)?t|être|êtres|etre|voir|vois|doi(?:ven)?t|fass?\w* |faire|à) (?:\w+ment )?(?P<v><ERASEV>)
erasure S (?:retir(?:er|ez|e|é)|otez|ôter|sort\w+|enlev\w+|rayez|rayer|radi(?:er|ez)|bann?ir)(?: moi| nous| mon nom| mon numéro| mes \w+| mon \w+)?‥(?:de |d')(?:vos|votre|tous vos|toutes vos|la|l'|ce|cette|vôtre) ?(?:fichiers?|bases?|systèmes?|registres?|bdd|site|serveurs?|listings?|application|plate ?forme)
erasure S (?:retir(?:er|ez|e)|enlev\w+)‥(?:mes|mon|ma) (?:<DATA>|<FIELD>|<ACCT>)
erasure S (?P<v><ERASEN>)…(?:<ALL>)
erasure S (?:demande|demander|exige|souhaite|veux|veut|voudrais|procéder à|procédiez à|procédez à|procède à|sollicite)‥(?:la |l'|une |son |sa |leur )?(?P<v><ERASEN>)
erasure N (?:droit|demande|exercice)s? (?:à l'|à la |d'|de |de l'|de la )(?:ef+acement|sup+res+ion|oubli)
erasure N (?P<v><ERASEN>)
erasure S (?:je|on|j')‥(?:veu\w+|souhait\w+|voudrais|désire) (?:plus|pas|plu)…(?:figurer|apparaitre|être (?:dans|repris|chez|fiché)|soi(?:en)?t (?:ches|chez|dans)|ayez|gardi|conservi|d'infos?|reste\w*)
erasure S oubli\w* moi
erasure S (?:ne )?(?:plus )?rien (?:garder|conserver)‥(?:sur|de|à propos de) (?:moi|elle|lui|eux|nous)
erasure S (?:s'il (?:en |y )?(?:reste|a|subsiste)|si (?:quelque chose|des données|quoi que ce soit))…(?P<v><ERASEV>)
access S (?:liste|relevé|copie|aperçu|détail)‥(?:de )?(?:les |des )?(?:miennes?|miens?)\b
access S si vous ne (?:me |m')(?:donn|fourni|envoy|communiqu|transmet|livr|remett)\w+ pas‥(?:<MYDATA>)
erasure S (?:faites?|faire|fasse) disparaitre
erasure S (?:plus|ne gard\w+|ne conserv\w+|ne laiss\w+) (?:rien|aucune? (?:donn\w+|trace|info\w*))‥(?:chez vous|de moi|<P>)?
erasure S (?:ne (?:plus )?|arrêt\w+ de |cess\w+ de )(?:conserv|gard|stock)\w* (?:plus )?(?:mes|mon|ma|aucun\w*)
rectification S (?P<v><RECTV>)‥(?:<MYFIELD>)
rectification S (?P<v><RECTV>)…(?:par|en) ?:? ?‥(?:<FIELD>|\d)
rectification S (?:<FIELD>|données?|informations?|profil|erreurs?|fautes?)…(?:soi(?:en)?t|être|à|a|peut être|doi(?:ven)?t être) (?P<v><RECTV>)
rectification C (?:mon|ma|mes|notre|son|sa|le|la|les|l'|cette|ce) ?(?:<FIELD>|données|infos?|informations|lettre)‥(?:est|sont|était|s'écri\w+|a été|ont été|comporte\w*|contien\w*) (?:\w+ ){0,2}?(?:inversé\w*|interverti\w*|faux|fausses?|er+oné\w*|incorrect\w*|inexact\w*|mal|pas (?:la |le |les )?(?:bon\w*|correct\w*|juste\w*|exact\w*)|obsolète\w*|périmée?s?|plus (?:valables?|à jour|le bon|la bonne|correct\w*)|une? (?:erreur|faute))
rectification S (?:faux|fausse|mauvais\w*|er+oné\w*|incorrect\w*|inexact\w*|ancien(?:ne)?)‥(?:<FIELD>)…(?:<RECTV>|correct\w*|bon\w*|nouve\w+|c'est)
rectification C (?:mal|incorrectement|mauvais\w*)‥(?:écri\w+|orthographi\w*|not(?:é|er)\w*|encod\w*|enregistr\w*|indiqu\w*|repris\w*|retranscri\w*|épel\w*|inscri\w*|saisi\w*)…(?:<FIELD>|mon\b|ma\b)
rectification C (?:mon|ma|mes) (?:<FIELD>)‥(?:mal|incorrectement|mauvais\w*)‥(?:écri\w+|orthographi\w*|noté\w*|encod\w*|enregistr\w*|indiqu\w*|repris\w*)
rectification C (?:erreur|faute|coquille)s?‥(?:dans|sur|de|à|concernant)‥(?:<FIELD>|données|profil|fiche)
rectification S (?:nouve(?:au|lle|l)|bon(?:ne)?|correct\w*|exact\w*|vrai\w*) (?:<FIELD>)‥(?:est|:|c'est|devient|sera|=|depuis)
rectification S (?:écri\w+|orthographi\w+|épel\w+|not\w+)‥(?:correctement|bien)‥(?:mon|ma|le|la)
rectification S (?:mon|ma|mes|notre|nos|l'|le|la|mauvais\w*) ?(?:<FIELD>)…(?:au lieu de|à la place de)\b
rectification C (?:écri\w+|orthographi\w+|not\w+|indiqu\w+|épel\w+) (?:toujours |encore )?(?:mon|ma|mes) (?:<FIELD>)
rectification S changement (?:de |d')(?:nom|adresse|numéro|coordonnées|mail|e ?mail|gsm)
rectification S il manque‥(?:une? )?(?:lettre|accent|tréma|chiffre|[a-z]\b)
rectification S (?:je suis né\w*|je m'appel\w*|j'habite)…(?:et pas|et non|pas|au lieu)\b
rectification W (?:j'ai|nous avons|on a) (?:déménagé|changé d'adresse|changé de (?:nom|numéro|gsm|mail|banque))
rectification N (?:droit|demande) de (?:rectification|correction)
rectification N (?:rectification|correction) (?:de |d'|des )(?:mes|mon|ma|données|l'adresse)
restriction S (?:limitation|limit(?:er|ez|iez)|restriction|restreindre|restreign\w+)…(?:traitement|données|utilisation|usage)
restriction S (?P<v>gels?|gel(?:er|ez|ées?|és)|bloqu(?:er|ez|é\w*|iez)|blocage|verrouill\w*|suspend\w*|suspension|mett?\w* en (?:pause|suspens|attente)|mise en (?:pause|suspens)|figer|figez)\b…(?:données|traitements?|fiche|dossier|entrée|mention|infos?|informations|utilisation|enregistrements?|profilage|historique|\bles\b|\btout\b)
restriction S (?:données|traitement|fiche|dossier|informations)…(?:soi(?:en)?t|être) (?:\w+ment )?(?:gelé\w*|bloqué\w*|suspendu\w*|verrouillé\w*|limité\w*|mis\w* en (?:pause|attente|suspens))
restriction S (?:ne|n') ?(?:les |la |le |l'|plus )?(?:utilis|trait|exploit|serv|touch|diffus|transm)\w*…(?:plus|pas|rien|aucun\w*)…(?:<UNTIL>)
restriction S (?:<UNTIL>)…(?:ne |n')‥(?:utilis|trait|exploit|serv|touch|diffus|transm)\w*
restriction S (?:<UNTIL>)…(?:arrêt\w+|cess\w+|ne plus)‥(?:de )?(?:les |l'|la )?(?:utilis|trait|exploit)\w*
restriction S (?:arrêt\w+|cess\w+|ne plus|stop\w*)‥(?:utilis|trait|exploit)\w*…(?:<UNTIL>)
restriction S (?:gard|conserv)\w*…(?:mais|sans)…(?:utilis|trait|exploit|touch|serv|rien faire|consult)\w*
restriction S (?:gard|conserv|préserv)\w*…(?:aucun autre|aucune autre|pas d'autre|rien d'autre|abst\w+)…(?:usage|utilis\w*|fin)
restriction S (?:arrêt\w*|stopp\w*|interromp\w*|suspend\w*)…(?:traitement|utilisation)…(?:<UNTIL>)
restriction S ni (?:ef+ac|sup+rim|détrui)\w*(?: ni|,)…(?:utilis|trait|exploit)\w*
restriction S (?:utilis|trait|exploit)\w*…(?:mais|par contre)…(?:gard|conserv)\w*
restriction S (?:m'(?:y )?oppos\w*|moppos\w*|opposition|m'opposer|nous opposons|contre)‥(?:l'|la |à l'|à la |à leur )?‥(?:ef+acement|sup+res+ion|destruction)
restriction S (?:gard|conserv|préserv)\w*…sans (?:les |l'|la |le |rien )?(?:ef+ac|sup+rim|détrui)\w*
restriction W (?:ne|n') ?(?:me |les |la |le |l')?(?:sup+rim|ef+ac|détrui)\w* (?:pas|rien)
restriction N (?:droit|demande) (?:à la|de) limitation
objection_dm S oppos\w*…(?:<MKT>)
objection_dm S (?:<MKT>)…oppos\w*
objection_dm S (?:plus|pas|aucune?|jamais|zéro|zero|fini\w*|marre|as+ez|stop\w*|arrêt\w*|cess\w*|fin|halte|ras le bol|sans|non)‥‥(?:<MKT>)
objection_dm S (?:désinscri|desincri|désabon|déinscri|désenregistr)\w*
objection_dm S (?:retir|enlev|sup+rim|ot|ray|sort|radi|effac)\w+…(?:listes? (?:de |d')?(?:diffusion|envois?|marketing|mailing|publicitaires?|prospection|publipostage|contacts? commerciaux|distribution)|mailing ?lists?|news ?letters?|listes? (?:marketing|publicitaires?|commerciales?))
objection_dm S (?:ne|n') ?(?:plus |pas |jamais )?(?:me |m'|nous |être )?(?:re ?)?(?:contact|appel|téléphon|sollicit|envoy|écri|démarch|harcel|spam)\w*‥(?:plus|jamais|pas)\b
objection_dm S (?:ne|n')? ?plus (?:me |m'|nous |être |jamais |rien )+(?:re ?)?(?:contact|appel|téléphon|sollicit|envoy|écri|démarch|harcel|spam)\w*
objection_dm S plus (?:de |d'|aucune? )(?:mails?|e ?mails?|sms|appels?|courriers?|messages?|coups? de fil)
objection_dm S (?:laiss|fich|fout)\w+ (?:moi|nous) (?:tranquille|la paix|en paix)
objection_dm S (?:cess|arrêt)\w+ de (?:me |m'|nous )‥(?:contact|appel|téléphon|sollicit|envoy|écri|démarch|harcel|spam|bombard|inond|embêt)\w*
objection_dm S (?:veu\w*|souhait\w*|voudrais|désire|aimerais|voulons) (?:ne )?(?:plus|pas|plu)‥(?:rien )?(?:recevoir|de (?:mails?|sms|courriers?|appels?|messages?))
objection_dm S ne plus (?:rien |jamais )?recevoir
objection_dm S stop (?:pub\w*|sms|mails?|e ?mails?|promo\w*|spam|news\w*|appels?)
objection_dm S (?:encore|toujours|malgré|continu\w*|de nouveau|pourtant|alors que|sans cesse|sans arrêt|chaque (?:semaine|jour))…(?:<MKT>|appels? commercia\w*|mails? promo\w*)
objection_dm S (?:<MKT>)…(?:malgré|alors que|pourtant|continu\w*|encore|toujours)
objection S (?:m'y? ?oppos\w*|moppos\w*|nous (?:y )?oppos\w*|y oppos\w*|fai\w* opposition|opposer à|oppose au)
objection N (?:droit d'opposition|exerc\w+…opposition|opposition (?:au|à|aux) )
objection_general S (?:arrêt\w*|cess\w*|stop\w*|interromp\w*|mett?\w* fin|ne (?:plus|pas))…(?:profil(?:age|er|ez)|suivi|suivre|pist\w+|track\w+|analys\w+|scor\w+|statistique\w*|surveill\w+|croise\w*|recoup\w*|géolocalis\w*|entrain\w+|enrichi\w*)
objection_general S (?:ne|n') ?(?:\w+ )?(?:transm|partag|communiqu|vend|céd|revend)\w*…(?:plus|pas)…(?:données|coordonnées|infos?|informations|tiers|partenaires)
nouse S (?:ne|n') ?(?:\w+ )?(?:utilis|trait|exploit)(?:er|ez|iez|ent|ées?|és|asse)\b…(?:plus|pas)\b
nouse S ne (?:soient|soit|plus) (?:plus )?(?:être )?(?:utilis|trait|exploit)\w*
nouse S (?:cess|arrêt|stop)\w*‥(?:d'|de |l'|le |tout )?‥(?:utilis|trait|exploit)\w*…(?:mes|données|infos?|informations)
nouse S (?:veu\w*|souhait\w*) (?:plus|pas) que…(?:utilis|trait|exploit)\w*
consent_withdrawal S (?P<v>retir\w*|révoqu\w*|révocation|retrait|annul\w*|repren\w*|revien\w* sur|rétract\w*|supprim\w*|retire)…(?:con[sc]+ent\w*|concent\w*|\baccord\b|autoris\w+|permission|acceptation|opt in)
consent_withdrawal S (?:consentement|accord|autorisation)…(?:est|soit|comme|être) (?:donc )?(?P<v>retir\w*|révoqu\w*|annul\w*|caduc|nul)
consent_withdrawal S (?:ne|n') ?(?:vous )?(?:consens|consent|autorise|accepte|donne|suis)\w* (?:donc )?plus…(?:donn\w+|trait\w+|cook\w+|enregistr\w+|utilis\w+|d'accord|accord|consentement|autoris\w*)
consent_withdrawal S (?:refus\w+|rejet\w+|n'accepte (?:plus|pas)|plus d'accord)‥(?:\w+ )?(?:cookies|traceurs)
automated_decision S intervention humaine
automated_decision S (?:<HUMAN>)…(?:<REVIEW>)
automated_decision S (?:<REVIEW>)…(?:par |d')(?:un |une |quelqu')?(?:<HUMAN>)
automated_decision S (?:contest\w*|oppos\w*|refus(?:e|ons)|désaccord)…(?:décision|refus|score|notation|rejet|algorithme|suspension|blocage)…(?:<MACHINE>)
automated_decision S (?:pas|plus) (?:faire|être|faire) (?:l'objet|soumis\w*)…(?:décision\w*)…(?:<MACHINE>|profilage)
automated_decision W décisions?‥(?:\w+ment )?automati\w+
"""

# Sets of words for mails in which no way of asking was found: two of them near each other are a hint.
LOOSE = {
    "GONE": r"(?:disparai\w*|dégag\w*|poubelle|clôtur\w*|ferm(?:er|ez)|désactiv\w*|plus rien)",
    "WRONG": r"(?:maintenant|ancien\w*|m'appelle|faux|fausse\w*|er+eurs?|er+oné\w*|incorrect\w*|inexact\w*|mal\b|mauvais\w*|nouve(?:au|l|lle)|désormais|dorénavant|chang\w*|pas (?:bon|correct|juste)\w*|plus (?:valable|bon)\w*)",
    "WHO": r"(?:monsieur|madame|civilité|tva|anniversaire|né|née|âge|<FIELD>)",
    "STOP": r"(?:stop\w*|arrêt\w*|cess\w*|plus|assez|marre|ras le bol|refus\w*|jamais|aucun\w*|désagré\w*)",
    "SELLING": r"(?:<MKT>|vendre|vente|appel\w* commercia\w*|téléphon\w*|harcel\w*)",
    "USE": r"(?:usage|utilis\w*|trait\w*|exploit\w*|servir|toucher|diffus\w*)",
    "DISPUTE": r"(?:contest\w*|litige|tribunal|procès|justice|avocat|preuve|procédure|vérif\w*|exactitude|<UNTIL>)",
    "KEEP": r"(?:gard\w*|conserv\w*|ne (?:pas )?(?:sup+rim|ef+ac)\w*)",
    "SELF": r"(?:moi|me|mon|ma|mes|je|j|notre|nos)\b",
    "RECORDS": r"(?:enregistrements?|données?|infos?|informations|notes|dossier|fiche|historique|chats?|conversations?|messages|journaux|logs)\b",
    "GIVE": r"(?:<SEND>|voir|consulter|écouter|savoir|connaitre|lire)",
    "TAKE": r"(?:import\w*|export\w*|transf\w*|transm\w*|reprend\w*|récup\w*|migr\w*|emport\w*|fichier)",
    "THEIRS": r"(?:<OTHER>|<FORMAT>|autre (?:programme|logiciel)|ailleurs|concurren\w*|portabilité)",
    "CONSENT": r"(?:accepté\w*|coché\w*|d'accord|con[sc]+ent\w*|accord\b|autoris\w*|permission)",
    "WITHDRAW": r"(?:revien\w*|ne (?:le |la )?suis plus|ne veu\w* plus|contrairement|retir\w*|révoqu\w*|annul\w*|repren\w*|plus valable|change d'avis|changé d'avis|caduc\w*)",
    "JUDGED": r"(?:<HUMAN>|contest\w*|réexam\w*|revoir|expliqu\w*|explication)",
}

NOUNS = {
    "access": r"ac+ès|consultation|copie",
    "rectification": r"rectification|correction",
    "erasure": r"ef+acement|sup+res+ion|oubli|supprimer|effacer",
    "restriction": r"limitation|gel",
    "portability": r"portabilité",
    "objection": r"opposition",
    "consent_withdrawal": r"retrait (?:de |du |d'un |de mon )?consentement",
    "automated_decision": r"décisions? automatisées?|intervention humaine|article 22",
}
EXERCISE = r"(?:exerc\w+|valoir|invoqu\w+|usage|application)‥‥droits?|droits? (?:exercés?|suivants?|demandés?|invoqués?)|demandes? (?:d'exercice|relative)|mes droits"

GATES = {
    "ask": r"""
(?:je |j')?(?:vous )?(?:demande|souhaite|souhaiterais|voudrais|aimerais|veux|veut|exige|sollicite|requiers|désire|réclame|prie|saurais gré|saisis)
j'(?:aimerais|exerce|exige|entends|attends|invoque|introduis)
nous (?:demandons|souhaitons|voudrions|exerçons|exigeons)
(?:merci de|merci d'avance de|veuillez|veuiller|svp|s'il (?:vous|te) plait|s v p|stp|prière de|par la présente|mise en demeure)
(?:pouvez|pourriez|pourrais|peux|voulez|voudriez|peut|pourrait)[ -](?:vous|tu|on)
vous (?:pouvez|pourriez|pouriez)
(?:exerc\w+|exercice|faire valoir|fais valoir|faire usage)‥droits?
(?:conformément|en vertu|en application|sur base|sur la base|au titre|au sens)
demande (?:de|d')
""",
    "about": r"""
comment (?:puis je|pourrais je|pourrai je|peut on|je peux|je pourrais|faire pour|fait on|est ce que|exercer|dois je|procéder|ça se passe|procédez|traitez vous les demandes)
(?:est ce que|si) (?:je peux|j'ai le droit|je pourrais|je pourrai|je serais en droit)
ai je (?:le droit|droit|la possibilité)
quels? (?:sont|seraient|droits?)‥(?:mes |les |nos )?droits
(?:que se passe t il|qu'arrive t il) si
quelle (?:est|serait) la procédure
(?:plus tard|par après|un jour|à l'avenir|le cas échéant|éventuellement)…(?:effac|suppr|demand|récup)\w*
(?:effac|suppr|demand|récup)\w*…(?:plus tard|par la suite|un jour|après (?:l'|mon )essai)
pour (?:l'exercer|exercer ces droits|les exercer)
""",
    "cited": r"""
vous (?:disposez|bénéficiez|jouissez|avez|possédez)‥(?:d'un |d'|du |de |le )?droits?
vous pouvez‥(?:à tout moment )?‥(?:en )?(?:demander|exercer|retirer|obtenir|vous opposer|accéder)
vous avez (?:également )?le droit
(?:chacun|toute personne|les personnes|nos clients|les clients|les utilisateurs|chaque (?:citoyen|personne))‥(?:dispos|bénéfici|peut|peuvent|a le|ont|a un)
droits des personnes
(?:guide|webinaire|séminaire|article de presse|colloque)\b
nous (?:traitons|respectons|protégeons) vos données
""",
    "not_only": r"non seulement|pas seulement|pas uniquement",
    "fail": r"""
(?:n'|ne )?(?:avez|a|ont|est|sont|as|etes)\b‥(?:toujours |encore |jamais )?(?:pas|rien|jamais)
(?:n'|ne )?(?:ai|avons)‥(?:pas|rien|jamais)‥(?:reçu|obtenu|eu\b)
(?:toujours|encore) (?:pas|rien|aucun)
pas (?:encore|toujours)
si vous ne\b
(?:sous|dans|d'ici|endéans)‥(?:jours|mois|semaine)
refus\w*
""",
    "neg_before": r"""
(?:ne|n') ?(?:\w+ )?(?:demand|veu|souhait|désir|exig|voul|requi|sollicit|réclam)\w*(?: \w+){0,3}? (?:pas|ni|aucune?|nullement)\b…
(?:ne|n')(?: (?:pas|rien|jamais))?(?: (?:les?|la|me|vous|surtout|en))?
(?:pas|ni|sans|aucune?|jamais|rien|non)(?: (?:de|d|la|le|l|à|les|leur|une?|besoin|question|nécessaire|encore|une|simple|copie|question de)){0,3}
inutile (?:de|d')
(?:pas|plus|jamais) (?:demand|voul|souhait|sollicit)\w*(?: (?:la|le|de|une|que|à|l|d|vous))*
(?:entrain\w+|mener\w* à|conduire à|aboutir à|avant)(?: (?:la|une|l|toute))*
oppos\w*(?: \w+ment)?(?: (?:à|contre)(?: (?:l|la|le|les|toute?|cet|cette|leur|ce|que|vous|une|votre))*)?
""",
    "neg_after": r"""
(?: \w+)? ?(?:surtout )?(?:pas|rien|jamais)\b
""",
    "breakers": r"\b(?:et|mais|donc|alors|merci|veuillez|car|svp|puis|ensuite)\b",
    "past": r"(?:ai|as|a|avons|avez|ont|avais|avait|aviez|avaient|été|fait)(?: (?:déjà|bien|tout|aussi|récemment|malheureusement|simplement|donc|vous|me|moi|même))*",
    "past_token": r"\w*(?:é|ée|és|ées|i|u|is|it|uit|uite|uits)",
    "login": r"""
mots? de passe|identifiants?|login|\bse connecter|me connecter|connexion impossible|narrive (?:pas|plus)|n'arrive (?:pas|plus) à (?:accéder|me|ouvrir|entrer)|réinitialis\w*|code (?:pin|d'accès|de connexion)|authentifi\w*
""",
    "old": r"(?:ancien\w*|vieil\w*|vieux|précédent\w*)",
    "notdata": r"(?:mots? de passe|factures?\b|abonnement|formule|forfait|montant|rendez vous|rdv|commande|politique|contrat|paiement|langue de l'interface|tarif)",
    "notdm": r"(?:factures?|rappels? de|rdv|rendez vous|mots? de passe)",
    "notobjection": r"(?:factur\w*|paiement|carte (?:bancaire|de crédit|bleue)|chèque|augmentation|prix\b|montant|contrat|résiliation|prélèvement|hausse|amende)",
    "purpose": r"""
intérêts? légitimes?|situation (?:particulière|personnelle)|(?:tient|tiennent|liées?|propres?) à ma situation|21[ .,(]*1|21 ?§ ?1|profil(?:age|er)|suivi|pist\w+|track\w+|analys\w+|statistiqu\w+|mesure d'audience|score|scoring|partenaires|tiers|recherche|intelligence artificielle|\bia\b|entrain\w+
""",
    "add": r"""
(?:tant que|pendant que) (?:vous y|j'y|je vous)|aussi|également|en plus|de plus|par ailleurs|en outre|au passage|autre chose|d'ailleurs|profit\w+|par contre|ajout\w+|encore (?:une chose|ceci)|en même temps
""",
    "same": r"""
(?:ça|cela) ne change (?:pas|rien)|reste (?:valable|inchangé|d'application|identique)|comme (?:je l'ai )?(?:déjà )?(?:demandé|indiqué|dit|convenu)|toujours (?:pas|plus) de
""",
}

CUES = {
    "chaser": r"""
sans (?:réponse|nouvelles?|retour|suite|réaction)
(?:aucune?|pas (?:de|encore de|eu de)?) (?:réponse|nouvelles?|retour|réaction|suite)
(?:toujours|encore) (?:rien|pas (?:de |eu de )?(?:réponse|reçu|nouvelles)|aucune)
(?:toujours|encore) pas‥(?:répondu|reçu|traité|effacé|supprimé|corrigé)
n'(?:ai|avons) (?:toujours |encore )?(?:pas|rien|jamais) (?:encore |toujours )?(?:reçu|eu)
n'avez (?:toujours |encore )?(?:pas|rien|jamais) (?:encore |toujours )?(?:répondu|réagi|donné suite|traité|envoyé|fait)
je (?:vous )?(?:relance|rappelle)\b
(?:relance|rappel|mise en demeure|dernier rappel|second rappel|deuxième rappel)\b(?! de (?:rdv|rendez))
(?:délai|mois)‥(?:est |sont )?(?:dépassés?|écoulés?|expirés?|passés?|révolus?)
où en (?:est|sont|êtes)
(?:resté\w*|demeur\w+) (?:lettre morte|sans)
(?:ma|mon|mes) (?:demande|mail|courrier|message|lettre|première demande|précédent\w*)s?‥(?:du|de|daté\w*) (?:\d|janv|fév|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)
(?:je vous ai|j'ai|je vous avais)‥(?:déjà )?(?:écrit|demandé|envoyé|adressé|contacté)…(?:il y a|le \d|en (?:janv|fév|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)|semaines?|mois|déjà)
pour la (?:deuxième|seconde|troisième|énième) fois|une nouvelle fois|à nouveau mon (?:message|mail)|(?:le \d+\w* ‥|il y a‥)je vous (?:ai|avais)‥(?:envoyé|adressé|écrit|demandé|transmis)
""",
    "complaint": r"""
(?:je|nous)‥(?:porte|dépose|introdui\w+|formul\w+|adress\w+)‥(?:une |ma |une formelle )?(?:plainte|réclamation)
(?:introduire|déposer|formuler|porter|adresser)‥(?:une |ma )?(?:plainte|réclamation)
(?:ceci|c'|ce mail|ceci) ?est une (?:plainte|réclamation)
(?:je|nous) (?:me|nous) plain(?:s|dre|gnons)
(?:ma|une|la|cette) (?:plainte|réclamation)
(?:je|nous)…(?:me plaindre|nous plaindre|réclamer auprès|plainte|mécontent\w*)
\Aréclamation|\Aplainte
""",
    "threat": r"""
(?:si|sinon|à défaut|faute de|autrement|sans quoi|dans le cas contraire|sans réponse (?:de votre part )?(?:dans|sous|d'ici|endéans|avant|rapide|passé)|passé ce délai|au delà)\b
(?:autorité|apd|gba|cnil|tribunal|justice|avocat)\b
me réserve
""",
    "outrage": r"""
inadmissible|inaccept\w+|scandaleu\w+|intolérable|honteux|c'est (?:une )?honte|déplorable|lamentable|je suis (?:très |extrêmement )?(?:mécontent|furieu|déçu|choqué|indigné)\w*|ras le bol|se moque\w* d|foutez|fichez
violation de (?:données|ma vie privée|confidentialité)|fuite de données
ne (?:suis|sommes) (?:absolument |vraiment )?pas (?:du tout )?(?:satisfait|d'accord avec)
(?:réponse|copie)‥(?:est |était )?(?:incompl\w+|insuffisant\w*|pas (?:complète|suffisante))
""",
    "privacy": r"""
suppression|effacement|dossier|conversations?|enregistrements?|données|rgpd|gdpr|vie privée|cookies?|confidential\w*|traitement|personnel\w*|consentement|autorité de protection|apd\b|cnil|pub\b|publicit\w*|news ?letter|démarch\w*|droits?\b|politique
""",
    "info": r"""
combien de temps|durées? de conservation|où (?:sont|se trouvent|stock\w*|héberg\w*|conserv\w*|vont|est|garde\w*)|serveurs?|héberg\w*|transfér\w*|transfert\w*|privacy shield|états unis|\busa\b|hors (?:de l')?(?:ue|union|europe)|sous traitants?|base (?:légale|juridique)|fondement|délégué à la protection|dpo|sécuris\w*|chiffr\w*|cookies?|politique|droits|données|rgpd|enregistr\w*|intelligence artificielle|\bia\b|partag\w*|tiers|profil\w*|finalités?
""",
    "question": r"""
(?:je me pose|je (?:me demande|voudrais savoir|souhaite(?:rais)? savoir|voudrais comprendre|souhaiterais comprendre|ne comprends pas))|j'aimerais (?:savoir|comprendre)|pouvez vous m'expliquer|pourriez vous (?:m'expliquer|me dire|préciser)|question|explication|éclairc\w*|renseign\w+
""",
    "theme": r"base (?:légale|juridique)|sous traitants?|registre|données|cookies?|rgpd|gdpr|vie privée|politique|confidential\w*|enregistr\w+|conversations|communications|droits|dpo|traceurs?",
    "survey": r"""
mémoire (?:de|d')|\bthèse|travail de fin d'études|\btfe\b|étudiante? (?:en|à)|enquête|sondage|questionnaire|journaliste (?:pour|au|chez)|étude sur|recherche universitaire|mon cours|projet scolaire
fournisseurs|mise en conformité|sous traitance signé|contrat de sous traitance|audit fournisseur|appel d'offres|annexe 1
(?:pas|jamais) (?:client|cliente|de compte|eu de compte|de données chez vous)
candidature|postul\w+|lettre de motivation|mon cv|offre d'emploi|stage\b
""",
    "deceased": r"décédée?s?|défunte?|mort(?:e)? (?:le|en|il)|décès|feu mon|feue ma|succession|héritière?",
    "offtopic": r"""
factur\w+|rembours\w*|résili\w*|abonnement|mot de passe|connexion|bug|panne|installation|tarif|devis|prix|contrat|rétractation|commande|livraison|rendez vous|support technique|ne fonctionne|récupér\w+ (?:mon compte|mes contacts)|restaur\w*|merci pour|remerci\w*
""",
    "thanks": r"(?:merci|parfait)\b.{0,60}(?:en ordre|bien (?:été )?(?:reçu|supprimé|effacé|corrigé)|fonctionne|réglé|résolu)|remerci\w*|félicit\w*|bravo|très (?:clair|utile|bien fait)",
    "spam": r"""
nos experts|notre (?:offre|solution|agence|équipe d'experts)|à partir de \d+|\d+ ?(?:€|eur|euros?)? ?/ ?mois|\d+ ?% (?:de )?(?:réduction|remise)|essai gratuit|audit gratuit|démo(?:nstration)? gratuite|sans engagement|devis gratuit|référencement|premi\w+ page (?:de|sur) google|leads?\b|chiffre d'affaires|minutes au téléphone|un appel de \d+ min|seriez vous disponible|disponible (?:demain|jeudi|mardi|lundi|cette semaine)
cliquez|payer maintenant|réglez sous|dernier avis|avis d'infraction|amende de|compte sera (?:suspendu|bloqué|supprimé)|vérifi\w+ (?:votre|vos) (?:compte|identité|coordonnées|informations)|confirm\w+ (?:votre|vos) (?:compte|identité|coordonnées|données|informations)|gagn(?:é|ant)|héritage|millions?\b|bitcoin|crypto\w*|prêt\b|crédit rapide|colis|virement urgent|félicitations
pour ne plus recevoir|répondez (?:stop|désinscription)|se désinscrire de|lien de désinscription
votre (?:site|entreprise|société)‥(?:n'est pas|est) (?:conforme|référencé)
""",
    "reason": r"""
parce que|parceque|\bcar\b|puisque|étant donné|vu que|en raison|à cause|raison|motif|\bafin\b|c'est pourquoi|en effet|d'où ma demande|suite à|comme (?:je|j'|nous)|dès lors|du fait
(?:je|j'|on|nous) ?(?:n'|ne )?‥(?:utilis\w+|serv\w*|besoin|suis) ?‥(?:plus|pas)\b
(?:j'ai|je|nous avons)‥(?:déménag|chang|arrêt|ferm|cess|quitt|vend|résili|test|reçoi|reçu|perdu|pass)\w*
depuis (?:\d|une|un|des|quelques|plusieurs|longt\w+|la|le|que|mon|ma)
(?:plus|n'ai) (?:jamais|plus|pas|d'abon\w+)…
(?:perd\w+|fait peur|inquiè\w+|confiance|piratage|fuite|harcel\w+|spam)
(?:dabon\w+|me convient|intéresse plus|ne travaille plus|je veux savoir pourquoi|nécessaires?)
""",
    "representative": r"""
(?:mon|notre|ma) (?:client\w*|mandant\w*)\b(?!s)|au nom (?:et pour le compte )?de (?:mon|ma|notre|m\.|mme|monsieur|madame)|(?:écris|adresse|contacte|mail|demande|agis|parle)(?: \w+){0,3} (?:pour|à la place de|de la part de) (?:mon|ma|notre) (?:\w+ ){0,2}?(?:mère|père|maman|papa|mari|femme|épouse|époux|conjointe?|compagne|compagnon|grand mère|grand père|mamie|papy|tante|oncle|frère|sœur|fils|fille|enfant|nièce|neveu|cousine?|voisine?|amie?|beau \w+|belle \w+|patronn?e?|marraine|parrain)\b|(?:mon|ma|notre) (?:\w+ ){0,2}?(?:mère|père|maman|papa|mari|femme|épouse|époux|conjointe?|compagne|compagnon|grand mère|grand père|mamie|papy|tante|oncle|frère|sœur|fils|fille|enfant|nièce|neveu|cousine?|voisine?|amie?|beau \w+|belle \w+|patronn?e?|marraine|parrain)\b‥…(?:m'a|nous a)(?: \w+){0,2} (?:chargée?|demandé|priée?|mandatée?)|(?:tuteur|tutrice|curateur|curatrice|aidante?) (?:de|d')|pour le compte de|mandat\w*|procuration|représent(?:e|ons|ant) (?:les intérêts|légal|monsieur|madame|m\.|mme)?
(?:je suis|en tant que|en qualité) (?:de |d')?(?:la |le |l'|sa |son )?(?:mère|père|maman|papa|mère|tut\w+|représentant\w*|conseil|avocat\w*|administrat\w+|parent|curat\w+|mandataire)
(?:mon|ma|notre) (?:fils|fille|enfant)\b…(?:\d+ ans|mineure?|compte|données|inscrit\w*|photos?|ses)
(?:données|compte|profil|photos?) (?:de|d') ?(?:mon|ma|notre) (?:fils|fille|enfant|mère|père|mari|femme|épouse|époux|grand\w*|client\w*|conjoint\w*)
(?:mon|ma|notre) (?:mère|père|maman|papa|mari|femme|épouse|époux|conjointe?|compagne|compagnon|grand\w*|tante|oncle|frère|sœur|fils|fille|enfant)\b…(?:données|informations|renseignements|dossier|compte)‥(?:la|le) concern\w+
(?:mon|ma|notre) (?:mère|père|maman|papa|mari|femme|épouse|époux|conjointe?|compagne|compagnon|grand\w*|tante|oncle|frère|sœur)\b…(?:voudrait|souhaite|souhaiterait|demande|aimerait|veut|désire)\b…(?:ses (?:données|informations|coordonnées)|son (?:compte|dossier|profil|adresse)|sur elle|sur lui)
""",
    "identity": r"carte d'identité|carte d identite|pièce d'identité|passeport|titre de séjour|permis de conduire|\bci\b|\beid\b|\bcni\b|recto|verso",
    "signature": r"signature|paraphe|signé",
    "farewell": r"""
cordialement|cdlt|bien à vous|bien cordialement|salutations|sincèrement|respectueusement|merci(?: d'avance| beaucoup| bien)?|bonne (?:journée|soirée|année|fin)|belle journée|à bientôt|bàv|amicalement|meilleures|votre bien dévouée?|veuillez agréer|je vous prie d'agréer|d'avance merci|sentiments distingués
""",
    "first_person": r"\b(?:je|j|nous (?:demandons|souhaitons|voudrions)|merci de|veuillez (?:supp|effac|me|m'|proc)|mes donn\w+)\b",
    "footer": r"""
(?:ce|cet|le présent) (?:message|mail|e ?mail|courriel)‥(?:est|et|peut|contient|\()‥(?:confidentiel|destiné|ses pièces|être confidentiel|éventuel)
si vous n'êtes pas le destinataire|avis de confidentialité|clause de (?:non responsabilité|confidentialité)|avertissement :|pensez à l'environnement|avant d'imprimer|envoyé (?:de|depuis|à partir de) mon|rgpd :|protection des données :|vie privée :|nous traitons vos données|obtenez outlook|télécharger outlook|sans virus|mentions légales|politique de confidentialité :
""",
    "today": r"aujourd'hui|ce jour|en ce jour|à la date du|en date du",
}

STOPWORDS = """
je j vous nous le la les l un une des du de d et est sont a à au aux en dans sur pour par avec sans que qui quoi ce cet cette ces mon ma
mes votre vos notre nos ne pas plus ni mais ou où donc car si se sa son ses leur leurs il elle ils elles on me m te tu y ai avez
avons ont suis êtes était être fait faire merci bonjour bonsoir madame monsieur salut veuillez svp cordialement données compte
toutes tous tout très bien comme chez quelles quelle quel jamais aussi alors depuis suite demande souhaite voudrais veux peux
pouvez pourriez moi c qu s n aucun aucune toujours encore parce désinscription publicité pub effacer supprimer suprimer droit
accès retire accord reçu message réponse absente absent jusqu votre adresse numéro
"""

VOCABULARY = """
supprimer supprimez suppression effacement rectifier rectification rectifiez corriger corrigez portabilité limitation opposition
désinscrire désinscription consentement informations renseignements personnelles publicité publicités publicitaires prospection
démarchage newsletter newsletters réclamation transmettre communiquer communiquez conserver conservez traitement automatisée
intervention algorithme coordonnées enregistrements portable téléphone prestataire fournisseur modifier actualiser désabonner
"""
