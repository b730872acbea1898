"""English words of requests, by native and by other writers. How a line is read: see dsar.intake.lexicon."""

MACROS = {
    "DATA": r"(?:(?:personal |my |user |customer )?(?:data|datas|info|infos|informations?|details?|records?|file|files|profile|history|particulars))\b",
    "ACCT": r"(?:ac+ounts?|profile|registration|membership|record|file|user)\b",
    "FIELD": (
        r"(?:\w{0,10}addresse?s?|adress?(?:es)?|(?:sur|first|last|maiden|family|middle)?[ ]?names?|(?:phone|mobile|cell|telephone|account|contact|bank|vat|house)? ?(?:numbers?|no)|phone|mobile|telephone|e ?mail|date of birth|birth ?dates?|birthday|dob|iban|bank details|post ?code|zip(?: code)?|photos?|gender|title|marital status|occupation|job title|language|contact details|spelling)\b"
    ),
    "MYFIELD": r"(?:my|our|his|her|their|the|this|that|these|those|a|an|any|your|of|personal) (?:\w+ ){0,2}?(?:<FIELD>|<DATA>|entry|entries|mistakes?|errors?|typos?|spelling)",
    "ALL": r"(?:<DATA>|<ACCT>|<FIELD>|recordings?|calls?|conversations?|chats?|messages|contacts?|contact cards|traces?|everything|all of it|it all|(?:the|my) old (?:one|ones)|anything|whatever you|what you|cv|resume|application|back ?ups?)\b",
    "MYDATA": r"(?:all |all of |everything of )?(?:the )?(?:my|our) (?:own |personal |complete |full )?(?:data|datas|info|infos|information|informations)\b",
    "YOU": r"(?:you|u|ya|your (?:company|organi[sz]ation|team|firm)|assistool|you guys|they)",
    "P": r"(?:(?:on|about|of|regarding|concerning|relating to|related to|pertaining to|relates? to|linked to|belonging to) (?:me|us|myself|my (?:person|account|client\w*|son|daughter|child)|him|her)|concerns me|in my name)",
    "HOLD": r"(?:have|has|hold\w*|held|keep\w*|kept|store[ds]?|storing|process\w*|collect\w*|got|possess\w*|know\w*|retain\w*|sav(?:e|ed)|maintain\w*|record(?:ed)?|use[ds]?)",
    "SEND": r"(?:send\w*|give|gimme|provide\w*|forward|deliver|hand over|supply|email|mail|get|receive|obtain|have|download|disclose|release|share|retrieve)\b",
    "ERASEV": r"(?:dele[at]?t?\w*|delet\w*|eras(?:e|ed|ing)\b|remov(?:e|ed|ing|al)\b|wip(?:e|ed|ing)\b|destroy\w*|purg(?:e|ed|ing)\b|scrub\w*|get rid of|expunge\w*|anonymi[sz]\w*|eliminat\w*|clear\b|drop\b)",
    "ERASEN": r"(?:deletion|erasure|removal|destruction|anonymi[sz]ation)\b",
    "RECTV": r"(?:rectif\w*|correct(?:ed|ing|ion|ions|s)?\b|fix(?:ed|ing)?\b|updat\w*|amend\w*|chang(?:e|ed|ing)\b|replac\w*|adjust\w*|modif\w*|complet(?:e|ed)\b|put‥right|edit(?:ed)?\b|alter\w*)",
    "MKT": (
        r"(?:marketing|ads?\b|adverts?\b|advertis\w*|promo\w*|newsletters?|mailings?\b|mailing list\w*|spam\w*|sales (?:calls?|emails?|e mails?|messages?|pitch\w*|people|team|texts?)|offers?\b|solicitation\w*|junk ?(?:mail)?|cold call\w*|commercial (?:e ?mails?|messages?|communications?|calls?|purposes?)|campaigns?|tips|special deals?|deals\b|telemarketing)"
    ),
    "OTHER": r"(?:other|another|new|different|next|competing|rival)‥(?:provider|supplier|service|platform|company|system|software|tool|app|vendor|controller|solution|product|operator|competitor)|(?:competitor|controller of my choice)",
    "FORMAT": r"(?:csv|json|xml|excel|xlsx?|vcard|vcf|ics)\b",
    "HUMAN": r"(?:human\w*|a person|real person|an actual person|someone|somebody|a manager|a supervisor|a member of (?:your )?staff|an employee|natural person|a colleague)\b",
    "REVIEW": r"(?:review\w*|re ?examin\w*|reconsider\w*|look\w*|check\w*|assess\w*|interven\w*|decid\w*|re ?evaluat\w*|examin\w*|involved|overs\w+)",
    "MACHINE": r"(?:automat\w*|algorithm\w*|machine|computer|robot|system|software|\bai\b|scor(?:e|ing))",
    "UNTIL": r"(?:until|till|til|while|pending|whilst|in the meantime|meanwhile|as long as|for the time being|for now|temporarily|during|before)\b",
}

RIGHTS = r"""
access S (?:what|which|wat)‥(?:kind of |sort of |types of |categories of )?(?:<DATA>)…(?:<P>|\bmy\b|\bme\b)
access S (?:request|requesting|demand|want|would like)‥(?:a copy of )?our (?:own |personal |complete )?(?:data|information|records|files?)(?=[ ]?[.!,;]|$)
access S what…(?:<YOU>)‥(?:<HOLD>)‥(?:<P>)
access S what (?:is|s|has been|have been)‥(?:stored|held|kept|recorded|known|saved|collected)‥(?:<P>)
access S (?:everything|all|anything|whatever)‥(?:that )?(?:<YOU>)‥(?:<HOLD>)‥(?:<P>)
access S (?:whether|if)‥(?:<YOU>)‥(?:are |do |still )?‥(?:<HOLD>)…(?:<DATA>)…(?:<P>|my\b)
access S (?:whether|if)‥(?:<YOU>)‥(?:<HOLD>)…(?:personal|data|information)‥(?:<P>)
access S (?:do|are) (?:<YOU>) (?:\w+ ){0,2}(?:<HOLD>)…(?:data|information|info|anything|details)‥(?:<P>)
access S (?:copy|copies (?=of (?:my|all|any|every))|extract|printout|overview|list|inventory|summary|breakdown|full account|disclosure)‥(?:of|with)‥…(?:<DATA>|recordings?|conversations?|everything|what you|contact details)
access S (?:subject access request|data subject access|\bdsar\b|\bsar\b|data access request|access request)
access S (?:where|how)‥(?:did|do|have) (?:<YOU>)…(?:get|got|obtain\w*|find|found|come by|acquire\w*|receive\w*)…(?:<FIELD>|<DATA>|it\b|them\b|that\b|this\b)
access S (?:source|origin)s?‥of (?:my|the|this|that|those|these|any|all)
access S (?:who|whom|which (?:companies|third parties|people|partners)|with whom|to whom|anyone)‥…(?:shar\w*|sold|sell\w*|disclos\w*|pass\w*|given|gave|transfer\w*|sent|receiv\w*)‥(?:it|them|my|this|that|to|with|data|information|$)
access S (?:shar\w*|sold|sell|disclos\w*|pass\w*|given|gave|give)‥(?:it|them|my \w+|this|that|these|data|information)‥(?:with|to)‥(?:who\b|whom|which)
access S (?:list|names?|identity)‥(?:of )(?:all |every |each |the |any )*(?:recipients?|third parties|companies|organisations)
access S (?:name|identity) of (?:every|each|all)
access L (?:see|view|inspect|know|consult|look at|access|check)‥(?:all |everything )?(?:of )?(?:my|the) (?:personal )?(?:data|information|info|file|records?|details)
access S (?:<DATA>)‥(?:that )?(?:<YOU>)‥(?:<HOLD>|have stored)‥(?:<P>)
access S (?:<DATA>) (?:held|stored|kept|processed|collected)‥(?:<P>)
access S (?:see|know|tell me|find out|learn|hear) (?:exactly |just )?what‥(?:<YOU>)‥(?:<HOLD>)
access L access to (?:all )?(?:of )?(?:my|the|any) (?:personal )?(?:data|information|info|records?|file)
access N right (?:of|to) access
access N (?:exercis\w*|use|invok\w*)‥right‥access
bare S (?:send|give|gimme|provide|forward|email|mail|supply|get)(?: over)? (?:me|us)‥(?:<MYDATA>)
bare S (?:send|hand over|email|forward|release)\b‥(?:<MYDATA>)(?= ?(?:[.,!?]|$|to me|over|back|pls|please|by|asap))
bare S (?:get|receive|obtain|download\w*|retrieve|(?:can|could|may) i have)‥(?:a download of )?(?:<MYDATA>)
bare S (?:want|need|would like|like) (?:to (?:have|get|receive) )?(?:<MYDATA>)(?= ?(?:[.,!?]|$|back|please|pls|asap|now|sent))
portability N \w{0,5}portability|port my
portability S machine ?read\w*|readable by (?:a )?(?:machine|computer)
portability S (?:structured|commonly used|reusable|open|interoperable|usable)‥(?:format|form|file)(?! (?:a )?(?:pdf|electronic))
portability S (?:as|in|to|into|format) (?:an? )?(?:\w+ (?:or|and|and/or) )?(?:<FORMAT>)
portability S (?:<FORMAT>)‥(?:format|file|export)
portability S (?:transfer|send|transmit|move|pass)\w*…directly (?:to|into)
portability S export\w*…(?:<DATA>|contacts|appointments|calendar|clients?|customers?|account|templates|scripts|everything|i entered|<FORMAT>)
portability S (?:<DATA>|contacts|appointments|calendar)…(?:export\w*)
portability S (?:transfer\w*|transmit\w*|send|port\b|mov(?:e|ing)|migrat\w*|pass\w*|import\w*|reus\w*|use|take|switch\w*|forward)…(?:to|into|with|in|by|at) (?:my |a |an |the |our )?(?:<OTHER>)
erasure S (?P<v><ERASEV>)…(?:<ALL>|\bme\b|\bus\b)
erasure S (?:<ALL>)…(?:be|been|get|gets|to|being|have|want|see|is|are|gone and) (?:\w+ly )?(?P<v>deleted|erased|removed|wiped|destroyed|purged|scrubbed|anonymi[sz]ed)
erasure S (?:<ALL>) (?P<v>deleted|erased|removed|wiped|destroyed|purged|scrubbed|gone|deletion|removal|erasure)
erasure S (?P<v><ERASEN>)‥(?:of )…(?:<ALL>)
erasure S (?:request|demand|requesting|require|want|insist on|ask for|asking for|seek)\w*‥(?:the |a |full |immediate |complete )?(?P<v><ERASEN>)
erasure S (?:want|like|ask|request|need|demand|wish) to be (?:forgotten|deleted|erased|removed)
erasure S (?:forget|delete|erase|remove|wipe) (?:about )?me\b
erasure S take (?:me|us|my \w+)…(?:off|out of)‥(?:database|databases|system|systems|records|files|books|servers?|register|crm)
erasure N (?P<v><ERASEN>)
erasure N right (?:to|of) (?:be forgotten|erasure|deletion)|(?:data )?(?:erasure|deletion) request
erasure S (?:don t|do not|no longer|not)‥(?:want|wish|like)…(?:you|u)‥(?:hav\w*|hold\w*|keep\w*|stor\w*|retain\w*)
erasure S (?:stop|not|no longer)‥(?:hold\w*|keep\w*|stor\w*|retain\w*)‥(?:my|any|personal)‥(?:<DATA>)
erasure S (?:nothing|no (?:data|trace|info\w*|records?))‥(?:of|about|on) me‥(?:left|remain\w*|anymore|any more|any longer|kept)
erasure S (?:(?:if|in case|should) (?:there (?:is|are|s)|anything|something|any)|whatever (?:is|s) (?:still )?(?:left|there))…(?P<v><ERASEV>)
access S (?:hand over|send|provide|forward|release)‥(?:my|his|her|their) (?:complete|full|entire|whole) (?:file|record)
access S (?:if|unless) (?:you )(?:do not |don t |won t |will not |can t |cannot |refuse to |fail to )?(?:show|tell|give|send|hand|provide|let)‥(?:me |us )?(?:see |know |have )?(?:\w+ ){0,3}?(?:what|everything|all|whatever|which)‥(?:<YOU>)‥(?:<HOLD>)
access S (?:if|unless) (?:you )(?:do not |don t |won t |will not |can t |cannot |refuse to |fail to )?(?:show|give|send|hand|let)‥(?:me |us )?(?:see |have )?my (?:\w+ )?(?:file|records?|dossier|profile|data)
access S (?:if|unless) (?:you )(?:do not |don t |won t |refuse to )?(?:give|send|hand|provide|tell|show) (?:me )‥(?:<MYDATA>)
erasure S (?:keep|retain|store|hold)\w* (?:nothing|no data|no records?|none of it)‥(?:more |further )?(?:on|about|of) (?:me|us|him|her|them)
erasure S (?:close|cancel)‥account…(?:<ERASEV>)
rectification S (?P<v><RECTV>)‥(?:<MYFIELD>)
rectification S (?:<MYFIELD>|\bit\b|\bthis\b|\bthat\b|^(?:<FIELD>))…(?:be|is|to|get|been|have|need|needs) (?P<v>corrected|rectified|updated|fixed|amended|changed|replaced|correcting|updating|fixing|amending)
rectification C (?:my|the|our|his|her|your) (?:<FIELD>|data|records?|details|information|entry|profile|file)…(?:is|are|was|were|has|have|contains?|shows?|says?)…(?:swapped|mixed up|wrong\w*|incorrect\w*|inaccurate\w*|mis ?spel\w*|misspelt|not (?:right|correct|accurate|up to date)|out ?of ?date|outdated|a (?:mistake|typo|error)|an error|old)
rectification C (?:spell?\w*|writ\w+|wrote|have|got) (?:my|our) (?:<FIELD>)‥(?:down |recorded |listed |as\b|wrong\w*|incorrect\w*|without)
rectification S change of (?:name|address|e ?mail|number|phone)|(?:name|address|number) change
rectification S (?:there is|there s|missing|missed)‥(?:an? )?(?:letter|accent|digit)
rectification S (?:wrong|incorrect|inaccurate|misspel\w*|outdated|old)‥(?:<FIELD>)…(?:correct|should|new|right|instead|not|<RECTV>|\bis\b)
rectification C (?:<FIELD>)‥(?:wrong|incorrect|inaccurate|misspel\w*|outdated)
rectification C (?:mis ?spel\w*|misspelt|spel\w*‥(?:wrong|incorrectly)|wrote‥wrong|spelled|written wrong)‥(?:my|name|the)?
rectification C (?:mistake|error|typo)s?‥(?:in|on|with)‥(?:my|the) (?:<FIELD>|data|records?|profile|file|details)
rectification S (?:new|correct|right|proper|actual|current) (?:<FIELD>)‥(?:is|:|should|=|from|since|reads?)
rectification S (?:it|that|this|which|name|address|number|date|birth|spelling)‥should (?:be|read|say|state)\b(?! (?:\w+ly )?(?:\w+ed\b|done|possible|clear|noted|easy|enough|able|sent|free|no problem))
rectification S (?:<FIELD>)…(?:instead of|rather than|and not|, not|is now|has changed|have changed|changed to)\b
rectification W (?:i|we)‥(?:have |ve )?(?:moved|got married|changed (?:my )?(?:name|address|number|e ?mail|phone))
rectification N right (?:to|of) (?:rectification|correction)|rectification
restriction S restrict\w*…(?:process\w*|use|using|usage|data|information|record)
restriction S (?:processing|use|data|information)…(?:restrict\w*|be limited|limited to storage)
restriction S (?P<v>freez\w*|froze\w*|suspend\w*|paus(?:e|ed|ing)|lock\b|block\b|quarantine\w*|put‥on hold|on hold|halt\w*|hold off|flag\b)…(?:data|records?|processing|use|using|information|entry|profil\w*|file|details|\bit\b|them|score)
restriction S (?:data|records?|entry|information|file|processing|details|score)…(?P<v>frozen|suspended|paused|on hold|locked|be blocked|restricted|freeze)
restriction S (?:stop|don t|do not|cease|not|no longer|without|refrain)…(?:us(?:e|ing)|process\w*|touch\w*|shar\w*|pass\w*|rely\w*)…(?:<UNTIL>|but…(?:keep|retain|store|hold|not delet))
restriction S (?:<UNTIL>)…(?:stop|don t|do not|cease|not|no longer|nothing|refrain)…(?:us(?:e|ing|ed)|process\w*|touch\w*|done|shar\w*|rely\w*)
restriction S (?:keep|retain|store|hold|preserve)\b…(?:but|without)…(?:us(?:e|ing)|process\w*|touch\w*|do anything|shar\w*)
restriction S (?:preserv|keep|retain|stor)\w*…(?:refrain|no other|not|any other|nothing else)…us(?:e|ing)\b
restriction S (?:stop|halt|cease|pause|suspend)…(?:processing|use|using)…(?:<UNTIL>)
restriction S (?:neither|not)‥(?:delet|eras)\w*(?: nor| or)…(?:us(?:e|ed|ing)|process\w*)
restriction S (?:us(?:e|ing)|process\w*)…but…(?:keep|retain|store|hold|preserve|not delet)
restriction S (?:(?:i|we|strongly|formally) (?:\w+ )?(?:object|oppose)|objecting|opposed|against)‥(?:to )?(?:the |any |my |their |its )?(?:deletion|erasure|data being (?:deleted|erased)|you (?:deleting|erasing)|destruction)
restriction S (?:keep|retain|hold on to|hang on to|preserve)\b…without (?:\w+ )?(?:delet|eras|destroy)\w*
restriction W (?:do not|don t|dont|never)‥(?:delete|erase|remove|destroy)
restriction N right (?:to|of) restrict\w*|restriction of processing
objection_dm S (?:object\w*|objec?tion|opt\w* out|opt out)…(?:<MKT>)
objection_dm S (?:<MKT>)…(?:object\w*|opt\w* out)
objection_dm S (?:stop\w*|no|not|never|don t|dont|cease|quit|enough|without|tired|sick|fed up|unwanted|refuse|end|off|block|halt)‥‥(?:<MKT>)
objection_dm S (?:<MKT>)‥‥(?:stop\w*|any ?more|any longer|cease|unwanted|no more|to end)
objection_dm S un ?sub\w{2,}|opt(?:ing|ed)? (?:me )?out\b
objection_dm S (?:take|remove|get|strike|delete|drop|pull)\w*‥(?:me|us|my \w+|this \w+)…(?:mailing|marketing|newsletters?|distribution|e ?mail|call|contact|promotional|send|sales|advertising|tips|offers?)‥?(?:lists?|mails?|database|messages|texts|e ?mails?)?
objection_dm S (?:stop|quit|cease)(?: \w+)? (?:calling|e ?mailing|contacting|texting|spamming|bothering|messaging|phoning|ringing|harassing|sending|pestering|bombarding|calls|emails|texts)
objection_dm S (?:do not|don t|dont|never|not|no longer) (?:ever )?(?:want |wish |like |you )*(?:to )?(?:be )?(?:to )?(?:call\w*|e ?mail\w*|contact\w*|text\w*|phon\w*|ring|bother\w*|receiv\w*|get|hear) ?‥(?:me\b|us\b|again|any ?more|any longer|from you|e ?mails?|texts?|messages|calls?)
objection_dm S (?:do not|don t|dont|never|stop) (?:ever )?send\w*…(?:e ?mails?|messages|texts?|newsletters?|anything)
objection_dm S (?:no more|no further)‥(?:e ?mails?|texts?|calls?|messages|mails?|sms|contact|letters)
objection_dm S stop (?:sms|texts?|mails?|promo\w*|spam|ads?)
objection_dm S (?:still|keep|kept|keeps|continue\w*|despite|again|yet another|even though|every (?:week|day))…(?:<MKT>)
objection_dm S (?:<MKT>)…(?:despite|even though|although|still|keep coming)
objection_dm S leave me alone
objection S (?:i|we|hereby|formally|also|therefore|want to|would like to|wish to|like to) ?(?:strongly |hereby |formally |also |therefore )?object\b(?! ?(?:is|of))|(?:my|an|raise|raising|lodge|formal) objection|\Aobjection (?:to|under|pursuant|against)|exercis\w*‥right to object|objecting to|opposed? to
objection N right to object|notice of objection
objection_general S (?:stop|cease|don t|do not|no longer be|end|quit|not be|refrain)‥(?:profil(?:e|ing)|track(?:ing|ed)?|analy[sz]\w*|analytics|scor(?:e|ing)|statistic\w*|monitor\w*|training|train\b|surveil\w*|enrich\w*)
objection_general S (?:stop|do not|don t|cease|not)…(?:shar\w*|sell\w*|pass\w*|disclos\w*)…(?:data|information|details|third|partners|anyone)
nouse S (?:stop|please don t|please do not|cease|refrain from|(?:you|be) (?:no longer|not)|must not|not want you to)‥(?:us(?:e|ing)|process\w*)…(?:my|data|information|details|it\b|them\b)
consent_withdrawal S (?P<v>withdr[ae]w\w*|withdraw\w*|revok\w*|revoc\w*|rescind\w*|retract\w*|cancel\w*|taking back|take back|pull)…(?:consent\w*|permission|authori[sz]ation|agreement to|opt in|approval)
consent_withdrawal S (?:consent|permission|authori[sz]ation|approval)…(?:is |as |be |been )?(?:hereby |now )?(?P<v>withdr[ae]wn?|revoked|rescinded|retracted|cancelled|canceled)
consent_withdrawal S (?:no longer|don t|do not|not)‥(?:give|consent|agree|authori[sz]e|allow|permit)‥(?:to|you|my|any ?more|consent)
consent_withdrawal S (?:refuse|reject|decline)‥(?:\w+ )?cookies
automated_decision S human (?:intervention|review|being|involvement|oversight|check|eyes)
automated_decision S (?:<HUMAN>)‥(?:to |at your end |there |actually |please |properly )*(?:<REVIEW>)
automated_decision S (?:<REVIEW>)…(?:by|from) (?:an? )?(?:<HUMAN>)
automated_decision S (?:contest\w*|challeng\w*|object\w*|appeal\w*|dispute\w*|disagree\w*)…(?:decision|refusal|rejection|score|denial|suspension|block)…(?:<MACHINE>)
automated_decision S (?:contest\w*|challeng\w*|appeal\w*|dispute\w*)…(?:<MACHINE>)…(?:decision|refusal|rejection|score|denial|suspension)
automated_decision S not‥(?:be )?subject(?:ed)? to…(?:automat\w*|solely)
automated_decision W (?:solely |purely |fully |entirely )?automated‥decision\w*
"""

# Sets of words for mails in which no way of asking was found: two of them near each other are a hint.
LOOSE = {
    "GONE": r"(?:gone|disappear\w*|close\b|deactivat\w*|terminate|shut down|nothing left|get me out|out of your)",
    "WRONG": r"(?:now|its|old|wrong\w*|incorrect\w*|inaccurate\w*|mistake|error|typo|not (?:right|correct)|new\b|from now on|chang\w*|instead|it s|no longer (?:in use|valid))",
    "WHO": r"(?:mrs|ms|miss|mister|vat|birthday|born|age|<FIELD>)",
    "STOP": r"(?:stop\w*|quit|enough|no more|never|not|don t|cease|sick of|tired of|fed up|leave)",
    "SELLING": r"(?:<MKT>|calls?|calling|salesmen|reps?|texts?|emails|phoning|bother\w*)",
    "USE": r"(?:us(?:e|ed|ing)\b|process\w*|touch\w*|shar\w*|rely\w*)",
    "DISPUTE": r"(?:disput\w*|contest\w*|court|lawsuit|litigation|lawyer|evidence|proof|proceedings|accura\w*|verif\w*|<UNTIL>)",
    "KEEP": r"(?:keep\b|retain|store\b|preserve|not (?:delete|erase))",
    "SELF": r"(?:me|my|i|us|our|mine|myself)\b",
    "RECORDS": r"(?:recordings?|data|info|information|notes|file|records?|history|chats?|conversations?|messages|logs|transcripts?)\b",
    "GIVE": r"(?:<SEND>|see|view|listen|know|read|overview)",
    "TAKE": r"(?:import\w*|export\w*|transfer\w*|migrat\w*|take|move|moving|file|switch\w*)",
    "THEIRS": r"(?:<OTHER>|<FORMAT>|elsewhere|competitor|new (?:tool|app|crm)|switching)",
    "CONSENT": r"(?:ticked|tick box|opted in|accepted|allow\w*|consent\w*|permission|authori[sz]ation|agreed|approval)",
    "WITHDRAW": r"(?:undo|revert|back out|not (?:any|ok)|opt out|withdr[ae]w\w*|revok\w*|rescind|tak\w* back|no longer|changed my mind|not any more|cancel\w*)",
    "JUDGED": r"(?:<HUMAN>|contest\w*|reassess\w*|reconsider\w*|appeal\w*|explain\w*|challenge\w*|anyone looking)",
}

NOUNS = {
    "access": r"access|copy",
    "rectification": r"rectification|correction",
    "erasure": r"erasure|deletion|be forgotten|delete|removal",
    "restriction": r"restriction|restrict",
    "portability": r"portability",
    "objection": r"objection|to object",
    "consent_withdrawal": r"withdraw(?:al)? (?:of )?(?:my )?consent",
    "automated_decision": r"automated decisions?|human (?:intervention|review)",
}
EXERCISE = r"(?:exercis\w*|invok\w*|enforc\w*|assert\w*|use)‥‥rights?|rights? (?:exercised|requested|invoked)|following rights|my rights|request type"

GATES = {
    "ask": r"""
(?:would like|d like|want to|wish to)
(?:i|we|id|i d|we d)‥(?:request\w*|want|would|ask|asking|demand|require|wish|like|need|exercis\w*|invok\w*|seek\w*|insist|direct|expect|making|make|writing|am entitled)
(?:please|pls|plz|kindly|hereby|thanks for|thank you for|pleas)\b
(?:can|could|would|will|may|might)‥(?:you|u|i|someone|we)
(?:exercis\w*|invok\w*|enforc\w*|making use|mak\w* use)‥(?:right|rights)
(?:under|pursuant|in accordance|according|by virtue|as per|in line)\b
request (?:for|to|under)
""",
    "about": r"""
how (?:can|could|would|should|do|does|to|might|may)‥(?:i|we|one|you|people|it|someone|delet|eras|get|work)
(?:do|would|will) (?:i|we)‥have‥(?:a |the )?right
what (?:are )?(?:my )?rights|what happens (?:if|when|to)
(?:later|eventually|one day|at some point|in (?:the )?future)…(?:delet|eras|remov|ask|request|get|copy)\w*
(?:delet|eras|remov|ask|request)\w*…(?:later|one day|eventually|in (?:the )?future|after the trial)
could i…(?:later|one day|in future)|would it be possible…later|what is the (?:procedure|process)
""",
    "cited": r"""
you have (?:the |a |also |certain )?rights?\b
you (?:can|may)‥(?:always|at any time|also|ask|request|exercise|withdraw|unsubscribe|object|access|opt)
(?:everyone|every (?:person|citizen)|individuals|data subjects|customers|users|people|companies|organisations|businesses)‥(?:ha(?:s|ve)|can|may|handle)
rights of (?:the )?(?:data subject|individual|person)s?|data subject rights
(?:guide|webinar|leaflet|booklet)\b
we (?:process|respect|protect|value) (?:your |personal )
""",
    "not_only": r"not (?:only|just|merely)",
    "fail": r"""
(?:have|has|had|ve|did|was|were) ?(?:n t|nt|not|still not|never|yet to|yet|nothing)\b
(?:is|are) (?:still |yet )?not (?:been |yet )?(?:deleted|erased|removed|corrected|updated)
(?:haven|hasn|hadn|didn|wasn|weren|isn|aren) ?t\b
still (?:not|no|nothing|there|have|waiting)
(?:if|unless) you (?:do not|don t|fail|have not)?
within‥(?:days|month|weeks)
fail(?:ed|ure|ing|s)? to|refus\w*|not (?:yet )?(?:received|got|been|heard)
can ?not|can ?t|unable
""",
    "neg_before": r"""
i (?:\w+ )?(?:do not|don t|dont|did not|didn t|am not|m not|would not|wouldn t) (?:\w+ )?(?:want|ask|asking|need|wish|request|requesting|mean|require|like)‥…
(?:do not|don t|dont|not|never|no|without|nor|neither|no need (?:to|for)|rather than|instead of|result(?:ing)? in|lead(?:ing)? to|object(?:ing|ion)? to|opposed? to|against)(?! (?:only|just|longer))(?: (?:to|the|a|any|my|you|me|want|need|have|asking|for|be|yet|delete|simply|please|even|of|list|copy|or|personal|data|account|information)){0,4}
""",
    "neg_after": r"""
 ?(?:nothing|not)\b
""",
    "breakers": r"\b(?:and|but|so|please|kindly|then|therefore|because|afterwards|pls)\b",
    "past": r"(?:(?:i|we|you|they|he|she|it|someone|somebody|staff|account|data) (?:have |had |has |ve |already |just |accidentally |recently |then |has been |have been |was |were |were all |got |had already |mistakenly )*|\b(?:was|were|had been|has been|have been) (?:\w+ly |already |all )?)",
    "past_token": r"(?:deleted|erased|removed|wiped|destroyed|purged|changed|updated|corrected|fixed|modified|frozen|suspended|blocked|paused|rectified|amended)",
    "login": r"""
password|log ?(?:in|ging|on|ged)|sign ?in|can ?(?:not|t) (?:get in|access my account|access it|enter)|locked out|reset (?:link|my)|username|two factor|\bpin\b|credentials
""",
    "old": r"(?:old|previous|former|outdated)",
    "notdata": r"(?:password|invoice\w*|subscription|plan\b|amount|appointment(?! (?:entry|record))|order\b|contract|payment|price|tariff|billing cycle)",
    "notdm": r"(?:invoices?|reminders? (?:of|for)|appointment\w*|password|jobs?)",
    "notobjection": r"(?:invoice\w*|payment|price\w*|contract|cancellation|direct debit|charge[sd]?|fine|amount|increase|fee\b|bill\b)",
    "purpose": r"""
legitimate interests?|(?:particular|personal|specific|own) situation|my (?:particular )?(?:situation|circumstances)|21[ .,(]*1|profil(?:e|ing)|track\w*|analy[sz]\w*|analytics|statistic\w*|scor(?:e|ing)|partners|third part\w+|research|\bai\b|train(?:ing)?\b
""",
    "add": r"""
while (?:i|you|we)‥|also|in addition|additionally|besides|on top of|by the way|btw|another thing|one more thing|as well|furthermore|moreover|at the same time|plus\b|too\b
""",
    "same": r"""
(?:remains|stays|still stands|stands as|doesn t change|does not change|unchanged)|as (?:i )?(?:already )?(?:asked|said|requested|mentioned|agreed|discussed)
""",
}

CUES = {
    "chaser": r"""
(?:no|without|not a |without any|never (?:got|received|had)|not (?:had|received|got|seen)|received no|haven t (?:had|received|got))‥(?:a |an |any |single |further |proper )?(?:reply|response|answer|reaction|news|acknowledg\w*|update)
(?:heard|hearing|received|got|seen|had) (?:absolutely )?(?:nothing|no\b)
still (?:waiting|no (?:reply|answer|response|news)|nothing|not (?:heard|received|had)|haven t|have not|awaiting|outstanding)
(?:haven t|have not|hasn t|has not|not)‥(?:yet )?(?:heard|replied|responded|answered)
(?:\A(?:\w+ ){0,2}reminder|(?:this is|just|as|friendly|gentle|second|final|last) (?:a |an )?(?:\w+ )?reminder|follow(?:ing)? ?up (?:on|to)|chas(?:e|ing)|second (?:request|letter|mail|email)|final notice|letter before action|overdue|any (?:news|update|progress))
(?:deadline|time limit|months?|period)‥(?:has |have |is |are |s )(?:now |long |well )?(?:passed|expired|over|elapsed|up\b|gone)
(?:i|we)‥(?:wrote|written|asked|e ?mailed|requested|contacted|sent|submitted|made|filed)…(?:on (?:the )?\d|on \w+ \d|in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:days?|weeks?|months?) ago|last (?:week|month|year)|over \w+ (?:weeks|months)|more than \w+ (?:weeks|months))
(?:on \d+|on (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d|\w+ (?:days|weeks|months) ago)‥(?:i|we)‥(?:wrote|asked|sent|requested|submitted|made|e ?mailed)
contacting you again|writing (?:to you )?(?:once )?again
(?:my|our) (?:earlier|previous|first|original|last)?‥(?:request|e ?mail|letter|message|mail)‥(?:of|from|dated|sent)‥(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|last)
(?:second|third|nth) time
""",
    "complaint": r"""
(?:i|we|hereby|wish to|want to|like to)‥(?:lodg\w*|mak\w*|fil\w*|submit\w*|rais\w*|register\w*)‥(?:a |an |this |my |formal )?(?:\w+ )?complaint
(?:this|it|mail|please (?:treat|take|consider)) (?:is|this as) (?:\w+ )?(?:a |an |my )?(?:\w+ )?complaint
(?:treat|consider|regard) this‥as‥complaint
i (?:am|m) complaining|i (?:want|would like|wish|have|need) to complain|i complain\b
(?:my|a|this|formal) complaint
(?:i|we|writing)…(?:to complain|complaining|complain about|complaint)
\A(?:formal |official )?complaint
""",
    "threat": r"""
(?:if|unless|otherwise|failing|should you|else|or i|then i|will have to|without (?:a|an) (?:reply|answer))\b
(?:supervisory authority|data protection authority|\bdpa\b|\bico\b|\bapd\b|\bgba\b|court|lawyer|solicitor|authority)\b
""",
    "outrage": r"""
unacceptable|outrageous|disgrace\w*|scandal\w*|appalling|ridiculous|a joke|shameful|i am (?:very |extremely |really |deeply )?(?:unhappy|angry|disappointed|dissatisfied|upset|furious|shocked)|not (?:good enough|satisfied|happy with)|fed up
data breach|breach of|leak(?:ed)?\b|sent to (?:a stranger|someone else|the wrong)|violation of|violated
(?:answer|reply|copy|response)‥(?:is |was )?(?:incomplete|insufficient|not complete|inadequate)
""",
    "privacy": r"erasure|records?|recordings?|conversations?|call history|data|gdpr|privacy|cookies?|confidential\w*|processing|personal|consent|authority|marketing|spam|newsletters?|e ?mails?|rights?\b|policy|deletion|access request",
    "info": r"""
how long|retention|where (?:are|is|do|does|will|would)‥|servers?|host\w*|transfer\w*|privacy shield|\busa?\b|united states|outside (?:the )?(?:eu|eea|europ)\w*|processors?|sub ?contractors?|legal basis|lawful basis|on what (?:ground|basis)|data protection officer|dpo|secur\w*|encrypt\w*|cookies?|policy|rights|data|gdpr|recorded|\bai\b|third part\w+|profiling|purposes?
""",
    "question": r"(?:i|we)‥(?:wonder\w*|would like to (?:know|understand)|want to (?:know|understand)|like to (?:know|understand)|am curious|was wondering)|question|explain|clarif\w*|can you tell me|could you tell me",
    "theme": r"(?:legal|lawful) basis|processors?|sub ?processors?|record of processing|data|cookies?|gdpr|privacy|policy|confidential\w*|recorded|recordings?|conversations|rights|dpo|process\w*",
    "survey": r"""
thesis|dissertation|survey|questionnaire|student at|studying|journalist|research project|study on|school project|coursework|academic
vendors?\b|suppliers?\b|processing agreement|\bdpa\b (?:sign|attached)|audit|tender|annex 1
(?:not|never) (?:a |been a )?(?:customer|client|user)‥(?:and|of yours)?
job application|apply(?:ing)? for|application for|my cv|my resume|vacancy|internship
""",
    "deceased": r"deceased|passed away|died|\bdeath\b|late (?:husband|wife|father|mother|brother|sister|son|daughter|partner)|estate of|\bheirs?\b|executor",
    "offtopic": r"invoice\w*|refund\w*|cancel\w*|subscription|password|\bbug\b|outage|install\w*|pricing|price|quote|contract|right of withdrawal|order\b|delivery|appointment|support ticket|does(?: not|n t) work|restor\w*|recover\w*|thank you for|thanks for",
    "thanks": r"(?:thanks|thank you)\b.{0,60}(?:worked|all good|has been (?:deleted|erased|corrected|updated)|sorted|resolved|received)|thank you for|thanks for|congratulations on|well done|very (?:clear|helpful|useful)|keep up",
    "spam": r"""
our (?:experts|solution|agency|specialists|platform|customers|clients|tool)|starting at|\d+ ?(?:€|\$|£|eur|usd|euro)? ?(?:/|per|a) ?mo(?:nth)?|\d+ ?% (?:off|discount)|\d+x faster|free (?:demo|trial|audit|consultation)|no obligation|rank(?:ing)? (?:on|in) google|\bseo\b|\bleads?\b|boost|revenue|\d+ ?minutes?‥(?:call|chat|demo)|quick (?:call|chat|question)|worth a|book a (?:call|demo)|drowning in|backlinks?|guest post
click (?:here|below|the|on)|pay now|verify (?:your|now|my)|confirm your|mailbox (?:storage|will|is|quota)|account will be|last (?:warning|notice)|won\b|winner|inherit\w*|million\w*|bitcoin|crypto\w*|loan\b|parcel|wire transfer|lottery|unusual (?:activity|sign)
not interested\?|reply (?:with )?(?:stop|delete me|unsubscribe|no)\b|to stop receiving
your (?:site|website|company|business)‥(?:is not|isn t|fails)
""",
    "reason": r"""
because|since (?:i|my|you|we|the|it|then|yester\w*)|as (?:i|my|we|it|you)\b|reason|due to|so (?:that|i|we|the)|given that|in order to|that is why|that s why|for (?:security|tax|legal)|owing to|otherwise
(?:i|we)‥(?:not|never|no longer|don t|didn t|haven t)‥(?:use\w*|need\w*|remember|using|customer|signed|want to use)
(?:i|we)‥(?:have |ve |am |m |are |re |had )?(?:moved|sold|closed|changed|left|quit|stopped|switched|moving|leaving|retired|married|divorced|lost|found out|was only|did a|keep getting|keep receiving|get(?:ting)? (?:so|too|constant)|received|worried|concerned|lived)
trust|breach|harass\w*|spam\w*|dispute|no longer necessary|longer needed|called me|i live in
""",
    "representative": r"""
(?:my|our) client\b(?! (?:list|data|base|record|contact|card|file)\w*)|(?:writ(?:e|ing)|mail(?:ing)?|contacting you|asking|acting|speak(?:ing)?|getting in touch)(?: to you| this)? (?:for|in the name of|in place of|instead of) (?:my|our|an? (?:elderly|old|blind|sick)) (?:\w+ ){0,2}?(?:mother|father|mum|mom|dad|gran\w*|husband|wife|partner|spouse|son|daughter|child|kid|aunt|uncle|brother|sister|niece|nephew|cousin|neighbou?r|friend|boss|client|godmother|godfather|in law)\b|(?:my|our) (?:\w+ ){0,2}?(?:mother|father|mum|mom|dad|gran\w*|husband|wife|partner|spouse|son|daughter|child|kid|aunt|uncle|brother|sister|niece|nephew|cousin|neighbou?r|friend|boss|client|godmother|godfather|in law)\b‥…(?:asked|asks|begged|instructed|authori[sz]ed|wants|told) (?:me|us) to (?:write|mail|ask|contact|send|get|request|have|do|tell|make|see)|lasting power|(?:guardian|deputy|carer|trustee|executor) (?:of|for) (?:my|our|mrs?|ms|miss)\b|on behalf of|acting for|act for|behalf of|power of attorney|mandate\b|authori[sz]ed (?:representative|agent)|i represent|we represent|instructed by|letter of authority
(?:i am|i m|as)‥(?:the |his |her |a )?(?:mother|father|mum|mom|dad|parent|guardian|solicitor|lawyer|attorney|legal representative|carer|trustee)\b
(?:my|our) (?:son|daughter|child|kid|minor)\w*…(?:aged|years? old|\d+|account|data|signed up|photos?|profile|minor)
(?:data|account|profile|photos?) (?:of|for|about) (?:my|our) (?:son|daughter|child|mother|father|husband|wife|client|grand\w+|mum|mom|dad)
(?:my|our) (?:mother|father|mum|mom|dad|husband|wife|partner|grand\w+|aunt|uncle|brother|sister|son|daughter|child)\b…(?:her|his|their) (?:data|account|details|records?|file|information|profile|photos?|e ?mail address)\b
(?:my|our) (?:mother|father|mum|mom|dad|husband|wife|partner|grand\w+|aunt|uncle|brother|sister|son|daughter|child)\b…(?:data|information|details|everything|anything|what)‥(?:about|on|of|for|concerning) (?:her|him)\b
(?:data|information|details|records?|everything|anything|whatever|what) (?:that |which )?you (?:hold|keep|have|store|process|kept|stored)‥(?:about|on|of|concerning) (?:her|him)\b
""",
    "identity": r"passport|identity card|id card|\bid\b|identity document|driv(?:ing|er s?) licen[cs]e|residence permit|proof of id\w*|\beid\b|front and back|photo id",
    "signature": r"signature|signed|initials",
    "farewell": r"(?:kind|best|warm|many)? ?regards|yours (?:faithfully|sincerely|truly)|sincerely|cheers|thanks(?: in advance| a lot| so much)?|thank you(?: in advance| very much)?|best(?: wishes)?|respectfully|take care|br\b|thx|cordially|many thanks|with kind regards",
    "first_person": r"\b(?:i|my)\b(?! (?:mobile|phone|tablet|iphone|ipad|android|samsung))",
    "footer": r"""
this (?:message|mail|e ?mail|communication)‥(?:is|and|may|contains)‥(?:confidential|intended|any attach|privileged|only)
if you are not the (?:intended|named)|if you have received this|confidentiality ?(?:notice)?:|disclaimer|consider the environment|before printing|sent from my|get outlook|virus free|privacy notice ?:|gdpr ?:|data protection ?:|we process (?:your )?personal data
""",
    "today": r"today|date ?:|as of",
}

STOPWORDS = """
i you he she it we they me him her us them my your his its our their the a an and or but so because if when what who where which
how why not no yes is are was were be been being am do does did have has had will would can could should may might must to of in
on at by for with from about as into over under after before please thanks thank hello hi dear regards kind best sincerely
yours faithfully want need like would delete remove erase data information account right access request send copy unsubscribe
this that these those there here just any all everything some more most also still yet don t ve ll re d s im dont cant
mail message received hey guys cheers re
"""

VOCABULARY = """
deletion erasure portability rectification restriction processing personal information unsubscribe marketing advertising newsletter
newsletters consent withdraw objection objecting automated decision intervention correction incorrect inaccurate misspelled database
identity document passport complaint address telephone recordings recipients retention
"""
