import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dsar", "0023_what_holds_an_identity_document")]

    operations = [
        migrations.AddField(
            model_name="inboundmessage",
            name="holds_number",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="messagepart",
            name="words",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"
            ),
        ),
    ]
