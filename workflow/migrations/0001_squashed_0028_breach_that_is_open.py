"""Migrations 0001 to 0028 in one, for a database that begins today.

Written from the state those files end in: each table is made once, whole, instead of anew for every change. Their
steps over rows are left out, there are none yet; the triggers of 0002 are here. One that has run the old files sees
nothing to do; one that stands between them is brought on by them. Later files go on naming 0028 as what they follow.
"""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import django_fsm
from django.conf import settings
from django.db import migrations, models

# The history's triggers, word for word as 0002 made them: what holds today stands in ``workflow.triggers``.
REMOVE = {
    "sqlite": """
        DROP TRIGGER IF EXISTS workflow_event_no_update;
        DROP TRIGGER IF EXISTS workflow_event_no_delete;
        DROP TRIGGER IF EXISTS workflow_event_no_replace
    """,
    "postgresql": """
        DROP TRIGGER IF EXISTS workflow_event_no_change ON workflow_event;
        DROP TRIGGER IF EXISTS workflow_event_no_truncate ON workflow_event;
        DROP FUNCTION IF EXISTS workflow_event_refuse()
    """,
}
INSTALL = {
    "sqlite": (
        """
        CREATE TRIGGER workflow_event_no_update BEFORE UPDATE ON workflow_event
        BEGIN SELECT RAISE(ABORT, 'The history is append-only: add an event that corrects it.'); END
        """,
        """
        CREATE TRIGGER workflow_event_no_delete BEFORE DELETE ON workflow_event
        BEGIN SELECT RAISE(ABORT, 'The history is append-only: add an event that corrects it.'); END
        """,
        """
        CREATE TRIGGER workflow_event_no_replace BEFORE INSERT ON workflow_event
        WHEN EXISTS (SELECT 1 FROM workflow_event WHERE id = NEW.id OR (stream = NEW.stream AND seq = NEW.seq))
        BEGIN SELECT RAISE(ABORT, 'The history is append-only: add an event that corrects it.'); END
        """,
    ),
    "postgresql": (
        """
        CREATE OR REPLACE FUNCTION workflow_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'The history is append-only: add an event that corrects it.'
            USING ERRCODE = 'restrict_violation';
        END $$
        """,
        """
        CREATE TRIGGER workflow_event_no_change BEFORE UPDATE OR DELETE ON workflow_event
        FOR EACH ROW EXECUTE FUNCTION workflow_event_refuse()
        """,
        """
        CREATE TRIGGER workflow_event_no_truncate BEFORE TRUNCATE ON workflow_event
        FOR EACH STATEMENT EXECUTE FUNCTION workflow_event_refuse()
        """,
    ),
}


def install(apps, schema_editor):
    remove(apps, schema_editor)
    if schema_editor.connection.alias == "default":
        for statement in INSTALL[schema_editor.connection.vendor]:
            schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for statement in REMOVE[schema_editor.connection.vendor].split(";"):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    replaces = [
        ("workflow", "0001_initial"),
        ("workflow", "0002_history_is_append_only"),
        ("workflow", "0003_when_a_mailbox_begins"),
        ("workflow", "0004_case_alarms_and_links"),
        ("workflow", "0005_admissibility_sheet"),
        ("workflow", "0006_ends_of_a_case"),
        ("workflow", "0007_questions_extension_and_freeze"),
        ("workflow", "0008_written_by_another"),
        ("workflow", "0009_second_look"),
        ("workflow", "0010_alone_and_checklists"),
        ("workflow", "0011_a_wait_that_was_never_stored"),
        ("workflow", "0012_relation_of_the_person"),
        ("workflow", "0013_retention"),
        ("workflow", "0014_known_contacts"),
        ("workflow", "0015_who_sees_a_case"),
        ("workflow", "0016_processed_unidentified"),
        ("workflow", "0017_opinions"),
        ("workflow", "0018_identity_steps"),
        ("workflow", "0019_absences"),
        ("workflow", "0020_breaches"),
        ("workflow", "0021_executions"),
        ("workflow", "0022_identity_seen_by_one"),
        ("workflow", "0023_restriction_declined"),
        ("workflow", "0024_second_language_of_letters"),
        ("workflow", "0025_fees"),
        ("workflow", "0026_first_passwords"),
        ("workflow", "0027_execution_is_seen"),
        ("workflow", "0028_breach_that_is_open"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Controller",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("blob", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("holder", models.UUIDField(db_index=True)),
                ("wrapped", models.BinaryField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="Stream",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("seq", models.PositiveIntegerField(default=0)),
                ("head", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("username", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(max_length=254)),
                ("code", models.CharField(max_length=16, unique=True)),
                ("language", models.CharField(default="fr", max_length=2)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                ("first_password", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name_plural": "staff",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stream", models.CharField(max_length=64)),
                ("seq", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("utc", models.DateTimeField()),
                ("actor", models.CharField(max_length=32)),
                ("body", models.BinaryField()),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["stream", "seq"],
                "indexes": [models.Index(fields=["kind", "utc"], name="event_kind_utc")],
                "constraints": [
                    models.UniqueConstraint(fields=("stream", "seq"), name="event_seq_once_per_stream"),
                    models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="event_seq_begins_at_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventPayload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holder", models.UUIDField(db_index=True)),
                ("sealed", models.BinaryField(null=True)),
                (
                    "event",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="payload",
                        to="workflow.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HolderKey",
            fields=[
                ("holder", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("shredded_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shredded_at__isnull", False), ("wrapped__isnull", True)),
                            models.Q(("shredded_at__isnull", True), ("wrapped__isnull", False)),
                            _connector="OR",
                        ),
                        name="holder_key_is_wrapped_or_shredded",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=254, unique=True)),
                (
                    "controller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mailboxes", to="workflow.controller"
                    ),
                ),
                ("begins_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name_plural": "mailboxes",
            },
        ),
        migrations.CreateModel(
            name="Pending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("consumer", models.CharField(max_length=16)),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to="workflow.event"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "pending",
                "constraints": [
                    models.UniqueConstraint(fields=("event", "consumer"), name="pending_once_per_consumer")
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("values", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=32)),
                (
                    "controller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policy_versions",
                        to="workflow.controller",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("controller", "number"), name="policy_number_once")],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reference", models.CharField(max_length=20)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("received", "received"),
                            ("awaiting_identity", "awaiting_identity"),
                            ("identity_verified", "identity_verified"),
                            ("awaiting_clarification", "awaiting_clarification"),
                            ("in_progress", "in_progress"),
                            ("processed", "processed"),
                            ("withdrawn", "withdrawn"),
                            ("out_of_scope", "out_of_scope"),
                            ("forwarded", "forwarded"),
                            ("merged", "merged"),
                            ("closed", "closed"),
                        ],
                        default="received",
                        max_length=32,
                        protected=True,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "email"),
                            ("form", "form"),
                            ("post", "post"),
                            ("phone", "phone"),
                            ("counter", "counter"),
                        ],
                        default="email",
                        max_length=16,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en")], default="fr", max_length=2
                    ),
                ),
                ("person_name", models.CharField(blank=True, max_length=200)),
                ("person_email", models.CharField(blank=True, max_length=254)),
                ("subject", models.BinaryField(null=True)),
                ("unreadable", models.BooleanField(default=False)),
                ("to_be_linked", models.BooleanField(default=False)),
                ("reply_to_read", models.BooleanField(default=False)),
                ("overdue", models.BooleanField(default=False)),
                ("complaint", models.BooleanField(default=False)),
                ("received_at", models.DateTimeField()),
                ("receipt_date", models.DateField()),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                ("identity_needed", models.BooleanField(default=True)),
                (
                    "identity_level",
                    models.CharField(
                        choices=[("L0", "L0"), ("L1", "L1"), ("L2", "L2"), ("L3", "L3"), ("L4", "L4")],
                        default="L0",
                        max_length=2,
                    ),
                ),
                ("verified_at", models.DateTimeField(editable=False, null=True)),
                ("processed_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                ("case_due", models.DateField(null=True)),
                ("month_due", models.DateField(null=True)),
                ("policy_due", models.DateField(null=True)),
                ("send_by", models.DateField(null=True)),
                ("never_paused_due", models.DateField()),
                ("next_due", models.DateField()),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="workflow.case",
                    ),
                ),
                (
                    "controller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="workflow.controller"
                    ),
                ),
                (
                    "policy_version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="workflow.policyversion"),
                ),
                ("authority", models.BooleanField(default=False)),
                ("authority_due", models.DateField(null=True)),
                (
                    "linked_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="workflow.case",
                    ),
                ),
                ("possible_breach", models.BooleanField(default=False)),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("support", "support"),
                            ("contract", "contract"),
                            ("no_request", "no_request"),
                            ("other_law", "other_law"),
                            ("deceased", "deceased"),
                            ("spam", "spam"),
                        ],
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("legal_hold", models.BooleanField(default=False)),
                ("minor", models.BooleanField(default=False)),
                ("minor_conflict", models.BooleanField(default=False)),
                (
                    "split_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="workflow.case",
                    ),
                ),
                ("interim_decided_at", models.DateTimeField(editable=False, null=True)),
                ("interim_restricted", models.BooleanField(default=False)),
                ("lifting_on", models.DateField(editable=False, null=True)),
                ("written_by", models.CharField(blank=True, max_length=254)),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("customer", "customer"),
                            ("prospect", "prospect"),
                            ("employee", "employee"),
                            ("ex_employee", "ex_employee"),
                            ("applicant", "applicant"),
                            ("other", "other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("anonymised_at", models.DateTimeField(editable=False, null=True)),
                ("restricted_access", models.BooleanField(default=False)),
                ("unidentified", models.BooleanField(default=False, editable=False)),
                ("link_generation", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("restriction_proposed", models.BooleanField(default=False, editable=False)),
                (
                    "second_language",
                    models.CharField(
                        blank=True, choices=[("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en")], max_length=2
                    ),
                ),
                ("breach_open", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "awaiting_clarification",
                                    "awaiting_identity",
                                    "identity_verified",
                                    "in_progress",
                                    "received",
                                ],
                            )
                        ),
                        fields=["controller", "next_due", "id"],
                        name="case_queue",
                    ),
                    models.Index(
                        condition=models.Q(("reply_to_read", True)), fields=["controller", "id"], name="case_to_read"
                    ),
                    models.Index(fields=["person_email"], name="case_person_email"),
                    models.Index(fields=["controller", "-received_at", "-id"], name="case_newest"),
                    models.Index(
                        condition=models.Q(("written_by", ""), _negated=True),
                        fields=["written_by"],
                        name="case_written_by",
                    ),
                    models.Index(
                        condition=models.Q(("complaint", True)), fields=["controller", "id"], name="case_complaint"
                    ),
                    models.Index(
                        condition=models.Q(("anonymised_at__isnull", True), ("state", "closed")),
                        fields=["controller", "closed_at"],
                        name="case_to_anonymise",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("controller", "reference"), name="case_reference_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "received",
                                    "awaiting_identity",
                                    "identity_verified",
                                    "awaiting_clarification",
                                    "in_progress",
                                    "processed",
                                    "withdrawn",
                                    "out_of_scope",
                                    "forwarded",
                                    "merged",
                                    "closed",
                                ],
                            )
                        ),
                        name="case_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "form", "post", "phone", "counter"])),
                        name="case_channel_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("identity_level__in", ["L0", "L1", "L2", "L3", "L4"])),
                        name="case_identity_level_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="case_has_closed_at_exactly_when_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "processed"), _negated=True),
                            ("processed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="case_processed_has_processed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_at__isnull", True),
                            models.Q(("identity_level", "L0"), _negated=True),
                            _connector="OR",
                        ),
                        name="case_verified_has_a_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("state", "merged")),
                            models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", True)),
                            _connector="OR",
                        ),
                        name="case_merged_exactly_when_it_has_a_target",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["fr", "nl", "de", "en"])), name="case_language_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("authority_due__isnull", True), ("authority", True), _connector="OR"),
                        name="case_only_an_authority_sets_its_own_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("linked_to__isnull", True),
                            models.Q(("linked_to", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_is_linked_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "end_reason__in",
                                ["support", "contract", "no_request", "other_law", "deceased", "spam", ""],
                            )
                        ),
                        name="case_end_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "out_of_scope"), _negated=True),
                            models.Q(("end_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="case_out_of_scope_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["out_of_scope", "withdrawn", "forwarded"]), _negated=True),
                            ("ended_at__isnull", False),
                            _connector="OR",
                        ),
                        name="case_ended_has_ended_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("split_from__isnull", True),
                            models.Q(("split_from", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_split_from_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minor_conflict", False), ("minor", True), _connector="OR"),
                        name="case_conflict_is_about_a_minor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lifting_on__isnull", True), ("interim_restricted", True), _connector="OR"),
                        name="case_lifts_only_a_restriction_that_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interim_restricted", False), ("interim_decided_at__isnull", False), _connector="OR"
                        ),
                        name="case_restricted_has_its_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("written_by", ""),
                            models.Q(("written_by", models.F("person_email")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_is_written_by_another_or_by_its_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("send_by__isnull", True),
                            models.Q(("case_due__isnull", False), ("send_by__lte", models.F("case_due"))),
                            _connector="OR",
                        ),
                        name="case_send_by_is_never_after_case_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "relation__in",
                                ["customer", "prospect", "employee", "ex_employee", "applicant", "other", ""],
                            )
                        ),
                        name="case_relation_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    ["identity_verified", "awaiting_clarification", "in_progress", "processed"],
                                ),
                                _negated=True,
                            ),
                            ("verified_at__isnull", False),
                            ("identity_needed", False),
                            models.Q(("state", "processed"), ("unidentified", True)),
                            _connector="OR",
                        ),
                        name="case_in_progress_has_identity_unless_not_needed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unidentified", False),
                            models.Q(("state__in", ["processed", "closed"]), ("verified_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="case_unidentified_is_over_and_was_never_verified",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("restriction_proposed", False), ("restricted_access", False), _connector="OR"
                        ),
                        name="case_is_not_proposed_for_what_it_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_language__in", ["", "fr", "nl", "de", "en"]),
                            models.Q(("second_language", models.F("language")), _negated=True),
                        ),
                        name="case_second_language_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("breach_open", False), ("possible_breach", True), _connector="OR"),
                        name="case_with_an_open_breach_is_flagged",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("anonymised_at__isnull", True),
                            models.Q(
                                ("breach_open", False),
                                ("complaint", False),
                                ("legal_hold", False),
                                ("person_email", ""),
                                ("person_name", ""),
                                ("state__in", ["closed", "merged"]),
                                ("subject__isnull", True),
                                ("written_by", ""),
                            ),
                            _connector="OR",
                        ),
                        name="case_anonymised_is_over_and_names_nobody",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "right",
                    models.CharField(
                        choices=[
                            ("access", "access"),
                            ("rectification", "rectification"),
                            ("erasure", "erasure"),
                            ("restriction", "restriction"),
                            ("portability", "portability"),
                            ("objection_dm", "objection_dm"),
                            ("objection_general", "objection_general"),
                            ("consent_withdrawal", "consent_withdrawal"),
                            ("automated_decision", "automated_decision"),
                            ("information", "information"),
                            ("complaint", "complaint"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("open", "open"),
                            ("in_review", "in_review"),
                            ("approved", "approved"),
                            ("answered", "answered"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=16,
                        protected=True,
                    ),
                ),
                ("confirmed", models.BooleanField(default=False)),
                ("unsure", models.BooleanField(default=False)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("granted", "granted"),
                            ("partly_granted", "partly_granted"),
                            ("refused", "refused"),
                            ("nothing_held", "nothing_held"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("G-ID", "G-ID"),
                            ("G-UNF", "G-UNF"),
                            ("G-EXC", "G-EXC"),
                            ("G-OTHERS", "G-OTHERS"),
                            ("G-173a", "G-173a"),
                            ("G-173b", "G-173b"),
                            ("G-173c", "G-173c"),
                            ("G-173d", "G-173d"),
                            ("G-173e", "G-173e"),
                            ("G-STILL", "G-STILL"),
                            ("G-NO18", "G-NO18"),
                            ("G-NO20", "G-NO20"),
                            ("G-NO22", "G-NO22"),
                            ("G-NOTECH", "G-NOTECH"),
                            ("G-COMPELLING", "G-COMPELLING"),
                            ("G-CLAIMS", "G-CLAIMS"),
                            ("G-NOTWRONG", "G-NOTWRONG"),
                            ("G-SCOPE", "G-SCOPE"),
                        ],
                        max_length=16,
                    ),
                ),
                ("facts", models.BinaryField(null=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("four_eyes", models.BooleanField(default=True, editable=False)),
                ("author", models.CharField(blank=True, editable=False, max_length=32)),
                ("submitted_by", models.CharField(blank=True, editable=False, max_length=32)),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("reviewer", models.CharField(blank=True, editable=False, max_length=32)),
                ("approved_at", models.DateTimeField(editable=False, null=True)),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                (
                    "answered_by_means",
                    models.CharField(
                        blank=True,
                        choices=[("email", "email"), ("posted", "posted"), ("handed_over", "handed_over")],
                        editable=False,
                        max_length=16,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="workflow.case"
                    ),
                ),
                ("late_refusal", models.BooleanField(default=False, editable=False)),
                (
                    "follow_up",
                    models.CharField(
                        blank=True,
                        choices=[("other_basis", "other_basis"), ("erase", "erase")],
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("follow_up_basis", models.BinaryField(null=True)),
                ("alone", models.BooleanField(default=False, editable=False)),
                ("alone_from", models.DateTimeField(editable=False, null=True)),
                ("four_eyes_off", models.CharField(blank=True, editable=False, max_length=16)),
                ("open_checks", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "fee",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "asked"),
                            ("paid", "paid"),
                            ("unpaid", "unpaid"),
                            ("dropped", "dropped"),
                            ("withdrawn", "withdrawn"),
                        ],
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("done", models.BinaryField(null=True)),
                ("executed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "proof",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("looked_up", "looked_up"),
                            ("confirmed", "confirmed"),
                            ("logged", "logged"),
                            ("not_recorded", "not_recorded"),
                        ],
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("verified_at", models.DateTimeField(editable=False, null=True)),
                ("verified_by", models.CharField(blank=True, editable=False, max_length=32)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("case", "right"),
                        name="claim_right_once_per_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "in_review", "approved", "answered", "withdrawn"])),
                        name="claim_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "right__in",
                                [
                                    "access",
                                    "rectification",
                                    "erasure",
                                    "restriction",
                                    "portability",
                                    "objection_dm",
                                    "objection_general",
                                    "consent_withdrawal",
                                    "automated_decision",
                                    "information",
                                    "complaint",
                                ],
                            )
                        ),
                        name="claim_right_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["granted", "partly_granted", "refused", "nothing_held", ""])
                        ),
                        name="claim_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ground__in",
                                [
                                    "G-ID",
                                    "G-UNF",
                                    "G-EXC",
                                    "G-OTHERS",
                                    "G-173a",
                                    "G-173b",
                                    "G-173c",
                                    "G-173d",
                                    "G-173e",
                                    "G-STILL",
                                    "G-NO18",
                                    "G-NO20",
                                    "G-NO22",
                                    "G-NOTECH",
                                    "G-COMPELLING",
                                    "G-CLAIMS",
                                    "G-NOTWRONG",
                                    "G-SCOPE",
                                    "",
                                ],
                            )
                        ),
                        name="claim_ground_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_by_means__in", ["email", "posted", "handed_over", ""])),
                        name="claim_means_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["in_review", "approved", "answered"]), _negated=True),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("author", ""), _negated=True),
                                models.Q(("submitted_by", ""), _negated=True),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="claim_decided_has_an_outcome_and_an_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome__in", ["refused", "partly_granted"]),
                                ("state__in", ["in_review", "approved", "answered"]),
                                _negated=True,
                            ),
                            models.Q(models.Q(("ground", ""), _negated=True), ("facts__isnull", False)),
                            _connector="OR",
                        ),
                        name="claim_refused_has_ground_and_facts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "answered"]), _negated=True),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="claim_approved_has_approved_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state", "answered"),
                                models.Q(("answered_by_means", ""), _negated=True),
                            ),
                            models.Q(models.Q(("state", "answered"), _negated=True), ("answered_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="claim_has_answered_at_exactly_when_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("late_refusal", False),
                            models.Q(("outcome__in", ["refused", "partly_granted"]), ("state", "answered")),
                            _connector="OR",
                        ),
                        name="claim_late_refusal_is_an_answered_refusal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("follow_up__in", ["other_basis", "erase", ""])),
                        name="claim_follow_up_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("follow_up", ""),
                            models.Q(("follow_up", "erase"), ("right", "consent_withdrawal")),
                            models.Q(
                                ("follow_up", "other_basis"),
                                ("follow_up_basis__isnull", False),
                                ("right", "consent_withdrawal"),
                            ),
                            _connector="OR",
                        ),
                        name="claim_follow_up_is_of_a_consent_and_says_its_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["in_review", "approved", "answered"]), _negated=True),
                            ("open_checks", 0),
                            _connector="OR",
                        ),
                        name="claim_decided_has_its_whole_checklist",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground", ""),
                            models.Q(("ground__in", ["G-OTHERS", "G-EXC", "G-UNF", "G-ID"]), ("right", "access")),
                            models.Q(
                                ("ground__in", ["G-NOTWRONG", "G-EXC", "G-UNF", "G-ID"]), ("right", "rectification")
                            ),
                            models.Q(
                                (
                                    "ground__in",
                                    [
                                        "G-173a",
                                        "G-173b",
                                        "G-173c",
                                        "G-173d",
                                        "G-173e",
                                        "G-STILL",
                                        "G-EXC",
                                        "G-UNF",
                                        "G-ID",
                                    ],
                                ),
                                ("right", "erasure"),
                            ),
                            models.Q(("ground__in", ["G-NO18", "G-EXC", "G-UNF", "G-ID"]), ("right", "restriction")),
                            models.Q(
                                ("ground__in", ["G-NO20", "G-OTHERS", "G-NOTECH", "G-ID"]), ("right", "portability")
                            ),
                            models.Q(("ground__in", []), ("right", "objection_dm")),
                            models.Q(("ground__in", ["G-COMPELLING", "G-CLAIMS"]), ("right", "objection_general")),
                            models.Q(("ground__in", []), ("right", "consent_withdrawal")),
                            models.Q(("ground__in", ["G-NO22"]), ("right", "automated_decision")),
                            models.Q(("ground__in", []), ("right", "information")),
                            models.Q(("ground__in", []), ("right", "complaint")),
                            _connector="OR",
                        ),
                        name="claim_ground_is_one_of_this_right",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground__in", ["G-NOTECH", "G-OTHERS"]), ("outcome", "refused"), _negated=True
                        ),
                        name="claim_refused_whole_never_for_what_touches_a_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("four_eyes", True), ("state__in", ["approved", "answered"]), _negated=True),
                            ("alone", True),
                            models.Q(
                                models.Q(("reviewer", ""), _negated=True),
                                models.Q(("reviewer", models.F("author")), _negated=True),
                                models.Q(("reviewer", models.F("submitted_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="claim_approved_by_another_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("four_eyes", True),
                            models.Q(("ground__in", ["G-EXC", "G-UNF"]), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_without_second_person_is_never_about_abuse",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("four_eyes", True), ("four_eyes_off", "")),
                            models.Q(
                                ("four_eyes", False),
                                ("four_eyes_off", ""),
                                ("right__in", ["consent_withdrawal", "objection_dm"]),
                            ),
                            models.Q(
                                ("four_eyes", False),
                                models.Q(("four_eyes_off", ""), _negated=True),
                                models.Q(
                                    models.Q(("state__in", ["approved", "answered"]), _negated=True),
                                    models.Q(("reviewer", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="claim_without_second_person_only_in_the_fast_lane_or_by_setting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alone", False),
                            models.Q(
                                ("alone_from__isnull", False),
                                ("approved_at__isnull", False),
                                ("submitted_at__isnull", False),
                                ("approved_at__gte", models.F("alone_from")),
                                ("four_eyes", True),
                                ("submitted_at__lte", models.F("alone_from")),
                                models.Q(("reviewer", ""), _negated=True),
                                models.Q(
                                    ("reviewer", models.F("author")),
                                    ("reviewer", models.F("submitted_by")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="claim_approved_alone_after_the_wait",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fee__in", ["asked", "paid", "unpaid", "dropped", "withdrawn", ""])),
                        name="claim_fee_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fee", ""),
                            ("right__in", ["access", "erasure", "rectification", "restriction"]),
                            _connector="OR",
                        ),
                        name="claim_fee_only_where_the_law_knows_abuse",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fee", "asked"), _negated=True), ("state", "open"), _connector="OR"
                        ),
                        name="claim_stays_open_while_a_fee_is_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fee", "paid"),
                            ("ground__in", ["G-EXC", "G-UNF"]),
                            ("state__in", ["in_review", "approved", "answered"]),
                            _negated=True,
                        ),
                        name="claim_paid_for_is_never_refused_as_abusive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proof__in", ["looked_up", "confirmed", "logged", "not_recorded", ""])),
                        name="claim_proof_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("proof__in", ["", "not_recorded"]),
                                ("verified_by", ""),
                                ("done__isnull", True),
                                ("executed_at__isnull", True),
                                ("verified_at__isnull", True),
                            ),
                            models.Q(
                                models.Q(("proof__in", ["", "not_recorded"]), _negated=True),
                                models.Q(("verified_by", ""), _negated=True),
                                ("done__isnull", False),
                                ("executed_at__isnull", False),
                                ("verified_at__isnull", False),
                                ("executed_at__lte", models.F("verified_at")),
                            ),
                            _connector="OR",
                        ),
                        name="claim_execution_says_when_and_who_saw_it_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(
                                ("right__in", ["erasure", "objection_general", "rectification", "restriction"]),
                                _negated=True,
                            ),
                            models.Q(("outcome__in", ["granted", "partly_granted"]), _negated=True),
                            ("proof", "not_recorded"),
                            models.Q(
                                ("answered_at__gte", models.F("verified_at")),
                                ("verified_at__gte", models.F("approved_at")),
                                ("verified_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="claim_answered_after_it_was_seen_to_be_done",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.SlugField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "asked"), ("answered", "answered"), ("nothing_held", "nothing_held")],
                        default="asked",
                        max_length=16,
                    ),
                ),
                ("records", models.PositiveBigIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=32)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="collections", to="workflow.case"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "source"), name="collection_once_per_source"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "answered", "nothing_held"])),
                        name="collection_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "asked"), ("answered_at__isnull", False), _connector="OR"),
                        name="collection_answered_has_answered_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("months", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(max_length=16)),
                ("promised", models.DateField()),
                ("asked_by", models.CharField(max_length=32)),
                ("approved_by", models.CharField(blank=True, max_length=32)),
                ("created_at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extension", to="workflow.case"
                    ),
                ),
                ("alone", models.BooleanField(default=False)),
                ("announced_on", models.DateField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("notice_by", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("approved", "approved"),
                            ("in_force", "in_force"),
                            ("lapsed", "lapsed"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("alone_from", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__in", [1, 2])), name="extension_is_one_or_two_months"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["complexity", "number"])),
                        name="extension_reason_is_one_the_law_names",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "approved", "in_force", "lapsed"])),
                        name="extension_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("alone", False), ("approved_by", ""), ("state", "asked")),
                            models.Q(
                                ("approved_at__isnull", False),
                                models.Q(("approved_by", ""), _negated=True),
                                models.Q(("state", "asked"), _negated=True),
                                models.Q(
                                    models.Q(("alone", True), ("asked_by", models.F("approved_by"))),
                                    models.Q(
                                        ("alone", False), models.Q(("asked_by", models.F("approved_by")), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(("alone", False), ("approved_by", ""), ("state", "lapsed")),
                            _connector="OR",
                        ),
                        name="extension_is_approved_by_another_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "in_force"), _negated=True),
                            models.Q(
                                ("announced_on__isnull", False),
                                models.Q(
                                    ("notice_by__isnull", True),
                                    ("announced_on__lte", models.F("notice_by")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="extension_in_force_was_announced_in_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alone", False),
                            models.Q(
                                ("alone_from__isnull", False),
                                ("approved_at__isnull", False),
                                ("approved_at__gte", models.F("alone_from")),
                                ("created_at__lte", models.F("alone_from")),
                            ),
                            _connector="OR",
                        ),
                        name="extension_approved_alone_after_the_wait",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("mail_authenticated", "mail_authenticated"),
                            ("account_login", "account_login"),
                            ("link_known_contact", "link_known_contact"),
                            ("call_known_number", "call_known_number"),
                            ("knowledge", "knowledge"),
                            ("document_seen", "document_seen"),
                            ("eid", "eid"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("L0", "L0"), ("L1", "L1"), ("L2", "L2"), ("L3", "L3"), ("L4", "L4")], max_length=2
                    ),
                ),
                ("note", models.BinaryField(null=True)),
                ("checked_by", models.CharField(max_length=32)),
                ("checked_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="identity_checks", to="workflow.case"
                    ),
                ),
                ("arrived_at", models.DateTimeField(null=True)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mail_authenticated", "mail_authenticated"),
                            ("account_login", "account_login"),
                            ("link_known_contact", "link_known_contact"),
                            ("call_known_number", "call_known_number"),
                        ],
                        max_length=32,
                    ),
                ),
                ("compared", models.CharField(blank=True, max_length=80)),
                ("needs_second_look", models.BooleanField(default=False)),
                ("second_at", models.DateTimeField(null=True)),
                ("second_by", models.CharField(blank=True, max_length=32)),
                ("alone", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "method__in",
                                [
                                    "mail_authenticated",
                                    "account_login",
                                    "link_known_contact",
                                    "call_known_number",
                                    "knowledge",
                                    "document_seen",
                                    "eid",
                                ],
                            )
                        ),
                        name="identity_method_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["L0", "L1", "L2", "L3", "L4"])),
                        name="identity_level_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "channel__in",
                                    ["mail_authenticated", "account_login", "link_known_contact", "call_known_number"],
                                ),
                                ("method", "knowledge"),
                            ),
                            models.Q(models.Q(("method", "knowledge"), _negated=True), ("channel", "")),
                            _connector="OR",
                        ),
                        name="identity_facts_come_through_a_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "document_seen"), models.Q(("compared", ""), _negated=True)),
                            models.Q(models.Q(("method", "document_seen"), _negated=True), ("compared", "")),
                            _connector="OR",
                        ),
                        name="identity_document_says_what_was_compared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("second_at__isnull", True), ("second_by", "")),
                            models.Q(
                                ("needs_second_look", True),
                                ("second_at__isnull", False),
                                models.Q(("second_by", ""), _negated=True),
                                models.Q(("second_by", models.F("checked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="identity_second_look_is_another_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alone", False),
                            models.Q(("method", "document_seen"), ("needs_second_look", False)),
                            _connector="OR",
                        ),
                        name="identity_alone_is_a_document_nobody_else_looks_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=16)),
                ("due", models.DateField()),
                ("reached_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="workflow.case"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "code", "due"), name="milestone_once")],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("identity", "identity"),
                            ("mandate", "mandate"),
                            ("scope", "scope"),
                            ("detail", "detail"),
                        ],
                        max_length=16,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("asked_on", models.DateField(null=True)),
                ("answered_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="workflow.case"
                    ),
                ),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reply", "reply"),
                            ("everything", "everything"),
                            ("silence", "silence"),
                            ("undeliverable", "undeliverable"),
                            ("case_ended", "case_ended"),
                        ],
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("override", models.BooleanField(default=False, editable=False)),
                ("override_by", models.CharField(blank=True, editable=False, max_length=32)),
                ("decide_from", models.DateField(editable=False, null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True),
                            ("asked_on__isnull", True),
                            ("answered_on__gte", models.F("asked_on")),
                            _connector="OR",
                        ),
                        name="pause_ends_after_it_began",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_on__isnull", True)),
                        fields=("case", "kind"),
                        name="one_open_pause_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["identity", "mandate", "scope", "detail"])),
                        name="pause_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended__in", ["reply", "everything", "silence", "undeliverable", "case_ended", ""])
                        ),
                        name="pause_end_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("override", False), ("override_by", "")),
                            models.Q(
                                ("asked_on__isnull", False),
                                ("override", True),
                                models.Q(("override_by", ""), _negated=True),
                                models.Q(("kind", "detail"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pause_override_is_somebodys_decision_on_a_question_that_left",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decide_from__isnull", True),
                            models.Q(("asked_on__isnull", False), ("decide_from__gt", models.F("asked_on"))),
                            _connector="OR",
                        ),
                        name="pause_is_decided_on_only_after_it_left",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecipientNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.SlugField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("sent", "sent"),
                            ("confirmed", "confirmed"),
                            ("impossible", "impossible"),
                            ("disproportionate", "disproportionate"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="workflow.claim"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "recipient"), name="notice_once_per_recipient"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "sent", "confirmed", "impossible", "disproportionate"])
                        ),
                        name="notice_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferenceCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "controller",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="workflow.controller"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("controller", "year"), name="one_counter_per_year")],
            },
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("sources_answered", "sources_answered"),
                            ("export_ready", "export_ready"),
                            ("right_stated", "right_stated"),
                            ("identity_established", "identity_established"),
                            ("mandate_shown", "mandate_shown"),
                            ("sent_to_mailbox", "sent_to_mailbox"),
                            ("dated", "dated"),
                            ("signed", "signed"),
                            ("reasons_given", "reasons_given"),
                            ("identity_copy", "identity_copy"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("met", "met"), ("missing", "missing"), ("waived", "waived")], max_length=16
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=120)),
                ("as_of", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requirements", to="workflow.case"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requirements",
                        to="workflow.claim",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["met", "missing", "waived"])),
                        name="requirement_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("claim__isnull", True)),
                        fields=("case", "code"),
                        name="requirement_once_per_case",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("claim__isnull", False)),
                        fields=("case", "claim", "code"),
                        name="requirement_once_per_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "code__in",
                                [
                                    "sources_answered",
                                    "export_ready",
                                    "right_stated",
                                    "identity_established",
                                    "mandate_shown",
                                    "sent_to_mailbox",
                                    "dated",
                                    "signed",
                                    "reasons_given",
                                    "identity_copy",
                                ],
                            )
                        ),
                        name="requirement_code_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__in", ["sources_answered", "export_ready"]),
                            (
                                "evidence__in",
                                [
                                    "not_found",
                                    "unreadable",
                                    "officer",
                                    "proposed",
                                    "unsure",
                                    "confirmed",
                                    "not_needed",
                                    "mail_authenticated",
                                    "account_login",
                                    "link_known_contact",
                                    "call_known_number",
                                    "knowledge",
                                    "document_seen",
                                    "eid",
                                    "mailbox",
                                    "mailbox_alias",
                                    "other_address",
                                    "in_text",
                                    "mail_date",
                                    "typed",
                                    "scanned",
                                    "digital",
                                    "attached",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="requirement_evidence_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waived"), _negated=True),
                            models.Q(
                                ("code__in", ["dated", "identity_copy", "reasons_given", "sent_to_mailbox", "signed"]),
                                ("evidence", "officer"),
                            ),
                            _connector="OR",
                        ),
                        name="requirement_waived_is_a_formality",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("officer", "officer"),
                            ("reviewer", "reviewer"),
                            ("manager", "manager"),
                            ("dpo", "dpo"),
                            ("auditor", "auditor"),
                            ("admin", "admin"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "role"), name="staff_role_once"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["officer", "reviewer", "manager", "dpo", "auditor", "admin"])),
                        name="staff_role_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reexamination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("complaint", "complaint"),
                            ("disagreement", "disagreement"),
                            ("authority", "authority"),
                            ("lawsuit", "lawsuit"),
                        ],
                        max_length=16,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("due", models.DateField()),
                ("involved", models.CharField(default=",", max_length=1000)),
                ("examiner", models.CharField(blank=True, max_length=32)),
                (
                    "outcome",
                    models.CharField(blank=True, choices=[("upheld", "upheld"), ("changed", "changed")], max_length=16),
                ),
                ("position", models.BinaryField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by_means",
                    models.CharField(
                        blank=True,
                        choices=[("email", "email"), ("posted", "posted"), ("handed_over", "handed_over")],
                        max_length=16,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reexaminations", to="workflow.case"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["complaint", "disagreement", "authority", "lawsuit"])),
                        name="second_look_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["upheld", "changed", ""])),
                        name="second_look_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_by_means__in", ["email", "posted", "handed_over", ""])),
                        name="second_look_means_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("case",),
                        name="one_open_second_look_per_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("examiner", ""),
                            models.Q(
                                (
                                    "involved__contains",
                                    django.db.models.functions.text.Concat(
                                        models.Value(","), models.F("examiner"), models.Value(",")
                                    ),
                                ),
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="second_look_by_somebody_not_involved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("examiner", ""), ("outcome", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("position__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("examiner", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="second_look_decided_says_by_whom_what_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by_means", "")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("decided_at__isnull", False),
                                models.Q(("answered_by_means", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="second_look_answered_after_its_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KnownContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(choices=[("email", "email"), ("phone", "phone")], max_length=8)),
                ("value", models.CharField(max_length=254)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("account", "account"),
                            ("contract", "contract"),
                            ("invoice", "invoice"),
                            ("earlier_case", "earlier_case"),
                            ("source", "source"),
                        ],
                        max_length=16,
                    ),
                ),
                ("known_since", models.DateField()),
                ("received_on", models.DateField()),
                ("recorded_by", models.CharField(max_length=32)),
                ("recorded_at", models.DateTimeField()),
                ("denied_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="known_contacts", to="workflow.case"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["email", "phone"])), name="contact_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__in", ["account", "contract", "invoice", "earlier_case", "source"])
                        ),
                        name="contact_origin_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("known_since__lt", models.F("received_on"))),
                        name="contact_was_known_before",
                    ),
                    models.UniqueConstraint(fields=("case", "kind", "value"), name="contact_once_per_case"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("event_id", models.BigIntegerField(unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("wrong", models.PositiveSmallIntegerField(default=0)),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("returned", "returned"),
                            ("replaced", "replaced"),
                            ("expired", "expired"),
                            ("spent", "spent"),
                            ("lost", "lost"),
                            ("denied", "denied"),
                        ],
                        max_length=8,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="workflow.case"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="workflow.knowncontact"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended__in", ["returned", "replaced", "expired", "spent", "lost", "denied", ""])
                        ),
                        name="code_end_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended", "")), fields=("case",), name="code_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                        name="code_expires_after_it_is_issued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wrong__lt", 5), models.Q(("ended", ""), _negated=True), _connector="OR"),
                        name="code_ends_with_too_many_wrong_ones",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wrong__lt", 5), models.Q(("ended", "returned"), _negated=True), _connector="OR"
                        ),
                        name="code_is_not_returned_after_too_many_wrong_ones",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended", ""), ("ended_at__isnull", True)),
                            models.Q(models.Q(("ended", ""), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="code_has_ended_at_exactly_when_over",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedStaff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="named", to="workflow.case"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_for",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "staff"), name="staff_named_once_per_case")],
            },
        ),
        migrations.CreateModel(
            name="OwnCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="about", to="workflow.case"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_cases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "staff"), name="case_is_about_staff_once")],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "advice",
                    models.CharField(
                        choices=[("agrees", "agrees"), ("remarks", "remarks"), ("objects", "objects")], max_length=16
                    ),
                ),
                ("text", models.BinaryField()),
                ("given_by", models.CharField(max_length=16)),
                ("given_at", models.DateTimeField()),
                ("departed_by", models.CharField(blank=True, max_length=16)),
                ("departed_at", models.DateTimeField(null=True)),
                ("departure", models.BinaryField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="workflow.case"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="workflow.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("advice__in", ["agrees", "remarks", "objects"])),
                        name="opinion_advice_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("departed_at__isnull", True), ("departed_by", ""), ("departure__isnull", True)),
                            models.Q(
                                ("advice", "objects"),
                                ("departed_at__isnull", False),
                                ("departure__isnull", False),
                                models.Q(("departed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="opinion_departed_from_says_by_whom_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("departed_by", models.F("given_by")), _negated=True),
                        name="opinion_is_not_departed_from_by_its_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NewContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("email", "email"), ("phone", "phone")], max_length=8)),
                ("value", models.CharField(max_length=254)),
                ("announced_by", models.CharField(max_length=32)),
                ("announced_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="new_contacts", to="workflow.case"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["email", "phone"])), name="new_contact_kind_is_known"
                    ),
                    models.UniqueConstraint(fields=("case", "kind", "value"), name="new_contact_once_per_case"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["first_day", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="absence_ends_after_it_began"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stand_in__isnull", True),
                            models.Q(("stand_in", models.F("staff")), _negated=True),
                            _connector="OR",
                        ),
                        name="absence_has_another_person_as_stand_in",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "sign",
                    models.CharField(
                        choices=[
                            ("used_in_a_letter", "used_in_a_letter"),
                            ("handed_over", "handed_over"),
                            ("reported_by_mail", "reported_by_mail"),
                            ("seen_by_staff", "seen_by_staff"),
                            ("letter_astray", "letter_astray"),
                        ],
                        max_length=24,
                    ),
                ),
                ("letter", models.UUIDField(editable=False, null=True)),
                ("aware_at", models.DateTimeField()),
                ("raised_at", models.DateTimeField()),
                ("raised_by", models.CharField(max_length=32)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "none"),
                            ("breach", "breach"),
                            ("no_risk", "no_risk"),
                            ("notified", "notified"),
                        ],
                        max_length=16,
                    ),
                ),
                ("judged_at", models.DateTimeField(null=True)),
                ("judged_by", models.CharField(blank=True, max_length=32)),
                ("authority_at", models.DateTimeField(null=True)),
                ("authority_reference", models.BinaryField(null=True)),
                ("person_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="breaches", to="workflow.case"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sign__in",
                                [
                                    "used_in_a_letter",
                                    "handed_over",
                                    "reported_by_mail",
                                    "seen_by_staff",
                                    "letter_astray",
                                ],
                            )
                        ),
                        name="breach_sign_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["none", "breach", "no_risk", "notified", ""])),
                        name="breach_verdict_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("case",),
                        name="one_open_breach_per_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("aware_at__lte", models.F("raised_at"))),
                        name="breach_is_known_before_it_is_raised",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("judged_at__isnull", True), ("judged_by", ""), ("verdict", "")),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                models.Q(("judged_by", ""), _negated=True),
                                ("judged_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="breach_judged_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("verdict__in", ["", "breach"])),
                            models.Q(
                                ("settled_at__isnull", False), models.Q(("verdict__in", ["", "breach"]), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="breach_settled_exactly_by_a_last_verdict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("authority_at__isnull", True),
                                ("authority_reference__isnull", True),
                                models.Q(("verdict", "notified"), _negated=True),
                            ),
                            models.Q(
                                ("authority_at__isnull", False),
                                ("authority_reference__isnull", False),
                                ("verdict", "notified"),
                            ),
                            _connector="OR",
                        ),
                        name="breach_told_to_the_authority_says_when_and_its_reference",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Execution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.SlugField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("failed", "failed"), ("done", "done"), ("by_hand", "by_hand")], max_length=16
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=1)),
                ("failed_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(blank=True, max_length=32)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="executions", to="workflow.claim"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "source"), name="execution_once_per_source"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["failed", "done", "by_hand"])),
                        name="execution_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by", ""), ("state", "failed")),
                            models.Q(
                                models.Q(("state", "failed"), _negated=True),
                                ("settled_at__isnull", False),
                                models.Q(("settled_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="execution_settled_says_when_and_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("G-ID", "G-ID"),
                            ("G-UNF", "G-UNF"),
                            ("G-EXC", "G-EXC"),
                            ("G-OTHERS", "G-OTHERS"),
                            ("G-173a", "G-173a"),
                            ("G-173b", "G-173b"),
                            ("G-173c", "G-173c"),
                            ("G-173d", "G-173d"),
                            ("G-173e", "G-173e"),
                            ("G-STILL", "G-STILL"),
                            ("G-NO18", "G-NO18"),
                            ("G-NO20", "G-NO20"),
                            ("G-NO22", "G-NO22"),
                            ("G-NOTECH", "G-NOTECH"),
                            ("G-COMPELLING", "G-COMPELLING"),
                            ("G-CLAIMS", "G-CLAIMS"),
                            ("G-NOTWRONG", "G-NOTWRONG"),
                            ("G-SCOPE", "G-SCOPE"),
                        ],
                        max_length=16,
                    ),
                ),
                ("cents", models.PositiveIntegerField()),
                ("asked_by", models.CharField(max_length=32)),
                ("created_at", models.DateTimeField()),
                ("approved_by", models.CharField(blank=True, max_length=32)),
                ("approved_at", models.DateTimeField(null=True)),
                ("alone", models.BooleanField(default=False)),
                ("alone_from", models.DateTimeField(null=True)),
                ("pay_by", models.DateField(null=True)),
                ("told_on", models.DateField(null=True)),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fee_row", to="workflow.claim"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["G-EXC", "G-UNF"])), name="fee_is_asked_for_abuse_only"
                    ),
                    models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="fee_is_an_amount"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("alone", False),
                                ("approved_at__isnull", True),
                                ("approved_by", ""),
                                ("pay_by__isnull", True),
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("pay_by__isnull", False),
                                models.Q(("approved_by", ""), _negated=True),
                                models.Q(
                                    models.Q(("alone", True), ("asked_by", models.F("approved_by"))),
                                    models.Q(
                                        ("alone", False), models.Q(("asked_by", models.F("approved_by")), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="fee_is_approved_by_another_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alone", False),
                            models.Q(
                                ("alone_from__isnull", False),
                                ("approved_at__isnull", False),
                                ("approved_at__gte", models.F("alone_from")),
                                ("created_at__lte", models.F("alone_from")),
                            ),
                            _connector="OR",
                        ),
                        name="fee_approved_alone_after_the_wait",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told_on__isnull", True), ("approved_at__isnull", False), _connector="OR"),
                        name="fee_is_told_only_once_approved",
                    ),
                ],
            },
        ),
        migrations.RunPython(install, remove),
    ]
