"""Migrations 0001 to 0024 in one, for a database that begins today; how, stands in the one of ``workflow``.

Their steps over rows are left out: there are none yet.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("dsar", "0001_initial"),
        ("dsar", "0002_files_belong_to_cases"),
        ("dsar", "0003_mailboxes_fetched"),
        ("dsar", "0004_messages_from_before"),
        ("dsar", "0005_suggestions"),
        ("dsar", "0006_moved_attachments"),
        ("dsar", "0007_requests_passed_on"),
        ("dsar", "0008_text_key"),
        ("dsar", "0009_sender_findings"),
        ("dsar", "0010_revoked_signatures"),
        ("dsar", "0011_alarms_told"),
        ("dsar", "0012_copies_in_a_backup"),
        ("dsar", "0013_viruses_on_arrival"),
        ("dsar", "0014_words_of_pictures"),
        ("dsar", "0015_several_people"),
        ("dsar", "0016_retention"),
        ("dsar", "0017_whose_data_a_mail_is_about"),
        ("dsar", "0018_count_of_filed_messages"),
        ("dsar", "0019_suppression_list"),
        ("dsar", "0020_a_start_of_its_own"),
        ("dsar", "0021_doubtful_forwards"),
        ("dsar", "0022_what_an_officer_said_of_a_part"),
        ("dsar", "0023_what_holds_an_identity_document"),
        ("dsar", "0024_register_numbers_in_mails"),
    ]

    initial = True

    dependencies = [
        ("workflow", "0021_executions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("holder", models.UUIDField(db_index=True)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("destroyed_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("size__gte", 0)), name="blob_size_is_not_negative")
                ],
            },
        ),
        migrations.CreateModel(
            name="AttachedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("source", models.CharField(max_length=40)),
                ("sealed_name", models.BinaryField()),
                ("format", models.CharField(choices=[("json", "JSON"), ("csv", "CSV")], max_length=8)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("records", models.BigIntegerField()),
                ("added_at", models.DateTimeField()),
                ("added_by", models.CharField(max_length=32)),
                ("removed_at", models.DateTimeField(editable=False, null=True)),
                ("removed_by", models.CharField(blank=True, editable=False, max_length=32)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attached_files", to="workflow.case"
                    ),
                ),
                (
                    "blob",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "source"], name="attached_file_by_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["json", "csv"])), name="attached_file_format_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 0), ("records__gte", 0)),
                        name="attached_file_counts_are_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("removed_by", "")),
                            models.Q(("removed_at__isnull", False), models.Q(("removed_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="attached_file_says_by_whom_exactly_when_removed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("case", "sha256"),
                        name="attached_file_once_per_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportBundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lease", models.UUIDField(editable=False, null=True)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveIntegerField(default=0, editable=False)),
                ("next_try_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("building", "Building"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("stale", "Stale"),
                        ],
                        default="building",
                        max_length=12,
                    ),
                ),
                ("inputs", models.CharField(max_length=64)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.BigIntegerField(null=True)),
                ("records", models.BigIntegerField(null=True)),
                ("tables", models.IntegerField(null=True)),
                ("requested_at", models.DateTimeField()),
                ("requested_by", models.CharField(max_length=32)),
                ("built_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=40)),
                (
                    "blob",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="export_bundles", to="workflow.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "requested_at"], name="export_bundle_by_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["building", "ready", "failed", "stale"])),
                        name="export_bundle_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(
                                ("blob__isnull", False),
                                ("built_at__isnull", False),
                                ("size__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="export_bundle_ready_has_its_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("error", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="export_bundle_failed_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "building")),
                        fields=("case",),
                        name="export_bundle_one_building_per_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InboundMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lease", models.UUIDField(editable=False, null=True)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveIntegerField(default=0, editable=False)),
                ("next_try_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("opened", "opened"),
                            ("attached", "attached"),
                            ("divided", "divided"),
                            ("filed", "filed"),
                            ("duplicate", "duplicate"),
                            ("before", "before"),
                        ],
                        default="received",
                        max_length=16,
                    ),
                ),
                ("source", models.CharField(max_length=8)),
                ("received_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField()),
                ("envelope_from", models.CharField(blank=True, max_length=320)),
                ("envelope_to", models.CharField(blank=True, max_length=2000)),
                ("kind", models.CharField(blank=True, max_length=16)),
                ("language", models.CharField(blank=True, max_length=2)),
                ("content_key", models.CharField(blank=True, db_index=True, max_length=64)),
                ("message_id", models.CharField(blank=True, max_length=998)),
                ("message_id_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("sender", models.CharField(blank=True, db_index=True, max_length=254)),
                ("sender_name", models.CharField(blank=True, max_length=200)),
                ("unreadable", models.CharField(blank=True, max_length=32)),
                ("flag", models.CharField(blank=True, max_length=32)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="workflow.case",
                    ),
                ),
                (
                    "controller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="workflow.controller"
                    ),
                ),
                (
                    "head",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="workflow.mailbox"
                    ),
                ),
                (
                    "raw",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"),
                ),
                (
                    "same_as",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="dsar.inboundmessage",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"
                    ),
                ),
                ("judged", models.CharField(blank=True, max_length=16)),
                ("text_key", models.CharField(blank=True, db_index=True, max_length=64)),
                ("erased_at", models.DateTimeField(editable=False, null=True)),
                ("about", models.CharField(blank=True, max_length=400)),
                ("holds_number", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "received")), fields=["id"], name="message_to_read"),
                    models.Index(
                        condition=models.Q(("judged", ""), ("state", "before")),
                        fields=["controller", "-received_at", "-id"],
                        name="message_from_before",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("next_try_at__isnull", False), ("state__in", ["opened", "attached", "divided"])
                        ),
                        fields=["id"],
                        name="message_to_settle",
                    ),
                    models.Index(
                        condition=models.Q(("erased_at__isnull", True), ("state", "filed")),
                        fields=["controller", "-id"],
                        name="message_filed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state", "duplicate"), _negated=True),
                            models.Q(("content_key", ""), _negated=True),
                        ),
                        fields=("controller", "content_key"),
                        name="message_content_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("judged__in", ["answered", "no_request", ""])),
                        name="message_judgement_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("judged", ""), ("state", "before"), _connector="OR"),
                        name="message_is_judged_only_when_from_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["received", "opened", "attached", "divided", "filed", "duplicate", "before"])
                        ),
                        name="message_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", False), ("state__in", ["opened", "attached"])),
                            models.Q(
                                ("case__isnull", True),
                                ("state__in", ["received", "divided", "filed", "duplicate", "before"]),
                            ),
                            _connector="OR",
                        ),
                        name="message_belongs_to_a_case_exactly_when_opened_or_attached",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True),
                            models.Q(
                                ("envelope_from", ""),
                                ("envelope_to", ""),
                                ("message_id", ""),
                                ("message_id_digest", ""),
                                ("sender", ""),
                                ("sender_name", ""),
                            ),
                            _connector="OR",
                        ),
                        name="message_erased_names_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("erased_at__isnull", True), ("about", ""), _connector="OR"),
                        name="message_erased_is_about_nobody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MessagePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveIntegerField()),
                ("path", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=120)),
                ("inline", models.BooleanField(default=False)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("identity_document", models.BooleanField(default=False)),
                (
                    "blob",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="dsar.inboundmessage"
                    ),
                ),
                (
                    "moved_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_parts",
                        to="workflow.case",
                    ),
                ),
                ("found_type", models.CharField(blank=True, max_length=120)),
                ("only_a_picture", models.BooleanField(default=False)),
                ("judged_document", models.BooleanField(editable=False, null=True)),
                (
                    "words",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "position"), name="part_once_per_message"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("judged_document__isnull", True),
                            ("judged_document", models.F("identity_document")),
                            _connector="OR",
                        ),
                        name="part_is_what_an_officer_said",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lease", models.UUIDField(editable=False, null=True)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveIntegerField(default=0, editable=False)),
                ("next_try_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=320, unique=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("failed_since", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=16)),
                ("counted_at", models.DateTimeField(null=True)),
                ("server_count", models.PositiveIntegerField(default=0)),
                ("our_count", models.PositiveIntegerField(default=0)),
                ("difference", models.PositiveIntegerField(default=0)),
                ("missed", models.PositiveIntegerField(default=0)),
                ("cannot_move", models.BooleanField(default=False)),
                ("cannot_expunge", models.BooleanField(default=False)),
                ("backed_up_until", models.DateTimeField(null=True)),
                ("refresh_token", models.BinaryField(null=True)),
                ("refresh_token_of", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="accounts", to="workflow.mailbox"
                    ),
                ),
                ("begins_at", models.DateTimeField(editable=False, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MailFolder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=500)),
                ("processed", models.BooleanField(default=False)),
                ("uidvalidity", models.BigIntegerField(default=0)),
                ("next_uid", models.BigIntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="folders", to="dsar.mailaccount"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "name"), name="folder_once_per_account"),
                    models.UniqueConstraint(
                        condition=models.Q(("processed", True)), fields=("account",), name="one_processed_folder"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServerCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uidvalidity", models.BigIntegerField()),
                ("uid", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("there", "there"),
                            ("failing", "failing"),
                            ("gone", "gone"),
                            ("expunged", "expunged"),
                        ],
                        max_length=16,
                    ),
                ),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "folder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="dsar.mailfolder"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies_on_server",
                        to="dsar.inboundmessage",
                    ),
                ),
                ("backed_up_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["gone", "expunged"])), fields=["size"], name="copy_gone"
                    ),
                    models.Index(condition=models.Q(("state", "there")), fields=["taken_at"], name="copy_there"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["there", "failing", "gone", "expunged"])),
                        name="copy_state_is_known",
                    ),
                    models.UniqueConstraint(fields=("folder", "uidvalidity", "uid"), name="copy_once_per_uid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("message__isnull", True), ("state", "failing")),
                            models.Q(
                                models.Q(("state", "failing"), _negated=True),
                                ("message__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="copy_has_a_message_unless_it_is_failing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailAlarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("unreadable", "unreadable"),
                            ("counts_differ", "counts_differ"),
                            ("missed", "missed"),
                            ("cannot_move", "cannot_move"),
                            ("cannot_expunge", "cannot_expunge"),
                        ],
                        max_length=16,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("cleared_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alarms", to="dsar.mailaccount"
                    ),
                ),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__in", ["unreadable", "counts_differ", "missed", "cannot_move", "cannot_expunge"])
                        ),
                        name="alarm_code_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cleared_at__isnull", True)),
                        fields=("account", "code"),
                        name="one_alarm_of_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("token", "token"),
                            ("message_id", "message_id"),
                            ("reference", "reference"),
                            ("damaged_token", "damaged_token"),
                            ("address", "address"),
                            ("name", "name"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.case"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="suggestions", to="workflow.case"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("why__in", ["token", "message_id", "reference", "damaged_token", "address", "name"])
                        ),
                        name="suggestion_reason_is_known",
                    ),
                    models.UniqueConstraint(fields=("case", "candidate", "why"), name="suggestion_once"),
                    models.CheckConstraint(
                        condition=models.Q(("candidate", models.F("case")), _negated=True),
                        name="suggestion_is_another_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PassedOn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("colleague", models.CharField(max_length=254)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("address", models.CharField(blank=True, max_length=254)),
                ("at", models.DateTimeField(null=True)),
                ("message_id", models.CharField(blank=True, max_length=998)),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                ("confirmed_by", models.CharField(blank=True, editable=False, max_length=32)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="passed_on", to="workflow.case"
                    ),
                ),
                ("compared", models.BooleanField(default=False, editable=False)),
                ("doubtful", models.BooleanField(default=False, editable=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by", "")),
                            models.Q(("confirmed_at__isnull", False), models.Q(("confirmed_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="passed_on_says_by_whom_exactly_when_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("doubtful", False), ("confirmed_at__isnull", True), ("compared", True), _connector="OR"
                        ),
                        name="passed_on_in_doubt_is_compared_before_confirmed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lease", models.UUIDField(editable=False, null=True)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveIntegerField(default=0, editable=False)),
                ("next_try_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "details",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inspection", to="dsar.inboundmessage"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SenderFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("sender_proven", "sender_proven"),
                            ("sender_not_proven", "sender_not_proven"),
                            ("failed_here", "failed_here"),
                            ("results_ignored", "results_ignored"),
                            ("dkim_verified", "dkim_verified"),
                            ("dkim_other_domain", "dkim_other_domain"),
                            ("dkim_broken", "dkim_broken"),
                            ("dkim_no_answer", "dkim_no_answer"),
                            ("dkim_not_checked", "dkim_not_checked"),
                            ("no_sender", "no_sender"),
                            ("several_senders", "several_senders"),
                            ("own_domain", "own_domain"),
                            ("reply_elsewhere", "reply_elsewhere"),
                            ("name_shows_address", "name_shows_address"),
                            ("name_is_ours", "name_is_ours"),
                            ("lookalike_domain", "lookalike_domain"),
                            ("foreign_letters", "foreign_letters"),
                            ("mixed_letters", "mixed_letters"),
                            ("signature_valid", "signature_valid"),
                            ("signature_revoked", "signature_revoked"),
                            ("signature_unknown_issuer", "signature_unknown_issuer"),
                            ("signature_changed", "signature_changed"),
                            ("signature_other_address", "signature_other_address"),
                            ("signature_unreadable", "signature_unreadable"),
                            ("not_inspected", "not_inspected"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="dsar.inspection"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "position"), name="finding_once_per_place"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "code__in",
                                [
                                    "sender_proven",
                                    "sender_not_proven",
                                    "failed_here",
                                    "results_ignored",
                                    "dkim_verified",
                                    "dkim_other_domain",
                                    "dkim_broken",
                                    "dkim_no_answer",
                                    "dkim_not_checked",
                                    "no_sender",
                                    "several_senders",
                                    "own_domain",
                                    "reply_elsewhere",
                                    "name_shows_address",
                                    "name_is_ours",
                                    "lookalike_domain",
                                    "foreign_letters",
                                    "mixed_letters",
                                    "signature_valid",
                                    "signature_revoked",
                                    "signature_unknown_issuer",
                                    "signature_changed",
                                    "signature_other_address",
                                    "signature_unreadable",
                                    "not_inspected",
                                ],
                            )
                        ),
                        name="finding_code_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lease", models.UUIDField(editable=False, null=True)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveIntegerField(default=0, editable=False)),
                ("next_try_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("clean", "clean"), ("found", "found"), ("refused", "refused"), ("erased", "erased")],
                        max_length=8,
                    ),
                ),
                ("says", models.CharField(blank=True, max_length=200)),
                ("scanned_at", models.DateTimeField(null=True)),
                (
                    "part",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scan", to="dsar.messagepart"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["clean", "found", "refused", "erased", ""])),
                        name="scan_verdict_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scanned_at__isnull", True), ("verdict", "")),
                            models.Q(models.Q(("verdict", ""), _negated=True), ("scanned_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="scan_has_a_time_exactly_when_there_is_a_verdict",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lease", models.UUIDField(editable=False, null=True)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveIntegerField(default=0, editable=False)),
                ("next_try_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("read", "read"),
                            ("nothing", "nothing"),
                            ("not_here", "not_here"),
                            ("failed", "failed"),
                            ("identity", "identity"),
                            ("erased", "erased"),
                        ],
                        max_length=8,
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=2)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "part",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recognition", to="dsar.messagepart"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["read", "nothing", "not_here", "failed", "identity", "erased", ""])
                        ),
                        name="ocr_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("outcome", "")),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("done_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="ocr_is_done_exactly_when_there_is_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "read"), ("text__isnull", False)),
                            models.Q(models.Q(("outcome", "read"), _negated=True), ("text__isnull", True)),
                            _connector="OR",
                        ),
                        name="ocr_keeps_a_text_exactly_when_it_read_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeveralPeople",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("settled_at", models.DateTimeField(editable=False, null=True)),
                ("settled_by", models.CharField(blank=True, editable=False, max_length=32)),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="several_people",
                        to="dsar.inboundmessage",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by", "")),
                            models.Q(("settled_at__isnull", False), models.Q(("settled_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="several_people_says_by_whom_exactly_when_settled",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="workflow.case"
                    ),
                ),
                (
                    "head",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="dsar.inboundmessage"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dsar.blob"),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "case"), name="share_is_one_persons"),
                    models.UniqueConstraint(fields=("message", "number"), name="share_once_per_person"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="share_counts_from_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Destruction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holder", models.UUIDField(null=True, unique=True)),
                ("ordered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("done_at", models.DateTimeField(editable=False, null=True)),
                (
                    "blob",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="destruction",
                        to="dsar.blob",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("done_at__isnull", True)), fields=["id"], name="destruction_to_do")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("blob__isnull", True), ("holder__isnull", False)),
                            models.Q(("blob__isnull", False), ("holder__isnull", True)),
                            _connector="OR",
                        ),
                        name="destruction_of_a_holder_or_of_a_file",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SuppressedAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "controller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="suppressed", to="workflow.controller"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("controller", "digest"), name="suppressed_once")],
            },
        ),
    ]
