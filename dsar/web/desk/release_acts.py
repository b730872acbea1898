"""The acts on data that wait for the person: telling a code, offering another way, a longer time."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow import services
from workflow.models import Case


@act("release")
def tell_code(request: HttpRequest, case: Case) -> str:
    """Shown once, to be read out or written; it stands nowhere."""
    code = services.tell_release_code(case.pk, reached=fields.text(request, "reached"), by=actor_of(request))
    return _("The code is %(code)s. Tell it to the person now: it is shown only once.") % {"code": code}


@act("release")
def other_way(request: HttpRequest, case: Case) -> str:
    services.offer_other_way(case.pk, how=fields.text(request, "how"), by=actor_of(request))
    return _("Recorded. If the person wants the data by post, post them and note it here.")


@act("release")
def renew(request: HttpRequest, case: Case) -> str:
    services.renew_release(case.pk, by=actor_of(request))
    return _("The data can be downloaded for longer; the person is told.")
