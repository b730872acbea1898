from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0021_notices_and_digests")]

    operations = [
        migrations.AddField(model_name="thread", name="several", field=models.BooleanField(default=False)),
    ]
