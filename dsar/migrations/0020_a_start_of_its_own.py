"""Each fetched account has a start of its own; those that are read already keep that of their address."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def keep(apps: Any, schema_editor: Any) -> None:
    begins = apps.get_model("workflow", "Mailbox").objects.filter(pk=OuterRef("mailbox"))
    apps.get_model("dsar", "MailAccount").objects.update(begins_at=Subquery(begins.values("begins_at")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("dsar", "0019_suppression_list"),
    ]

    operations = [
        migrations.AddField(
            model_name="mailaccount",
            name="begins_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
