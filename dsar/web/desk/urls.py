from django.urls import path

from dsar.web.desk import acts, alarm_acts, before, claim_acts, files, mailboxes, moves, trays
from dsar.web.desk.case import case_page
from dsar.web.desk.outbox import outbox
from dsar.web.desk.queue import queue

_CASE = "cases/<uuid:uuid>"
_CLAIM = f"{_CASE}/claims/<uuid:claim>"

urlpatterns = [
    path("", queue, name="queue"),
    path("outbox/", outbox, name="outbox"),
    path("messages/", trays.filed, name="messages"),
    path("messages/before/", before.before, name="before"),
    path("messages/before/judge/", before.judge, name="before-judge"),
    path("messages/before/<uuid:message>/", before.message, name="before-message"),
    path("mailboxes/", mailboxes.mailboxes, name="mailboxes"),
    path("mailboxes/<uuid:account>/begin/", mailboxes.begin, name="begin-mailbox"),
    path("mailboxes/<uuid:account>/missed-seen/", mailboxes.missed_seen, name="missed-seen"),
    path("messages/<uuid:message>/", trays.message, name="message"),
    path("messages/<uuid:message>/promote/", trays.promote, name="promote"),
    path(f"{_CASE}/", case_page, name="case"),
    path(f"{_CASE}/history.pdf", files.history, name="history"),
    path(f"{_CASE}/exports/<uuid:bundle>/", files.export, name="export-file"),
    path(f"{_CASE}/messages/<uuid:message>/html/", files.html, name="message-html"),
    path(f"{_CASE}/messages/<uuid:message>/original/", files.original, name="message-original"),
    path(f"{_CASE}/parts/<uuid:part>/", files.part, name="part"),
    path(f"{_CASE}/parts/<uuid:part>/picture/", files.picture, name="part-picture"),
    path(f"{_CASE}/parts/<uuid:part>/identity/", files.identity_document, name="identity-document"),
    path(f"{_CASE}/confirm/", acts.confirm, name="confirm"),
    path(f"{_CASE}/read-reply/", acts.read_reply, name="read-reply"),
    path(f"{_CASE}/condition-met/", acts.meet, name="condition-met"),
    path(f"{_CASE}/condition-waived/", acts.waive, name="condition-waived"),
    path(f"{_CASE}/ask-identity/", acts.ask_identity, name="ask-identity"),
    path(f"{_CASE}/verify-identity/", acts.verify_identity, name="verify-identity"),
    path(f"{_CASE}/take/", acts.take, name="take"),
    path(f"{_CASE}/assign/", acts.assign, name="assign"),
    path(f"{_CASE}/attach/", acts.attach, name="attach"),
    path(f"{_CASE}/nothing-held/", acts.nothing_held, name="nothing-held"),
    path(f"{_CASE}/export/", acts.export, name="export"),
    path(f"{_CASE}/note/", acts.note, name="note"),
    path(f"{_CASE}/keep-apart/", acts.keep_apart, name="keep-apart"),
    path(f"{_CASE}/messages/<uuid:message>/move/", moves.message, name="move-message"),
    path(f"{_CASE}/parts/<uuid:part>/move/", moves.part, name="move-part"),
    path(f"{_CASE}/files/<uuid:file>/remove/", moves.file, name="remove-file"),
    path(f"{_CASE}/writer/", acts.confirm_writer, name="confirm-writer"),
    path(f"{_CASE}/writer/colleague/", acts.colleague_writes, name="colleague-writes"),
    path(f"{_CASE}/complaint/", alarm_acts.complaint, name="complaint"),
    path(f"{_CASE}/breach/", alarm_acts.assess_breach, name="assess-breach"),
    path(f"{_CASE}/authority/", alarm_acts.mark_authority, name="mark-authority"),
    path(f"{_CASE}/authority/call-back/", alarm_acts.call_back, name="call-back"),
    path(f"{_CASE}/authority/due/", alarm_acts.authority_due, name="authority-due"),
    path(f"{_CASE}/authority/deny/", alarm_acts.deny_authority, name="deny-authority"),
    path(f"{_CASE}/merge/", acts.merge, name="merge"),
    path(f"{_CASE}/reopen/", acts.reopen, name="reopen"),
    path(f"{_CASE}/close/", acts.close, name="close"),
    path(f"{_CLAIM}/draft/", claim_acts.draft, name="draft"),
    path(f"{_CLAIM}/submit/", claim_acts.submit, name="submit"),
    path(f"{_CLAIM}/approve/", claim_acts.approve, name="approve"),
    path(f"{_CLAIM}/send-back/", claim_acts.send_back, name="send-back"),
    path(f"{_CLAIM}/answer/", claim_acts.answer, name="answer"),
]
