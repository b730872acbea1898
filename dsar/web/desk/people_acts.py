"""Acts on who the person is to us and who of us sees the case."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow import services
from workflow.models import Case
from workflow.states import Relation


@act("person")
def relation(request: HttpRequest, case: Case) -> str:
    services.record_relation(case.pk, relation=fields.choice(request, "relation", Relation), by=actor_of(request))
    return _("What the person is to us is recorded.")
