"""Sealed texts of many cases at once, for the pages that list them."""

from collections.abc import Iterable

from workflow import sealing
from workflow.models import Case, HolderKey
from workflow.services._moving import seal_aad


def subjects_of(cases: Iterable[Case]) -> dict[int, str]:
    """Subject by primary key of the case, in one query of the key store; "" where there is none or it was erased.

    Raises SealBroken when one was altered.
    """
    cases = list(cases)
    sealed = [case for case in cases if case.subject is not None]
    keys = HolderKey.objects.keys_of(case.uuid for case in sealed) if sealed else {}
    subjects = dict.fromkeys((case.pk for case in cases), "")
    for case in sealed:
        if case.uuid in keys and case.subject is not None:
            place = case.uuid.bytes + seal_aad("subject")
            subjects[case.pk] = sealing.unseal(keys[case.uuid], bytes(case.subject), aad=place).decode()
    return subjects
