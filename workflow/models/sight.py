"""Who sees a case that not everybody sees, and whom a case is about."""

from django.db import models

from workflow.models.case import Case
from workflow.models.staff import Staff


class NamedStaff(models.Model):
    """A member of staff who sees this restricted case; rows count only while it is restricted."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="named")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="named_for")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="staff_named_once_per_case")]

    def __str__(self) -> str:
        return f"{self.staff_id} sees {self.case_id}"


class OwnCase(models.Model):
    """The case is about this member of staff, though the address does not show it: hidden from them."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="about")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="own_cases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="case_is_about_staff_once")]

    def __str__(self) -> str:
        return f"{self.case_id} is about {self.staff_id}"
