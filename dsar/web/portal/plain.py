"""Rights, outcomes and grounds in words for everybody: no article, no jargon."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dsar.history.typography import euros
from dsar.web import words
from workflow.models import Fee
from workflow.states import Ground, Outcome, Right

_WISHES = {
    Right.ACCESS: _("Receive a copy of your data"),
    Right.RECTIFICATION: _("Have your data corrected"),
    Right.ERASURE: _("Have your data deleted"),
    Right.RESTRICTION: _("Have the use of your data put on hold"),
    Right.PORTABILITY: _("Receive your data as a file for another service"),
    Right.OBJECTION_DM: _("Receive no more advertising"),
    Right.OBJECTION_GENERAL: _("Object to the use of your data"),
    Right.CONSENT_WITHDRAWAL: _("Withdraw your consent"),
    Right.AUTOMATED_DECISION: _("Have a person look at an automatic decision"),
    Right.INFORMATION: _("Know how we use your data"),
    Right.COMPLAINT: _("Your complaint"),
}
_OUTCOMES = {
    Outcome.GRANTED: _("We did what you asked."),
    Outcome.PARTLY_GRANTED: _("We did a part of what you asked."),
    Outcome.REFUSED: _("We could not do what you asked."),
    Outcome.NOTHING_HELD: _("We searched and hold no data about you for this."),
}
_GROUNDS = {
    Ground.G_ID: _("we cannot find out which data are yours"),
    Ground.G_UNF: _("the request is clearly without any basis"),
    Ground.G_EXC: _("the same was asked again and again"),
    Ground.G_OTHERS: _("it would harm the rights of other people"),
    Ground.G_173A: _("freedom of expression and information comes first here"),
    Ground.G_173B: _("a law obliges us to keep these data"),
    Ground.G_173C: _("the data serve public health"),
    Ground.G_173D: _("the data serve archives, research or statistics"),
    Ground.G_173E: _("the data are needed for a legal dispute"),
    Ground.G_STILL: _("none of the reasons for which data must be deleted applies"),
    Ground.G_NO18: _("none of the reasons for putting data on hold applies"),
    Ground.G_NO20: _("you did not give us these data under a contract or by consent"),
    Ground.G_NO22: _("a person took part in the decision"),
    Ground.G_NOTECH: _("sending them directly to the other service is not technically possible"),
    Ground.G_COMPELLING: _("we have reasons that weigh more in this case"),
    Ground.G_CLAIMS: _("the data are needed for a legal dispute"),
    Ground.G_NOTWRONG: _("the data are correct"),
    Ground.G_SCOPE: _("this is not a matter of data protection"),
}


def wish(right: Right) -> str:
    return str(_WISHES[right])


def outcome(code: Outcome) -> str:
    return str(_OUTCOMES[code])


def ground(code: Ground) -> str:
    """The reason as a clause: "The reason: ..."."""
    return gettext("The reason: %(ground)s.") % {"ground": _GROUNDS[code]}


def fee(row: Fee) -> str:
    """What the person chooses between."""
    sentence = gettext("We ask %(amount)s, to be paid by %(day)s. You can also withdraw your request: that is free.")
    return sentence % {
        "amount": euros(row.cents, words.language()),
        "day": words.long(row.pay_by) if row.pay_by else "",
    }


def days(count: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}
