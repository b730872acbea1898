"""The letters of a case whose time is over: to whom and what goes, that a letter left stays (domain §5)."""

from django.db.models import BinaryField, CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from notifications.models import WAITING, Notice, Notification, Thread
from workflow.guards import CannotDo
from workflow.models import Case


def forget_case(case: Case) -> None:
    """Empty the letters of a case and how its person was written to, in the caller's transaction.

    Raises CannotDo while a letter of it still waits to leave. Two letters of one event stay two, so what stands for
    an address is a number.
    """
    letters = Notification.objects.filter(case=case)
    if letters.filter(state__in=[state.value for state in WAITING]).exists():
        raise CannotDo(_("A letter of this case still waits to leave."))
    letters.update(
        recipient=Concat(Value("erased-"), Cast(F("pk"), CharField())),
        body=Value(b"", output_field=BinaryField()),
        reply=None,
    )
    Notice.objects.filter(case=case).delete()
    Thread.objects.filter(case=case).update(address="", in_reply_to="", references="")
