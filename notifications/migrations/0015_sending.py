import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0014_texts_of_the_organisation"),
        ("workflow", "0021_executions"),
    ]

    operations = [
        migrations.CreateModel(
            name="SendingAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=254, unique=True)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paced", "paced"),
                            ("unreachable", "unreachable"),
                            ("not_secure", "not_secure"),
                            ("sign_in", "sign_in"),
                            ("sender_refused", "sender_refused"),
                            ("busy", "busy"),
                            ("greylisted", "greylisted"),
                            ("store_full", "store_full"),
                            ("silent", "silent"),
                            ("folder", "folder"),
                            ("not_made", "not_made"),
                            ("not_an_address", "not_an_address"),
                            ("no_mailbox", "no_mailbox"),
                            ("mailbox_full", "mailbox_full"),
                            ("rejected", "rejected"),
                            ("too_large", "too_large"),
                            ("address_unsupported", "address_unsupported"),
                            ("refused", "refused"),
                            ("delayed", "delayed"),
                            ("delivered", "delivered"),
                            ("by_hand", "by_hand"),
                            ("overtaken", "overtaken"),
                        ],
                        max_length=24,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("failed_since", models.DateTimeField(null=True)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Unmade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.BigIntegerField(unique=True)),
                ("letter", models.CharField(blank=True, max_length=8)),
                ("missing", models.CharField(blank=True, max_length=500)),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="notification",
            name="account",
            field=models.CharField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="notification",
            name="why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("paced", "paced"),
                    ("unreachable", "unreachable"),
                    ("not_secure", "not_secure"),
                    ("sign_in", "sign_in"),
                    ("sender_refused", "sender_refused"),
                    ("busy", "busy"),
                    ("greylisted", "greylisted"),
                    ("store_full", "store_full"),
                    ("silent", "silent"),
                    ("folder", "folder"),
                    ("not_made", "not_made"),
                    ("not_an_address", "not_an_address"),
                    ("no_mailbox", "no_mailbox"),
                    ("mailbox_full", "mailbox_full"),
                    ("rejected", "rejected"),
                    ("too_large", "too_large"),
                    ("address_unsupported", "address_unsupported"),
                    ("refused", "refused"),
                    ("delayed", "delayed"),
                    ("delivered", "delivered"),
                    ("by_hand", "by_hand"),
                    ("overtaken", "overtaken"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(fields=["finished_at", "recipient"], name="letter_recent"),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "why__in",
                        [
                            "paced",
                            "unreachable",
                            "not_secure",
                            "sign_in",
                            "sender_refused",
                            "busy",
                            "greylisted",
                            "store_full",
                            "silent",
                            "folder",
                            "not_made",
                            "not_an_address",
                            "no_mailbox",
                            "mailbox_full",
                            "rejected",
                            "too_large",
                            "address_unsupported",
                            "refused",
                            "delayed",
                            "delivered",
                            "by_hand",
                            "overtaken",
                            "",
                        ],
                    )
                ),
                name="letter_reason_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sendingaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "why__in",
                        [
                            "paced",
                            "unreachable",
                            "not_secure",
                            "sign_in",
                            "sender_refused",
                            "busy",
                            "greylisted",
                            "store_full",
                            "silent",
                            "folder",
                            "not_made",
                            "not_an_address",
                            "no_mailbox",
                            "mailbox_full",
                            "rejected",
                            "too_large",
                            "address_unsupported",
                            "refused",
                            "delayed",
                            "delivered",
                            "by_hand",
                            "overtaken",
                            "",
                        ],
                    )
                ),
                name="account_reason_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sendingaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("failed_since__isnull", True), ("failures", 0), ("why", "")),
                    models.Q(
                        models.Q(("why", ""), _negated=True), ("failed_since__isnull", False), ("failures__gte", 1)
                    ),
                    _connector="OR",
                ),
                name="account_in_trouble_since_its_first_failure",
            ),
        ),
        migrations.AddField(
            model_name="unmade",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="unmade_letters",
                to="workflow.case",
            ),
        ),
    ]
