"""The fixture that empties the tables between tests puts the history's triggers back."""

import pytest
from django.db import DatabaseError, connection

from workflow import services


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_history_is_append_only_before_and_after_a_flush(turn: int) -> None:
    services.install(name="Controller", mailbox="privacy@example.org", aliases=[])

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM workflow_event")
        assert cursor.fetchone()[0] > 0  # of this turn only: the flush emptied the table
        cursor.execute("SELECT min(seq) FROM workflow_event")
        assert cursor.fetchone()[0] == 1
        for change in ("UPDATE workflow_event SET seq = seq + 100", "DELETE FROM workflow_event"):
            with pytest.raises(DatabaseError, match="append-only"):
                cursor.execute(change)
