"""Opens cases one after the other in an installation that runs: each orders an acknowledgement.

    python -m tests.flows.post_writer --first 0 --count 500 --seconds 300

A process of its own, so that no kill of the campaign interrupts it; what it committed is what must arrive.
"""

import argparse
import os
import time
from dataclasses import replace


def address(number: int) -> str:
    """The person of letter ``number``; each has a domain of its own, as those are capped."""
    return f"person{number:04d}@d{number:04d}.example"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--count", type=int, required=True)
    options.add_argument("--seconds", type=float, required=True)
    asked = options.parse_args()

    import django

    django.setup()
    from django.utils import timezone

    from workflow import services
    from workflow.actors import INSTALLER, INTAKE
    from workflow.models import Controller, PolicyVersion
    from workflow.states import Right

    controller = Controller.objects.get()
    policy = PolicyVersion.objects.filter(controller=controller).latest("number").policy
    if policy.ack_per_hour < 100_000:  # how fast acknowledgements may leave is measured elsewhere
        services.set_policy(replace(policy, ack_per_hour=100_000), controller=controller, by=INSTALLER)
    begun = time.monotonic()
    for number in range(asked.first, asked.first + asked.count):
        time.sleep(max(0.0, begun + asked.seconds * (number - asked.first) / asked.count - time.monotonic()))
        services.open_case(
            controller=controller,
            proposed=(Right.ACCESS,),
            received_at=timezone.now(),
            person_email=address(number),
            person_name=f"Person {number}",
            by=INTAKE,
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dsar.settings")
    main()
