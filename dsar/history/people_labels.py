"""Words for who people are, to the company and at the desk, and for how their data reach them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.states import Advice, CodeWay, Relation, ReleaseEnd

RELATIONS = {
    Relation.CUSTOMER: pgettext_lazy("relation", "customer"),
    Relation.PROSPECT: pgettext_lazy("relation", "prospective customer"),
    Relation.EMPLOYEE: pgettext_lazy("relation", "employee"),
    Relation.EX_EMPLOYEE: pgettext_lazy("relation", "former employee"),
    Relation.APPLICANT: pgettext_lazy("relation", "job applicant"),
    Relation.OTHER: pgettext_lazy("relation", "other"),
}
ADVICES = {
    Advice.AGREES: pgettext_lazy("advice", "agrees"),
    Advice.REMARKS: pgettext_lazy("advice", "has a remark"),
    Advice.OBJECTS: pgettext_lazy("advice", "objects"),
}
CODE_WAYS = {
    CodeWay.KNOWN_CONTACT: _("sent to a contact on file"),
    CodeWay.SAME_MAILBOX: _("sent to the mailbox of the case: one factor"),
    CodeWay.DESK: _("told by telephone or post"),
}
RELEASE_ENDS = {
    ReleaseEnd.REPLACED: _("a later answer waits instead"),
    ReleaseEnd.REOPENED: _("the answer is looked at again"),
    ReleaseEnd.REVOKED: _("a possible breach, or identity that no longer stands"),
    ReleaseEnd.ERASED: _("its file is erased"),
}
