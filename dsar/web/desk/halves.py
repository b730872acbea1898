"""The split of a case in two on its page: what may go, what would happen, and what stands against it."""

from typing import Any

from dsar.web.desk.access import READS_MAIL, WORKS_ON_CASES
from dsar.web.desk.mail import Mail, mails_of
from workflow import queries, services
from workflow.actors import Actor
from workflow.models import Case


def of(case: Case, actor: Actor) -> dict[str, Any]:
    """The form for whoever works on the case, and the other halves of it that this reader may see."""
    works = actor.has(*WORKS_ON_CASES) and case.is_open
    origin = case.split_from if case.split_from is not None and queries.sees(actor, case.split_from) else None
    return {
        "split_why_not": [str(one) for one in services.split_blockers(case)] if works else [],
        "may_go": services.movable(case) if works else [],
        "split_from": origin,
        "split_mails": _mails(case, origin, with_text=actor.has(*READS_MAIL)) if origin is not None else [],
        "split_parts": list(queries.visible_to(actor).filter(split_from=case).order_by("id")),
    }


def _mails(case: Case, origin: Case, *, with_text: bool) -> list[Mail]:
    """What had come before the split; later messages are of the case they came to."""
    begins = queries.history(case).order_by("seq").values_list("utc", flat=True).first()
    return [mail for mail in mails_of(origin, with_text=with_text) if begins and mail.message.received_at <= begins]
