"""What is erased is gone: nothing unread, held, restricted or still to be handed over is in its way (T17)."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from tests.factories import actor
from workflow import services
from workflow.actors import INTAKE
from workflow.guards import CannotDo
from workflow.models import Case, Claim
from workflow.states import Means, Outcome, Right

pytestmark = pytest.mark.django_db


def decided(case: Case, right: Right, **values) -> Claim:
    claim = factories.claim(case, right)
    services.draft(claim.pk, by=actor("officer"), **{"outcome": Outcome.GRANTED, **factories.SAID, **values})
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=factories.claim(case, right).version, by=actor("reviewer"))
    return factories.claim(case, right)


def to_be_erased(*rights: Right, **values) -> tuple[Case, Claim]:
    case = factories.in_progress((*rights, Right.ERASURE))
    services.record_nothing_held(case.pk, source="by_hand", how="by name and address", by=actor("officer"))
    for right in rights:
        factories.carry_out(decided(case, right).pk)
        post = {"means": Means.POSTED, "evidence": "RE 1", "by": actor("officer")}
        services.answer(factories.claim(case, right).pk, at=timezone.now(), **post)
    return case, decided(case, Right.ERASURE, **values)


def writes(case: Case) -> None:
    mail = {"message": uuid.uuid4(), "received_at": timezone.now(), "digest": "0" * 64}
    services.attach_message(case.pk, **mail, by=INTAKE)


def by_sql(claim: Claim, match: str) -> None:
    now = timezone.now()
    seen = {"executed_at": now, "verified_at": now, "verified_by": "S-0002", "proof": "looked_up", "done": b"x"}
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**seen)


def test_nothing_is_erased_over_a_message_nobody_has_read() -> None:
    case, claim = to_be_erased()
    writes(case)

    with pytest.raises(CannotDo, match="Read the new message first"):
        factories.carry_out(claim.pk)
    by_sql(claim, "nobody has read")
    services.read_reply(case.pk, by=actor("officer"))
    factories.carry_out(claim.pk)

    assert factories.claim(case, Right.ERASURE).verified_at is not None


def test_nothing_is_erased_under_a_legal_hold() -> None:
    case, claim = to_be_erased()
    services.place_hold(case.pk, reason="A court case was announced.", by=actor("manager"))

    with pytest.raises(CannotDo, match="legal hold"):
        factories.carry_out(claim.pk)
    by_sql(claim, "legal hold")
    services.release_hold(case.pk, reason="The suit was withdrawn.", by=actor("manager"))
    factories.carry_out(claim.pk)
