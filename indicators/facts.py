"""Append-only tables: what was recorded stays recorded, and the database itself refuses to forget.

A trigger on both databases refuses DELETE, and UPDATE except of the closing columns, once, from null
(on PostgreSQL also TRUNCATE). `install_triggers` runs after every migrate; a system check says if one is missing.
"""

from django.apps import apps
from django.core.checks import Error
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.utils import timezone


class Fact(models.Model):
    """A row that is appended and never edited: recorded on our clock, known since a stated day."""

    closing_columns: tuple[str, ...] = ()

    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    known_on = models.DateField(help_text="The day on which this was published or reported.")

    class Meta:
        abstract = True


def fact_models():
    """Every append-only table of the project, in a stable order."""
    return sorted((m for m in apps.get_models() if issubclass(m, Fact)), key=lambda m: m._meta.db_table)


def trigger_names(model, vendor):
    table = model._meta.db_table
    events = ["update", "delete"] + (["truncate"] if vendor == "postgresql" else [])
    return [f"{table}_refuses_{event}"[:63] for event in events]


def install_triggers(using=DEFAULT_DB_ALIAS):
    """Lay the triggers of every fact table that exists; safe to repeat."""
    connection = connections[using]
    lift_triggers(using)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for model in _tables_present(connection):
            for statement in _statements(model, connection):
                cursor.execute(statement)


def lift_triggers(using=DEFAULT_DB_ALIAS):
    """Take the triggers away: for tests that empty tables, and for a data migration that says why."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in _tables_present(connection):
            for name in trigger_names(model, connection.vendor):
                on = f' ON "{model._meta.db_table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def missing_triggers(using=DEFAULT_DB_ALIAS):
    """Names of triggers that should stand and do not."""
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    wanted = (name for model in _tables_present(connection) for name in trigger_names(model, connection.vendor))
    return [name for name in wanted if name not in present]


def check_triggers(app_configs, databases, **kwargs):
    """System check: a fact table without its trigger could be rewritten unseen."""
    return [
        Error(
            f"The append-only trigger {name} is missing in database {alias!r}.",
            hint="Run manage.py migrate: it lays the triggers again.",
            id="indicators.E001",
        )
        for alias in databases or []
        for name in missing_triggers(alias)
    ]


def after_migrate(sender, using, **kwargs):
    install_triggers(using)


def _tables_present(connection):
    """The fact tables that exist as such: one that becomes a fact by a migration still to come is not one yet."""
    present = set(connection.introspection.table_names())
    return [
        model for model in fact_models() if model._meta.db_table in present and _has_moment(connection, model)
    ]  # fmt: skip


def _has_moment(connection, model):
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, model._meta.db_table)
    return "recorded_at" in {column.name for column in columns}


def _statements(model, connection):
    update, delete, *truncate = trigger_names(model, connection.vendor)
    table = model._meta.db_table
    closing = [model._meta.get_field(name).column for name in model.closing_columns]
    if connection.vendor == "postgresql":
        arguments = ", ".join(f"'{column}'" for column in closing)
        yield (
            f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION refuse_rewriting({arguments})"
        )
        yield f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()'
        yield f'CREATE TRIGGER "{truncate[0]}" BEFORE TRUNCATE ON "{table}" EXECUTE FUNCTION refuse_rewriting()'
        return
    same = [f'OLD."{f.column}" IS NEW."{f.column}"' for f in model._meta.local_fields if f.column not in closing]
    allowed = " AND ".join([f'OLD."{column}" IS NULL' for column in closing] + same) if closing else "0"
    refuse = f"SELECT RAISE(ABORT, '{table} is append-only');"
    yield f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" WHEN NOT ({allowed}) BEGIN {refuse} END'
    yield f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" BEGIN {refuse} END'


POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0
        AND to_jsonb(NEW) - TG_ARGV[0:] = to_jsonb(OLD) - TG_ARGV[0:]
        AND NOT EXISTS (SELECT 1 FROM unnest(TG_ARGV) AS closing WHERE to_jsonb(OLD) ->> closing IS NOT NULL)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
