"""What is kept how long, what goes within a month, and what a legal hold keeps."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dsar.operations import retention
from dsar.web import words
from dsar.web.desk import shell
from dsar.web.desk.access import READS_CASES, actor_of, controller, staff
from workflow import queries, services
from workflow.models import Case
from workflow.retention import Kept, Term, schedule

AHEAD = timedelta(days=30)
_MOST = 500

KINDS: dict[Kept, tuple[str | Promise, str | Promise]] = {
    Kept.IDENTITY_DOCUMENT: (
        _("Copy of an identity document"),
        _("From its arrival; it goes at the identity decision already."),
    ),
    Kept.EXPORT: (_("Export of a person’s data"), _("From the end of the case; its digest stays.")),
    Kept.NOT_A_REQUEST: (
        _("Message that was no request"),
        _("From its arrival, or from the day a case was found out of scope."),
    ),
    Kept.CASE: (
        _("Closed case with its mails, letters and decisions"),
        _("From its closing; then the person is erased from it, figures and history stay."),
    ),
    Kept.DISPUTE: (
        _("Case with a complaint or a legal hold"),
        _("From the end of the dispute, where that is longer than the time of the case."),
    ),
    Kept.SUPPRESSION: (
        _("Suppression list"),
        _("As long as there is advertising; it holds digests and no address."),
    ),
    Kept.STATISTICS: (_("Figures of the register"), _("Without limit; they name nobody.")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of the schedule; ``soon`` is how many of it go within the days ahead."""

    label: str | Promise
    since: str | Promise
    term: Term | None
    soon: int

    @property
    def years(self) -> int:
        return self.term.months // 12 if self.term and self.term.months % 12 == 0 else 0


@dataclass(frozen=True, slots=True)
class Soon:
    """A case of which something goes, and after which day."""

    case: Case
    label: str | Promise
    last_day: date


@require_safe
@staff(*READS_CASES)
def retention_page(request: HttpRequest) -> HttpResponse:
    """The schedule of the settings, the preview of the next thirty days, the holds. Of cases only those one may see."""
    owner, actor = controller(), actor_of(request)
    found = list(islice(retention.going(on=words.today() + AHEAD), _MOST))
    soon = Counter(one.kind for one in found)
    visible = queries.visible_to(actor).filter(controller=owner)
    cases = visible.in_bulk([one.case for one in found if one.case is not None])
    going = [
        Soon(cases[one.case], KINDS[one.kind][0], one.last_day)
        for one in found
        if one.case is not None and one.case in cases
    ]
    terms = schedule(services.retention_of(owner))
    context = {
        "view": "retention",
        "lines": [Line(*KINDS[kind], term, soon[kind]) for kind, term in terms.items()],
        "going": going,
        "many": len(found) == _MOST,
        "held": list(visible.filter(legal_hold=True).order_by("-received_at", "-id")[:100]),
        "on": words.today() + AHEAD,
    }
    return shell.render(request, "desk/retention.html", context, owner=owner)
