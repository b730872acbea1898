"""The history's triggers as they were with this migration: text, because a migration never changes.

What holds today stands in ``workflow.triggers``, which puts it in place after every ``migrate``.
"""

from django.db import migrations

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
    dependencies = [("workflow", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
