"""When a member of staff is away, and who stands in."""

from django.db import models
from django.db.models import F, Q

from workflow.models.staff import Staff


class Absence(models.Model):
    """From ``first_day`` to ``last_day``, both included, in Brussels; why is nobody's business here."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(name="absence_ends_after_it_began", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="absence_has_another_person_as_stand_in",
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("staff")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"
