"""The people who work on cases."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from workflow.actors import Actor
from workflow.models.choices import choices, within
from workflow.permissions import roles_that_count
from workflow.states import ActorKind, Role


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(username=username)


class Staff(AbstractBaseUser, PermissionsMixin):
    """A member of staff. ``code`` stands in every event, the name never does."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    code = models.CharField(max_length=16, unique=True)
    language = models.CharField(max_length=2, default="fr")
    first_password = models.BooleanField(default=False)  # somebody else knows it: it opens nothing but its change
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StaffManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        verbose_name_plural = "staff"

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return False  # Django's admin is not a door of this house

    def get_full_name(self) -> str:
        return self.name

    def role_set(self) -> frozenset[Role]:
        """The roles held now; read on every request, so that a change counts at once."""
        return frozenset(Role(code) for code in self.roles.values_list("role", flat=True))

    def actor(self) -> Actor:
        """Who this person is to the services."""
        return Actor(ActorKind.STAFF, self.code, roles_that_count(self.role_set()))

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()


class StaffRole(models.Model):
    """One role of one person."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=16, choices=choices(Role))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "role"], name="staff_role_once"),
            within("role", Role, name="staff_role_is_known"),
        ]

    def __str__(self) -> str:
        return self.role
