"""What leaves the desk as a file, and the HTML of a mail behind bars. Each look is on the access stream."""

from typing import BinaryIO
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dsar.exports import services as exports
from dsar.history.dossier import dossier
from dsar.history.record import FULL, PSEUDONYMISED
from dsar.history.timeline import CaseKeepsChanging
from dsar.intake import scanning
from dsar.intake.child import parse_in_child
from dsar.intake.containing import is_withheld
from dsar.intake.file_types import PICTURES
from dsar.intake.filenames import safe
from dsar.intake.models import InboundMessage, MessagePart, MessageState
from dsar.intake.pictures import redrawn
from dsar.intake.titles import titles_of
from dsar.paper.render import PaperFailed
from dsar.sandbox.ask import SandboxFailed
from dsar.vault import services as vault
from dsar.vault.models import Blob
from dsar.web import errors, words
from dsar.web.desk import case as page
from dsar.web.desk import fields, formatted
from dsar.web.desk.access import PRINTS, READS_CASES, READS_MAIL, WORKS_ON_CASES, actor_of, staff
from dsar.web.streams import as_file
from workflow import queries, services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case
from workflow.sealing import KeyGone
from workflow.states import EventKind


@require_safe
@staff(*READS_MAIL)
def html(request: HttpRequest, uuid: UUID, message: UUID) -> HttpResponse:
    """The HTML of a mail, cleaned, with its own pictures and without links or styles, for a sandboxed frame."""
    case = page.find(request, uuid)
    row = get_object_or_404(InboundMessage.objects.select_related("raw"), case=case, uuid=message)
    with _opened(row.raw) as raw:
        parsed = parse_in_child(raw)
    body = formatted.page(row, parsed)
    if not body.strip():
        body = f"<p>{_('This message has no formatted version.')}</p>"
    services.record_access(EventKind.MESSAGE_VIEWED, case=case, what=row.uuid, by=actor_of(request))
    response = HttpResponse(f'<!doctype html><meta charset="utf-8"><title>{case.reference}</title>{body}')
    response.headers["Content-Security-Policy"] = formatted.BARS
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@require_safe
@staff(*READS_MAIL)
def part(request: HttpRequest, uuid: UUID, part: UUID) -> HttpResponse:
    """An ordinary attachment; identity documents have a door of their own."""
    case = page.find(request, uuid)
    row = part_of(case, part)
    if row.identity_document:
        raise PermissionDenied(_("Identity documents are opened from the case page, with a reason."))
    return _given(request, row, pixels=False)


@require_safe
@staff(*READS_MAIL)
def picture(request: HttpRequest, uuid: UUID, part: UUID) -> HttpResponse:
    """An ordinary picture as pixels, drawn anew: no byte of the sender's file reaches the browser."""
    case = page.find(request, uuid)
    row = part_of(case, part)
    if row.identity_document:
        raise PermissionDenied(_("Identity documents are opened from the case page, with a reason."))
    return _given(request, row, pixels=True)


@require_POST
@staff(*WORKS_ON_CASES)
def identity_document(request: HttpRequest, uuid: UUID, part: UUID) -> HttpResponse:
    """A part that shows an identity document: only with a reason, which is kept."""
    case = page.find(request, uuid)
    row = part_of(case, part)
    reason = fields.text(request, "reason")
    if not reason:
        sentence = _("Say why you open the identity document.")
        failed = page.Failed(f"part:{part}", sentence, request.POST)
        return page.show(request, case, failed=failed, status=409)
    return _given(request, row, pixels="view" in request.POST, reason=reason)


@require_POST
@staff(*WORKS_ON_CASES)
def original(request: HttpRequest, uuid: UUID, message: UUID) -> HttpResponse:
    """The mail as it arrived. It may hold an identity document, so a reason is asked for.

    Of a message of several people also that the officer knows whom it shows; the look is told to each of their cases.
    """
    case = page.find(request, uuid)
    rows = InboundMessage.objects.filter(Q(case=case) | Q(shares__case=case)).select_related("raw")
    row = get_object_or_404(rows, uuid=message)
    reason = fields.text(request, "reason")
    divided = row.state == MessageState.DIVIDED.value
    if not reason or (divided and "others" not in request.POST):
        sentence = _("Say why you open the original message.") if not reason else _("Confirm that it shows others too.")
        failed = page.Failed(f"raw:{message}", sentence, request.POST)
        return page.show(request, case, failed=failed, status=409)
    if divided and row.shares.exclude(queries.seen_by(actor_of(request), "case__")).exists():
        sentence = _("The original also shows somebody whose part you may not see, so it is not given out.")
        return page.show(request, case, failed=page.Failed(f"raw:{message}", sentence, request.POST), status=409)
    if not divided and row.parts.filter(moved_to__isnull=False).exclude(moved_to=case).exists():
        sentence = _("The original still holds an attachment that was moved to another case, so it is not given out.")
        return page.show(request, case, failed=page.Failed(f"raw:{message}", sentence, request.POST), status=409)
    try:
        stream = _clean(row.raw)
    except CannotDo as refused:
        failed = page.Failed(f"raw:{message}", str(refused.sentence), request.POST)
        return page.show(request, case, failed=failed, status=409)
    for shown in [share.case for share in row.shares.select_related("case")] or [case]:
        services.record_access(EventKind.MESSAGE_VIEWED, case=shown, what=row.uuid, reason=reason, by=actor_of(request))
    return as_file(stream, f"{case.reference}-{row.pk}.eml", row.raw.size)


@require_safe
@staff(*READS_CASES)
def export(request: HttpRequest, uuid: UUID, bundle: UUID) -> HttpResponse:
    """The export ZIP as a stream; the service records the download."""
    case = page.find(request, uuid)
    if not case.export_bundles.filter(uuid=bundle).exists():
        raise Http404
    try:
        row, stream = exports.open_export(bundle, by=actor_of(request))
    except NotPermitted as refused:
        raise PermissionDenied(str(refused.sentence)) from refused
    except CannotDo as refused:
        return errors.page(request, 409, _("Not possible right now"), str(refused.sentence))
    return as_file(stream, f"{case.reference}-export.zip", row.size, "application/zip")


@require_safe
@staff(*PRINTS)
def history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The case history as PDF, with or without names, in the language of the screen."""
    case = page.find(request, uuid)
    variant = PSEUDONYMISED if request.GET.get("variant") == PSEUDONYMISED else FULL
    try:
        made = dossier(case, variant=variant, language=words.language())
    except (PaperFailed, CaseKeepsChanging) as refused:
        return errors.busy(request, str(refused))
    services.record_access(EventKind.HISTORY_DOWNLOADED, case=case, by=actor_of(request))
    response = HttpResponse(made.pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def part_of(case: Case, part: UUID | str) -> MessagePart:
    """An attachment this case shows. Raises Http404."""
    try:
        part = UUID(str(part))
    except ValueError:
        raise Http404 from None
    shown = Q(message__case=case, moved_to=None) | Q(moved_to=case)
    return get_object_or_404(MessagePart.objects.select_related("blob", "message", "moved_to"), shown, uuid=part)


def _given(request: HttpRequest, row: MessagePart, *, pixels: bool, reason: str = "") -> HttpResponse:
    """A part as pixels or as a download; the look is recorded once there is something to give."""
    if is_withheld(row):
        sentence = _("This file still holds an attachment that was moved to another case, so it is not given out.")
        return errors.page(request, 409, _("Not possible right now"), sentence)
    try:
        response = _pixels(row) if pixels else _file(row)
    except CannotDo as refused:
        return errors.page(request, 409, _("Not possible right now"), str(refused.sentence))
    kind = EventKind.ATTACHMENT_VIEWED if pixels else EventKind.ATTACHMENT_DOWNLOADED
    services.record_access(kind, case=row.owner, what=row.uuid, reason=reason, by=actor_of(request))
    return response


def _file(row: MessagePart) -> HttpResponse:
    stream = _clean(row.blob)
    named = titles_of([row.message])[row.message_id].files.get(row.position, "")
    return as_file(stream, safe(named, row.content_type, str(row.position), set()), row.size)


def _pixels(row: MessagePart) -> HttpResponse:
    if row.found_type not in PICTURES:
        raise CannotDo(_("This file is not a picture."))
    with _clean(row.blob) as stream:
        try:
            drawn = redrawn(stream.read())
        except SandboxFailed:
            raise CannotDo(_("This picture could not be drawn safely. Download it instead.")) from None
    response = HttpResponse(drawn, content_type="image/jpeg")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def _clean(blob: Blob) -> BinaryIO:
    """The plaintext, where a scanner is set up only after it called it clean. Raises CannotDo, Http404."""
    with _opened(blob) as stream:
        scanning.require_clean(stream)
    return _opened(blob)


def _opened(blob: Blob) -> BinaryIO:
    """The plaintext; Http404 when it was erased: there is nothing any more."""
    try:
        return vault.open_blob(blob)
    except KeyGone:
        raise Http404(_("This was erased.")) from None
