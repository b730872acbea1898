from django.db import migrations


def what_an_authority_wrote_is_kept(apps, schema_editor):
    """T24: until a manager says otherwise; what was merged goes on in another case."""
    kept = apps.get_model("workflow", "Case").objects.filter(authority=True, anonymised_at__isnull=True)
    kept.exclude(state="merged").update(legal_hold=True)


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0035_questions_say_what_they_ask"),
    ]

    operations = [
        migrations.RunPython(what_an_authority_wrote_is_kept, migrations.RunPython.noop),
    ]
