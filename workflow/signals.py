"""The one nudge: an event has been committed. Losing it costs seconds, the sweeps find the rest."""

from django.dispatch import Signal

event_recorded = Signal()  # event_id: int
