"""A case: one person's request, from the first mail to the closed file."""

import uuid

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from workflow import guards
from workflow.models.choices import choices, within
from workflow.models.controller import Controller
from workflow.models.fsm import Stateful
from workflow.models.policy_version import PolicyVersion
from workflow.models.staff import Staff
from workflow.states import OPEN_CASE_STATES, CaseState, Channel, IdentityLevel, Language, OutOfScope, Relation

OPEN = sorted(state.value for state in OPEN_CASE_STATES)
_ENDED = [CaseState.OUT_OF_SCOPE.value, CaseState.WITHDRAWN.value, CaseState.FORWARDED.value]


class Case(Stateful):
    """Transitions here change this row and nothing else.

    Everyone reaches them through ``workflow.services``, which adds the lock, the event and
    the commit. The constraints repeat the rules for whoever comes in by SQL.
    """

    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="cases")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20)
    state = FSMField(choices=choices(CaseState), default=CaseState.RECEIVED.value, protected=True, max_length=32)
    channel = models.CharField(max_length=16, choices=choices(Channel), default=Channel.EMAIL.value)
    language = models.CharField(max_length=2, choices=choices(Language), default=Language.FR.value)
    # letters say it in this one too, where the person's own is none of ours; "" otherwise
    second_language = models.CharField(max_length=2, choices=choices(Language), blank=True)
    person_name = models.CharField(max_length=200, blank=True)
    person_email = models.CharField(max_length=254, blank=True)
    # the address somebody else wrote from for this person; "" when it is their own
    written_by = models.CharField(max_length=254, blank=True)
    relation = models.CharField(max_length=16, choices=choices(Relation), blank=True)  # to us; "" until recorded
    subject = models.BinaryField(null=True, editable=False)  # sealed, see services.subjects_of
    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT)
    assignee = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")

    # flags, not states
    unreadable = models.BooleanField(default=False)
    to_be_linked = models.BooleanField(default=False)
    reply_to_read = models.BooleanField(default=False)
    data_wait_since = models.DateField(null=True, editable=False)  # nobody fetched them, nor was offered another way
    overdue = models.BooleanField(default=False)
    complaint = models.BooleanField(default=False)
    authority = models.BooleanField(default=False)
    possible_breach = models.BooleanField(default=False)
    # somebody still has to judge it, or to tell the authority: the 72 hours run (Art. 33)
    breach_open = models.BooleanField(default=False)
    # links and reply addresses of an earlier generation open nothing (a possible breach revokes them)
    link_generation = models.PositiveSmallIntegerField(default=0, editable=False)
    legal_hold = models.BooleanField(default=False)
    restricted_access = models.BooleanField(default=False)  # only named staff see or find it
    restriction_proposed = models.BooleanField(default=False, editable=False)  # and nobody has decided about it
    minor = models.BooleanField(default=False)
    minor_conflict = models.BooleanField(default=False)  # child and parent disagree: a manager decides
    # a correction changes an address, a number or an account by which the person is reached or paid (domain §1.6)
    changes_reach = models.BooleanField(default=False, editable=False)
    interim_restricted = models.BooleanField(default=False)  # T13: frozen before the request is decided

    # instants (UTC) and Brussels dates; every date follows from events alone
    received_at = models.DateTimeField()
    receipt_date = models.DateField()
    confirmed_at = models.DateTimeField(null=True, editable=False)
    identity_needed = models.BooleanField(default=True)
    identity_level = models.CharField(max_length=2, choices=choices(IdentityLevel), default=IdentityLevel.L0.value)
    verified_at = models.DateTimeField(null=True, editable=False)
    # processed although nobody proved who wrote: the rights that need it were refused for that (T07)
    unidentified = models.BooleanField(default=False, editable=False)
    processed_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    # out of scope, withdrawn or forwarded: since when, and for the first why
    ended_at = models.DateTimeField(null=True, editable=False)
    end_reason = models.CharField(max_length=16, choices=choices(OutOfScope), blank=True, editable=False)
    # since when the row names nobody and the key of its texts is destroyed; nothing may happen to it any more
    anonymised_at = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed")
    # the case whose answer this new wish follows (T22)
    linked_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    split_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    case_due = models.DateField(null=True)
    month_due = models.DateField(null=True)
    policy_due = models.DateField(null=True)
    send_by = models.DateField(null=True)
    # an office of one: send_by leaves a day for the wait before one's own work is read again (domain §3)
    solo_wait = models.BooleanField(default=False, editable=False)
    never_paused_due = models.DateField()
    authority_due = models.DateField(null=True)  # from an authority's letter, set by hand
    interim_decided_at = models.DateTimeField(null=True, editable=False)
    lifting_on = models.DateField(null=True, editable=False)  # the day the person was told the freeze ends
    next_due = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["controller", "reference"], name="case_reference_once"),
            within("state", CaseState, name="case_state_is_known"),
            within("channel", Channel, name="case_channel_is_known"),
            within("relation", Relation, name="case_relation_is_known", or_empty=True),
            within("identity_level", IdentityLevel, name="case_identity_level_is_known"),
            models.CheckConstraint(
                name="case_is_not_proposed_for_what_it_is",
                condition=Q(restriction_proposed=False) | Q(restricted_access=False),
            ),
            models.CheckConstraint(
                name="case_has_closed_at_exactly_when_closed",
                condition=Q(state=CaseState.CLOSED.value, closed_at__isnull=False)
                | (~Q(state=CaseState.CLOSED.value) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_processed_has_processed_at",
                condition=~Q(state=CaseState.PROCESSED.value) | Q(processed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_in_progress_has_identity_unless_not_needed",
                condition=~Q(
                    state__in=[
                        CaseState.IDENTITY_VERIFIED.value,
                        CaseState.AWAITING_CLARIFICATION.value,
                        CaseState.IN_PROGRESS.value,
                        CaseState.PROCESSED.value,
                    ]
                )
                | Q(verified_at__isnull=False)
                | Q(identity_needed=False)
                | Q(state=CaseState.PROCESSED.value, unidentified=True),
            ),
            models.CheckConstraint(
                name="case_unidentified_is_over_and_was_never_verified",
                condition=Q(unidentified=False)
                | Q(verified_at__isnull=True, state__in=[CaseState.PROCESSED.value, CaseState.CLOSED.value]),
            ),
            models.CheckConstraint(
                name="case_verified_has_a_level",
                condition=Q(verified_at__isnull=True) | ~Q(identity_level=IdentityLevel.L0.value),
            ),
            models.CheckConstraint(
                name="case_merged_exactly_when_it_has_a_target",
                condition=Q(state=CaseState.MERGED.value, merged_into__isnull=False)
                | (~Q(state=CaseState.MERGED.value) & Q(merged_into__isnull=True)),
            ),
            within("end_reason", OutOfScope, name="case_end_reason_is_known", or_empty=True),
            models.CheckConstraint(
                name="case_out_of_scope_says_why",
                condition=~Q(state=CaseState.OUT_OF_SCOPE.value) | ~Q(end_reason=""),
            ),
            models.CheckConstraint(
                name="case_ended_has_ended_at", condition=~Q(state__in=_ENDED) | Q(ended_at__isnull=False)
            ),
            models.CheckConstraint(
                name="case_split_from_another", condition=Q(split_from__isnull=True) | ~Q(split_from=F("id"))
            ),
            models.CheckConstraint(
                name="case_conflict_is_about_a_minor", condition=Q(minor_conflict=False) | Q(minor=True)
            ),
            models.CheckConstraint(
                name="case_send_by_is_never_after_case_due",
                condition=Q(send_by__isnull=True) | Q(case_due__isnull=False, send_by__lte=F("case_due")),
            ),
            models.CheckConstraint(
                name="case_only_an_authority_sets_its_own_date",
                condition=Q(authority_due__isnull=True) | Q(authority=True),
            ),
            models.CheckConstraint(
                name="case_lifts_only_a_restriction_that_stands",
                condition=Q(lifting_on__isnull=True) | Q(interim_restricted=True),
            ),
            models.CheckConstraint(
                name="case_restricted_has_its_decision",
                condition=Q(interim_restricted=False) | Q(interim_decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_is_linked_to_another", condition=Q(linked_to__isnull=True) | ~Q(linked_to=F("id"))
            ),
            models.CheckConstraint(
                name="case_is_written_by_another_or_by_its_person",
                condition=Q(written_by="") | ~Q(written_by=F("person_email")),
            ),
            models.CheckConstraint(
                name="case_with_an_open_breach_is_flagged", condition=Q(breach_open=False) | Q(possible_breach=True)
            ),
            models.CheckConstraint(
                name="case_anonymised_is_over_and_names_nobody",
                condition=Q(anonymised_at__isnull=True)
                | Q(
                    state__in=[CaseState.CLOSED.value, CaseState.MERGED.value],
                    legal_hold=False,
                    complaint=False,
                    breach_open=False,
                    person_name="",
                    person_email="",
                    written_by="",
                    subject__isnull=True,
                ),
            ),
            models.CheckConstraint(name="case_language_is_known", condition=Q(language__in=["fr", "nl", "de", "en"])),
            models.CheckConstraint(
                name="case_second_language_is_another",
                condition=Q(second_language__in=["", "fr", "nl", "de", "en"]) & ~Q(second_language=F("language")),
            ),
        ]
        indexes = [
            # The queue: open cases of a controller by what is due next, keyset (next_due, id).
            models.Index(fields=["controller", "next_due", "id"], name="case_queue", condition=Q(state__in=OPEN)),
            models.Index(fields=["controller", "id"], name="case_to_read", condition=Q(reply_to_read=True)),
            models.Index(fields=["controller", "id"], name="case_complaint", condition=Q(complaint=True)),
            models.Index(fields=["person_email"], name="case_person_email"),
            models.Index(
                fields=["controller", "closed_at"],
                name="case_to_anonymise",
                condition=Q(state=CaseState.CLOSED.value, anonymised_at__isnull=True),
            ),
            models.Index(fields=["written_by"], name="case_written_by", condition=~Q(written_by="")),
            models.Index(fields=["controller", "-received_at", "-id"], name="case_newest"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def stream(self) -> str:
        return f"case:{self.uuid}"

    @property
    def is_open(self) -> bool:
        return CaseState(self.state) in OPEN_CASE_STATES

    @property
    def suspended(self) -> bool:
        return self.is_open and self.case_due is None

    # -- T05 ---------------------------------------------------------------------------------
    @transition(
        field=state,
        source=[
            CaseState.RECEIVED.value,
            CaseState.AWAITING_IDENTITY.value,  # again, after a reply that was not enough
            CaseState.IDENTITY_VERIFIED.value,
            CaseState.IN_PROGRESS.value,
        ],
        target=CaseState.AWAITING_IDENTITY.value,
        conditions=[guards.claims_are_confirmed],
    )
    def ask_identity(self) -> None: ...

    # -- T06, T08 ----------------------------------------------------------------------------
    @transition(
        field=state,
        source=[CaseState.RECEIVED.value, CaseState.AWAITING_IDENTITY.value],
        target=CaseState.IDENTITY_VERIFIED.value,
        conditions=[guards.claims_are_confirmed],
    )
    def verify_identity(self, *, at, level: IdentityLevel) -> None:  # type: ignore[no-untyped-def]
        self.verified_at = at
        self.identity_level = level.value

    @transition(
        field=state,
        source=[
            CaseState.RECEIVED.value,
            CaseState.AWAITING_IDENTITY.value,  # the rights that needed it are no longer asked for
        ],
        target=CaseState.IDENTITY_VERIFIED.value,
        conditions=[guards.claims_are_confirmed, guards.identity_is_not_needed],
    )
    def skip_identity(self) -> None: ...

    # A right was added that needs identity, after rights that did not: the step comes back.
    @transition(
        field=state,
        source=[
            CaseState.IDENTITY_VERIFIED.value,
            CaseState.AWAITING_CLARIFICATION.value,
            CaseState.IN_PROGRESS.value,
        ],
        target=CaseState.RECEIVED.value,
        conditions=[guards.identity_was_skipped],
    )
    def need_identity(self) -> None: ...

    # A contact on file said that the request is not theirs: what proved the person proves them no more.
    @transition(
        field=state,
        source=[
            CaseState.IDENTITY_VERIFIED.value,
            CaseState.AWAITING_CLARIFICATION.value,
            CaseState.IN_PROGRESS.value,
        ],
        target=CaseState.RECEIVED.value,
        conditions=[guards.identity_was_proven],
    )
    def lose_identity(self) -> None:
        self.forget_proof()

    # -- T09 ---------------------------------------------------------------------------------
    @transition(
        field=state,
        source=[CaseState.IDENTITY_VERIFIED.value, CaseState.IN_PROGRESS.value],
        target=CaseState.AWAITING_CLARIFICATION.value,
    )
    def ask_clarification(self) -> None: ...

    # -- T10 ---------------------------------------------------------------------------------
    @transition(field=state, source=CaseState.AWAITING_CLARIFICATION.value, target=CaseState.IN_PROGRESS.value)
    def clarify(self) -> None: ...

    # -- T11 ---------------------------------------------------------------------------------
    @transition(
        field=state,
        source=CaseState.IDENTITY_VERIFIED.value,
        target=CaseState.IN_PROGRESS.value,
        conditions=[guards.has_an_assignee],
    )
    def take(self) -> None: ...

    # -- T19 ---------------------------------------------------------------------------------
    @transition(
        field=state,
        source=[
            CaseState.RECEIVED.value,
            CaseState.IDENTITY_VERIFIED.value,
            CaseState.AWAITING_CLARIFICATION.value,  # what was to be made clear is no longer asked for, or was enough
            CaseState.IN_PROGRESS.value,
        ],
        target=CaseState.PROCESSED.value,
        conditions=[guards.every_claim_is_answered],
    )
    def process(self, *, at) -> None:  # type: ignore[no-untyped-def]
        self.processed_at = at

    # -- T19 after T07: nobody answered the question about identity, and the decision says so -------
    @transition(
        field=state,
        source=[
            CaseState.RECEIVED.value,  # identity fell, and the person gave up what was not answered before
            CaseState.AWAITING_IDENTITY.value,
        ],
        target=CaseState.PROCESSED.value,
        conditions=[guards.every_claim_is_answered, guards.nobody_was_identified],
    )
    def process_unidentified(self, *, at) -> None:  # type: ignore[no-untyped-def]
        self.processed_at = at
        self.unidentified = self.identity_needed and self.verified_at is None

    # -- T22 ---------------------------------------------------------------------------------
    @transition(
        field=state,
        source=[CaseState.PROCESSED.value, CaseState.CLOSED.value],
        target=CaseState.IN_PROGRESS.value,
        conditions=[guards.identity_is_settled],
    )
    def reopen(self) -> None:
        self.closed_at = None
        self.processed_at = None

    @transition(
        field=state,
        source=[CaseState.PROCESSED.value, CaseState.CLOSED.value],
        target=CaseState.AWAITING_IDENTITY.value,
        conditions=[guards.identity_is_not_settled],
    )
    def reopen_unverified(self) -> None:
        self.forget_proof()  # there is none, or a contact on file denied the request since
        self.unidentified = False
        self.closed_at = None
        self.processed_at = None

    # -- T03 ---------------------------------------------------------------------------------
    @transition(field=state, source=OPEN, target=CaseState.MERGED.value)
    def merge(self, *, into: "Case") -> None:
        self.merged_into = into

    # -- T04, and its undoing within 30 days -----------------------------------------------------
    @transition(field=state, source=OPEN, target=CaseState.OUT_OF_SCOPE.value, conditions=[guards.nothing_is_decided])
    def leave_scope(self, *, at, reason: OutOfScope) -> None:  # type: ignore[no-untyped-def]
        self.ended_at = at
        self.end_reason = reason.value

    @transition(field=state, source=CaseState.OUT_OF_SCOPE.value, target=CaseState.RECEIVED.value)
    def return_to_scope(self) -> None:
        self.ended_at = None
        self.end_reason = ""

    # -- T20 ----------------------------------------------------------------------------------
    @transition(field=state, source=OPEN, target=CaseState.WITHDRAWN.value, conditions=[guards.nothing_is_answered])
    def withdraw(self, *, at) -> None:  # type: ignore[no-untyped-def]
        self.ended_at = at

    # -- T21 ----------------------------------------------------------------------------------
    @transition(field=state, source=OPEN, target=CaseState.FORWARDED.value, conditions=[guards.nothing_is_decided])
    def forward(self, *, at) -> None:  # type: ignore[no-untyped-def]
        self.ended_at = at

    # -- T23 ---------------------------------------------------------------------------------
    @transition(
        field=state,
        source=[
            CaseState.PROCESSED.value,
            CaseState.WITHDRAWN.value,
            CaseState.OUT_OF_SCOPE.value,
            CaseState.FORWARDED.value,
        ],
        target=CaseState.CLOSED.value,
        conditions=[guards.there_is_no_complaint, guards.no_freeze_is_forgotten, guards.recipients_were_told],
    )
    def close(self, *, at) -> None:  # type: ignore[no-untyped-def]
        self.closed_at = at

    def forget_proof(self) -> None:
        """Nobody is known to have written this: the proof has to be given anew."""
        self.verified_at, self.identity_level = None, IdentityLevel.L0.value
