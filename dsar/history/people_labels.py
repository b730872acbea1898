"""Words for who people are: to the company, and at the desk."""

from django.utils.translation import pgettext_lazy

from workflow.states import Advice, Relation

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
