"""Every place that holds personal bytes says here how an identity document leaves it, or why none ever lies there.

Rooms register when they are loaded; a house test lists the models and folders that nobody speaks for.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Document:
    """One identity document: the part that shows it, the message it came with, the digest of its bytes."""

    part: int
    message: int
    uuid: UUID
    sha256: str


Order = Callable[[Document], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A model ("dsar.Blob") or a folder below DATA_DIR ("sealed/"); without ``order``, ``why`` nothing is to be done.

    ``order`` runs in the transaction that records the destruction, so it writes orders and destroys nothing itself.
    """

    name: str
    order: Order | None
    why: str


_PLACES: dict[str, Place] = {}


def register(*names: str, order: Order | None = None, why: str) -> None:
    """Speak for these places. Again replaces: a module may be loaded twice."""
    for name in names:
        _PLACES[name] = Place(name, order, why)


def places() -> dict[str, Place]:
    """All that somebody speaks for, by name."""
    return dict(_PLACES)


def order_everywhere(document: Document) -> None:
    """Each eraser once, in the caller's transaction."""
    for order in _once(place.order for place in _PLACES.values()):
        order(document)


def _once(orders: Iterable[Order | None]) -> list[Order]:
    return list(dict.fromkeys(order for order in orders if order is not None))
