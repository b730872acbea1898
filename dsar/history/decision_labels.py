"""What an officer or a reader confirms before a decision moves on, in the reader's words."""

from django.utils.translation import gettext_lazy as _

from workflow.checklists import Check
from workflow.states import SelfCheck

CHECKS = {
    Check.COPY_COMPLETE: _(
        "The copy is complete and readable: logs, chat, profile, preferences and internal notes too; codes "
        "are explained."
    ),
    Check.FACTS_OF_ART_15: _(
        "The letter says purposes, categories, recipients by name, retention, source, automated decisions and "
        "transfers outside Europe, or says what is missing and when it follows."
    ),
    Check.OTHERS_CHECKED: _("Nobody else’s data is in it: what concerns others was looked for and made unreadable."),
    Check.SEARCHED_ALL: _("Every place was searched, also under other spellings and addresses, and nothing is held."),
    Check.VALUES_NAMED: _("The text names the old and the new value, or the statement that is added."),
    Check.RECIPIENTS_TOLD: _(
        "Whoever had received these data is told, or it is written why that is not possible (Art. 19)."
    ),
    Check.ERASED_NAMED: _("The text says what is erased, and until when backups still hold it."),
    Check.KEPT_NAMED: _("The text says what is kept, on which ground and until when, or nothing is kept."),
    Check.ACCOUNT_TOLD: _("The text says what it means for the account."),
    Check.SCOPE_NAMED: _("The text says which data are frozen and what may still be done with them."),
    Check.SCOPE_FROZEN: _("The data are frozen everywhere."),
    Check.LIFTING_TOLD: _("The answer promises a warning before the restriction is lifted (Art. 18(3))."),
    Check.ONLY_PROVIDED: _(
        "Only data the person provided, by consent or contract and held automatically, is in the file."
    ),
    Check.FIELDS_DESCRIBED: _("The file is JSON or CSV, and its fields are described."),
    Check.TRANSFER_ANSWERED: _(
        "If a direct transfer was asked for: it can be made, or the text says why it cannot be."
    ),
    Check.STOP_NAMED: _("The text says which processing stops."),
    Check.STOPPED: _("The processing objected to has stopped everywhere."),
    Check.CHANNELS_STOPPED: _(
        "Advertising has stopped on every channel: e-mail, telephone, post and advertising audiences."
    ),
    Check.SUPPRESSION_NOTED: _(
        "The address is the right one: with the answer it goes on the list of those who are never written to again."
    ),
    Check.CONSENT_STOPPED: _(
        "What rested on the consent has stopped in every tool, cookies included; since when is in the answer."
    ),
    Check.PAST_LAWFUL: _("The answer says that what was done before the withdrawal stays lawful."),
    Check.ACCOUNT_LIVES_ON: _(
        "No account ends with this consent; where one does, the person wrote from the address on file (level L1)."
    ),
    Check.HUMAN_DECIDED: _(
        "Somebody with the power to change it has looked at the decision anew and heard the person."
    ),
    Check.LOGIC_EXPLAINED: _("The answer explains the logic in plain words."),
    Check.QUESTION_ANSWERED: _("Every question asked is answered, in plain words or with the notice."),
    Check.POSITION_REASONED: _(
        "The position and its reasons are written; the authority is named whatever the identity."
    ),
    Check.PART_AND_REASON: _(
        "The facts say which part is refused and why, in words the person understands (Art. 12(4))."
    ),
    Check.PROVEN: _(
        "We can prove the ground. A missing signature, date, form, reason or copy of an identity card, the cost, "
        "the tone or earlier requests alone are none."
    ),
    Check.NOT_17_A: _("Art. 17(1)(a): the data are still needed for what they were collected for."),
    Check.NOT_17_B: _("Art. 17(1)(b): no consent was withdrawn, or another legal basis allows the processing."),
    Check.NOT_17_C: _("Art. 17(1)(c): no objection stands against the processing, or overriding grounds were shown."),
    Check.NOT_17_D: _("Art. 17(1)(d): the processing is lawful."),
    Check.NOT_17_E: _("Art. 17(1)(e): no law obliges us to erase the data."),
    Check.NOT_17_F: _("Art. 17(1)(f): the data were not collected from a child for an online service."),
    Check.NOT_18_A: _("Art. 18(1)(a): the person does not contest that the data are accurate."),
    Check.NOT_18_B: _("Art. 18(1)(b): the processing is not unlawful."),
    Check.NOT_18_C: _("Art. 18(1)(c): the person does not need the data for a legal claim."),
    Check.NOT_18_D: _("Art. 18(1)(d): no objection waits for its decision."),
}
SELF_CHECKS = {
    SelfCheck.READ_AGAIN: _("I read it again from the beginning, as if somebody else had written it."),
    SelfCheck.FACTS_SHOWN: _("Each fact in it is shown by the file of the case."),
    SelfCheck.RIGHT_PERSON: _("It goes to the right person, at the right address, and holds nobody else’s data."),
    SelfCheck.LAW_KEPT: _(
        "Ground, dates and time limits are those of the law, and the decision would be the same for anybody."
    ),
}
