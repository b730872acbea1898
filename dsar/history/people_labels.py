"""Words for who people are: to the company, and at the desk."""

from django.utils.translation import pgettext_lazy

from workflow.states import Relation

RELATIONS = {
    Relation.CUSTOMER: pgettext_lazy("relation", "customer"),
    Relation.PROSPECT: pgettext_lazy("relation", "prospective customer"),
    Relation.EMPLOYEE: pgettext_lazy("relation", "employee"),
    Relation.EX_EMPLOYEE: pgettext_lazy("relation", "former employee"),
    Relation.APPLICANT: pgettext_lazy("relation", "job applicant"),
    Relation.OTHER: pgettext_lazy("relation", "other"),
}
