"""Who acts: passed as ``by=`` to every service, written into every event."""

from dataclasses import dataclass, field

from workflow.states import ActorKind, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: never a string, never a name.

    ``code`` is the pseudonymous code printed in the history ("S-0001", "intake", "P"),
    ``roles`` is what services check permissions from.
    """

    kind: ActorKind
    code: str
    roles: frozenset[Role] = field(default_factory=frozenset)

    def has(self, *roles: Role) -> bool:
        """True when the actor holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)


INTAKE = Actor(ActorKind.SYSTEM, "intake")
POST_OFFICE = Actor(ActorKind.SYSTEM, "post-office")
CLOCK = Actor(ActorKind.SYSTEM, "clock")
INSTALLER = Actor(ActorKind.SYSTEM, "installer")
EXPORTER = Actor(ActorKind.SYSTEM, "exporter")
LISTS = Actor(ActorKind.SYSTEM, "lists")
RETENTION = Actor(ActorKind.SYSTEM, "retention")
PERSON = Actor(ActorKind.PERSON, "P")
