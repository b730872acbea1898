"""What an installation holds, counted from outside by a process of its own: ``python -m tests.flows.audit``."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from typing import Any

from tests.installation import ROOT, Installation


def look(place: Installation, *, sweep: bool = False) -> dict[str, Any]:
    """Count everything; ``sweep`` first removes what crashes left behind, as the daily sweep would."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.flows.audit", *(["sweep"] if sweep else [])],
        cwd=ROOT,
        env={**place.environment, "DJANGO_SETTINGS_MODULE": "dsar.settings"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _waiting() -> int:
    """Letters that have not left; mail to staff that was never tried and waits for the morning is none of them."""
    from django.utils import timezone

    from notifications.kinds import Audience, NotificationState
    from notifications.models import WAITING, Notification

    rows = Notification.objects.filter(state__in=[state.value for state in WAITING])
    untried = {"state": NotificationState.QUEUED.value, "attempts": 0, "next_try_at__gt": timezone.now()}
    return rows.exclude(audience=Audience.STAFF.value, **untried).count()


def count() -> dict[str, Any]:
    from dsar.intake import services as intake
    from dsar.intake.mailbox.models import MailAccount, ServerCopy
    from dsar.intake.models import InboundMessage, Share
    from notifications.kinds import Letter
    from notifications.models import Notification
    from workflow import events
    from workflow.models import Case, Pending, Stream

    acknowledgements = Notification.objects.filter(letter=Letter.M01.value)
    streams = list(Stream.objects.values_list("name", flat=True))
    return {
        "cases": Case.objects.count(),
        "persons": dict(Counter(Case.objects.values_list("person_email", flat=True))),
        "mailboxes": [
            {
                "there": ServerCopy.objects.filter(folder__account=account, state="there").count(),
                "failing": ServerCopy.objects.filter(folder__account=account, state="failing").count(),
                "server": account.server_count,
                "difference": account.difference,
                "missed": account.missed,
                "counted": str(account.counted_at),
            }
            for account in MailAccount.objects.all()
        ],
        "parts": Share.objects.count(),  # of divided messages, a case each
        "messages": {"opened": 0, "attached": 0, "divided": 0, "filed": 0, "duplicate": 0}
        | dict(Counter(InboundMessage.objects.values_list("state", flat=True))),
        "unread": InboundMessage.objects.filter(state="received").count(),
        "unreadable": InboundMessage.objects.exclude(unreadable="").count(),
        "unsettled": len(intake.unsettled()),
        "pending": Pending.objects.count(),
        "letters_waiting": _waiting(),
        "acknowledgements": dict(acknowledgements.values_list("message_id", "recipient")),
        "letter_numbers": dict(acknowledgements.values_list("message_id", "pk")),
        "acknowledgement_states": dict(Counter(acknowledgements.values_list("state", flat=True))),
        "events": dict(Counter(events_of(streams))),
        "broken_chains": [name for name in streams if not events.verify(name).intact],
        "cases_without_history": [case.reference for case in Case.objects.all() if case.stream not in set(streams)],
    }


def events_of(streams: list[str]) -> list[str]:
    from workflow.models import Event

    return list(Event.objects.filter(stream__in=streams).values_list("kind", flat=True))


def swept() -> dict[str, Any]:
    from django.utils import timezone

    from dsar.vault.models import Blob
    from dsar.vault.services import storage
    from dsar.vault.storage import INCOMING, SHARDS
    from dsar.vault.sweep import sweep_orphans
    from workflow.models.key import DataKey

    report = sweep_orphans(timezone.now() + timedelta(days=2))
    return {
        "orphans_swept": report.files_removed,
        "keys_swept": report.keys_removed,
        "without_file": len(report.without_file),
        "without_key": len(report.without_key),
        "files": sum(len(list(storage().stored(shard))) for shard in (INCOMING, *SHARDS)),
        "blobs": Blob.objects.filter(destroyed_at=None).count(),
        "keys": DataKey.objects.count(),
    }


def main() -> None:
    import django

    django.setup()
    print(json.dumps((swept() if "sweep" in sys.argv else {}) | count()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dsar.settings")
    main()
