from typing import Any

from django.db import migrations


def close(apps: Any, schema_editor: Any) -> None:
    """Mark what holds an identity document as one, by the places in the tree of the mail."""
    parts = apps.get_model("dsar", "MessagePart").objects
    for message, path in parts.filter(identity_document=True, path__contains=".").values_list("message", "path"):
        steps = path.split(".")
        around = [".".join(steps[:n]) for n in range(1, len(steps))]
        rows = parts.filter(message=message, path__in=around, identity_document=False)
        rows.update(identity_document=True, judged_document=None)


class Migration(migrations.Migration):
    dependencies = [("dsar", "0022_what_an_officer_said_of_a_part")]

    operations = [migrations.RunPython(close, migrations.RunPython.noop)]
