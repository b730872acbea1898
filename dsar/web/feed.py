"""The calendar of due dates behind a secret address: references and dates, for programs that cannot sign in."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dsar.web import words
from dsar.web.desk.access import controller
from dsar.web.ical import Entry, calendar
from notifications import notices
from workflow import queries
from workflow.models import Case, Event, Staff
from workflow.permissions import Act, may


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What the owner of this secret has to answer, as they see it now; 404 for every other secret."""
    staff = notices.reader_of(secret)
    if staff is None or not may(staff.actor(), Act.WORK_ON_CASE):
        raise Http404
    with translation.override(staff.language):
        content = calendar(_("Data-subject requests"), _entries(staff))
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=tag, response=response) or response


def _entries(staff: Staff) -> Iterator[Entry]:
    """Their open cases, those of whom they stand in for today, and those nobody has taken."""
    theirs = queries.carried_by(staff.pk, words.today()) | Q(assignee=None)
    cases = list(queries.open_cases(controller(), to=staff.actor()).filter(theirs))
    rows = Event.objects.filter(stream__in=[case.stream for case in cases]).values_list("stream")
    told = {stream: (seq, utc) for stream, seq, utc in rows.annotate(seq=Max("seq"), last=Max("utc")).order_by()}
    for case in cases:
        yield from _of(case, *told[case.stream])


def _of(case: Case, sequence: int, changed: datetime) -> Iterator[Entry]:
    """Every Brussels date by which somebody must have acted; one on which two fall is told once."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    days = [("authority", case.authority_due, _("answer the authority")), ("send", case.send_by, _("send the answer"))]
    if case.case_due != case.send_by:
        days.append(("due", case.case_due, _("due date")))
    if case.case_due is None:
        days.append(("aim", case.never_paused_due, _("clock suspended, aim for this day")))
    for kind, day, what in days:
        if day is not None:
            yield Entry(
                uid=f"{case.uuid}-{kind}@{host}",
                day=day,
                summary=f"{case.reference} – {what}",
                url=f"{settings.PUBLIC_URL}/cases/{case.uuid}/",
                sequence=sequence,
                changed=changed,
                tentative=kind == "aim",
            )
