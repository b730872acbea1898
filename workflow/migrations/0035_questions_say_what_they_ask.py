import json
from datetime import timedelta

from django.db import migrations, models


def as_the_history_tells(apps, schema_editor):
    """Which level each question about identity asked for; an answer is enough where its history lost that."""
    Event = apps.get_model("workflow", "Event")
    for row in apps.get_model("workflow", "Pause").objects.filter(kind="identity").select_related("case"):
        # the event was written with the row, a moment after its instant was taken
        until = row.raised_at + timedelta(seconds=1)
        asked = Event.objects.filter(stream=f"case:{row.case.uuid}", kind="identity_asked", utc__lte=until)
        event = asked.order_by("-seq").first()
        row.level = json.loads(bytes(event.body))["data"].get("level", "L2") if event is not None else "L2"
        row.save(update_fields=["level"])


def reminders_left_when_their_day_came(apps, schema_editor):
    """Until now nobody asked whether they did."""
    rows = apps.get_model("workflow", "Milestone").objects.filter(code__startswith="M21-")
    for row in rows:
        row.left_on = row.reached_at.date()
        row.save(update_fields=["left_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0034_solo_wait_of_open_cases"),
    ]

    operations = [
        migrations.AddField(
            model_name="milestone",
            name="left_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="pause",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[("L0", "L0"), ("L1", "L1"), ("L2", "L2"), ("L3", "L3"), ("L4", "L4")],
                editable=False,
                max_length=2,
            ),
        ),
        migrations.RunPython(as_the_history_tells, migrations.RunPython.noop),
        migrations.RunPython(reminders_left_when_their_day_came, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "identity"), ("level__in", ["L0", "L1", "L2", "L3", "L4"])),
                    models.Q(models.Q(("kind", "identity"), _negated=True), ("level", "")),
                    _connector="OR",
                ),
                name="pause_of_identity_says_which_level",
            ),
        ),
    ]
