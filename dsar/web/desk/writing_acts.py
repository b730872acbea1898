"""Letters ordered by hand, a call that is noted, and the language the person is written to in."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from notifications import posting
from notifications.kinds import Audience
from notifications.models import Notification
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case, Claim
from workflow.states import Language, Means, NoticeAction, NoticeState, SourceAnswer


@act("letters")
def write_reply(request: HttpRequest, case: Case) -> str:
    services.write_reply(case.pk, text=fields.text(request, "text"), by=actor_of(request))
    return _("The message is leaving.")


@act("notes")
def note_call(request: HttpRequest, case: Case) -> str:
    services.note_call(case.pk, text=fields.text(request, "text"), by=actor_of(request))
    return _("The call is in the history.")


@act("letters")
def tell_recipient(request: HttpRequest, case: Case) -> str:
    services.tell_recipient(
        case.pk,
        recipient=fields.text(request, "recipient"),
        address=fields.text(request, "address"),
        action=fields.choice(request, "action", NoticeAction),
        identifier=fields.text(request, "identifier"),
        language=fields.choice(request, "language", Language),
        by=actor_of(request),
    )
    return _("The recipient is being told.")


@act("letters")
def ask_source(request: HttpRequest, case: Case) -> str:
    services.ask_source(
        case.pk,
        recipient=fields.text(request, "recipient"),
        address=fields.text(request, "address"),
        identifier=fields.text(request, "identifier"),
        wanted=fields.text(request, "wanted"),
        language=fields.choice(request, "language", Language),
        by=actor_of(request),
    )
    return _("They are being asked; they are reminded before the day to reply.")


@act("letters")
def answer_source(request: HttpRequest, case: Case, asked: int) -> str:
    services.answer_source(
        case.pk,
        request=asked,
        answer=fields.choice(request, "answer", SourceAnswer),
        said=fields.text(request, "said"),
        by=actor_of(request),
    )
    return _("The answer is recorded.")


@act("letters")
def settle_notice(request: HttpRequest, case: Case, notice: int) -> str:
    services.settle_notice(
        case.pk,
        notice=notice,
        how=fields.choice(request, "how", NoticeState),
        reason=fields.text(request, "reason"),
        by=actor_of(request),
    )
    return _("Nobody waits for this recipient any more.")


@act("letters")
def transfer_data(request: HttpRequest, case: Case, claim: UUID) -> str:
    services.transfer_data(
        get_object_or_404(Claim, case=case, uuid=claim).pk,
        provider=fields.text(request, "provider"),
        address=fields.text(request, "address"),
        identifier=fields.text(request, "identifier"),
        channel=fields.text(request, "channel"),
        file_format=fields.text(request, "file_format"),
        columns=fields.text(request, "columns"),
        digest=fields.text(request, "digest"),
        by=actor_of(request),
    )
    return _("The provider and the person are being told.")


@act("letters")
def write_by_post(request: HttpRequest, case: Case) -> str:
    services.write_by_post(case.pk, by=actor_of(request))
    return _("The letter is in the list in a moment: print it and post it.")


@act("letters")
def letter_posted(request: HttpRequest, case: Case, letter: UUID) -> str:
    rows = Notification.objects.filter(case=case, audience=Audience.PERSON.value)
    at = fields.moment(request, "at")
    if at is None:
        raise CannotDo(_("Say when it was posted."))
    posting.record_posted(
        get_object_or_404(rows, uuid=letter).pk,
        means=fields.choice(request, "means", Means),
        at=at,
        evidence=fields.text(request, "evidence"),
        by=actor_of(request),
    )
    return _("The posting is recorded.")


@act("letters")
def choose_language(request: HttpRequest, case: Case) -> str:
    services.choose_language(
        case.pk,
        language=fields.choice(request, "language", Language),
        second=fields.optional(request, "second", Language),
        by=actor_of(request),
    )
    return _("The next letters are written in this language.")
