"""Rules of a case that concern more than one row, held by the database itself beside the services (design §4.2).

What one row can say stands as a CheckConstraint of its model. These look at another table: a case is over only with its
rights, an office of one waits twelve hours, a second person is left out only where the settings of the case allow it.
They guard changes: rows that a backup brings back are as they were.

A table that SQLite builds anew may not be named by a trigger meanwhile; therefore ``migrate`` takes them away before it
begins and puts them back at its end. The health check of the database asks for them.
"""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from workflow.states import IN_WORDS

_PREFIX = "workflow_rule_"


@dataclass(frozen=True, slots=True)
class Rule:
    """No change to a row of ``table`` may leave it so that ``broken``; it is asked when one of ``columns`` changes.

    ``{hours}`` stands for the hours from ``since`` to ``alone_from``, ``{day}`` for the UTC date of ``alone_from``,
    ``{case}`` for its case, ``{wanted:x}`` for the setting that wants a second person for x. ``on_insert``: asked of
    new rows too.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    broken: str
    message: str
    since: str = "created_at"
    case: str = "NEW.case_id"
    on_insert: bool = False


# The wait ends with the day the answer is due, if that comes first; it ends in Brussels before it does in UTC.
_TOO_EARLY = (
    "NEW.alone AND {hours} < 11.9999 AND NOT EXISTS (SELECT 1 FROM workflow_case c WHERE c.id = {case} "
    "AND c.month_due IS NOT NULL AND (c.case_due <= {day} OR c.month_due <= {day}))"
)
# A question that left, about the mandate or about more proof than was given; answered, or reminded of by letters that
# left, unless the clock was not stopped and the decision must leave by its own date.
_IN_VAIN = (
    "SELECT 1 FROM workflow_pause p JOIN workflow_case c ON c.id = p.case_id WHERE p.case_id = NEW.case_id "
    "AND p.asked_on IS NOT NULL AND p.ended NOT IN ('undeliverable', 'not_needed', 'case_ended') AND (p.kind = "
    "'mandate' OR (p.kind = 'identity' AND (c.verified_at IS NULL OR NEW.unproven OR p.level > c.identity_level))) "
    "AND (p.answered_on IS NOT NULL OR c.send_by IS NOT NULL OR (p.decide_from IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM workflow_milestone m WHERE m.case_id = p.case_id AND m.due = p.asked_on AND m.left_on IS NULL "
    "AND m.code LIKE 'M21-_-' || p.kind)))"
)
# Past its author; what was approved before a rule was made may still be answered.
_BEING_DECIDED = (
    "(NEW.state IN ('in_review', 'approved') OR (NEW.state = 'answered' AND OLD.state NOT IN ('approved', 'answered')))"
)
_NO_WORD_OF_A_FREEZE = "(SELECT c.interim_decided_at FROM workflow_case c WHERE c.id = NEW.case_id) IS NULL"
_REACH_UNPROVEN = (
    "(SELECT c.id FROM workflow_case c WHERE c.id = NEW.case_id AND c.changes_reach AND c.identity_level < 'L2') "
    "IS NOT NULL"
)
# A colleague's own mail gave what it gave.
_GRANTS = "NEW.outside_at IS NULL AND NEW.outcome IN ('granted', 'partly_granted')"
_IN_WORDS = ", ".join(f"'{right.value}'" for right in sorted(IN_WORDS))
_RECORDS = "SELECT 1 FROM workflow_collection r WHERE r.case_id = NEW.case_id AND r.records > 0"
_TOO_SOON = "An office of one reads its own work again after twelve hours."
_CLAIM = "workflow_claim"

RULES = (
    Rule(
        "processed",
        "workflow_case",
        ("state",),
        "NEW.state = 'processed' AND ("
        "EXISTS (SELECT 1 FROM workflow_claim k WHERE k.case_id = NEW.id AND k.state NOT IN ('answered', 'withdrawn')) "
        "OR NOT EXISTS (SELECT 1 FROM workflow_claim k WHERE k.case_id = NEW.id AND k.state = 'answered'))",
        "A case is processed once each of its rights is answered or withdrawn.",
    ),
    Rule(
        "undecided",
        _CLAIM,
        ("state", "case_id"),
        "NEW.state NOT IN ('answered', 'withdrawn') "
        "AND EXISTS (SELECT 1 FROM workflow_case c WHERE c.id = NEW.case_id AND c.state = 'processed')",
        "A processed case has no right left to answer: reopen the case first.",
        on_insert=True,
    ),
    Rule("claim_alone", _CLAIM, ("alone", "alone_from", "submitted_at"), _TOO_EARLY, _TOO_SOON, since="submitted_at"),
    Rule(
        "extension_alone",
        "workflow_extension",
        ("alone", "alone_from", "created_at"),
        f"{_TOO_EARLY} AND {{wanted:extension}}",
        _TOO_SOON,
    ),
    Rule(
        "fee_alone",
        "workflow_fee",
        ("alone", "alone_from", "created_at"),
        f"{_TOO_EARLY} AND {{wanted:fee}}",
        _TOO_SOON,
        case="(SELECT k.case_id FROM workflow_claim k WHERE k.id = NEW.claim_id)",
    ),
    Rule(
        "withdrawn_undone",
        _CLAIM,
        ("state",),
        "NEW.state = 'withdrawn' AND (NEW.executed_at IS NOT NULL OR OLD.executed_at IS NOT NULL)",
        "What a right asked for was done: it is answered, not withdrawn.",
    ),
    Rule(
        "restricted_data",
        _CLAIM,
        ("verified_at",),
        "NEW.right = 'erasure' AND NEW.verified_at IS NOT NULL AND NOT NEW.despite_restriction AND EXISTS ("
        "SELECT 1 FROM workflow_claim k WHERE k.case_id = NEW.case_id AND k.right = 'restriction' "
        "AND k.state IN ('approved', 'answered') AND k.outcome IN ('granted', 'partly_granted') "
        "AND k.lifted_at IS NULL)",
        "Restricted data are only kept: the person has to want them erased.",
    ),
    Rule(
        "change_of_reach",
        _CLAIM,
        ("state",),
        f"{_BEING_DECIDED} AND NEW.right = 'rectification' AND NEW.outcome IN ('granted', 'partly_granted') "
        f"AND {_REACH_UNPROVEN}",
        "Whoever changes how a person is reached or paid is known through the contact on file.",
    ),
    Rule(
        "freeze_first",
        _CLAIM,
        ("state", "outcome"),
        f"{_BEING_DECIDED} AND NEW.right = 'objection_general' AND NEW.outcome IN ('refused', 'partly_granted') "
        f"AND {_NO_WORD_OF_A_FREEZE}",
        "Whether the data are frozen is decided before an objection is refused.",
    ),
    Rule(
        "objection_of_the_officer",
        _CLAIM,
        ("state",),
        "(NEW.state = 'approved' OR (NEW.state = 'answered' AND NEW.answered_by_means NOT IN ('email', 'outside'))) "
        "AND EXISTS (SELECT 1 FROM workflow_opinion o WHERE o.case_id = NEW.case_id AND o.advice = 'objects' "
        "AND o.departed_at IS NULL AND (o.claim_id IS NULL OR o.claim_id = NEW.id) AND NOT EXISTS ("
        "SELECT 1 FROM workflow_opinion p WHERE p.case_id = o.case_id AND p.id > o.id "
        "AND COALESCE(p.claim_id, 0) = COALESCE(o.claim_id, 0)))",
        "The data protection officer objects, and nobody said why that is not followed.",
    ),
    Rule(
        "want_of_identity",
        _CLAIM,
        ("state", "ground", "outcome"),
        f"NEW.ground = 'G-ID' AND NEW.outcome = 'refused' AND {_BEING_DECIDED} AND NOT EXISTS ({_IN_VAIN})",
        "Nobody is refused for want of a proof that was never asked for.",
    ),
    Rule(
        "recipients_told",
        "workflow_case",
        ("state",),
        "NEW.state = 'closed' AND EXISTS (SELECT 1 FROM workflow_claim k WHERE k.case_id = NEW.id "
        "AND k.state = 'answered' AND k.right IN ('rectification', 'erasure', 'restriction') "
        "AND k.outcome IN ('granted', 'partly_granted') AND k.proof <> 'not_recorded' AND NOT k.recipients_explained "
        "AND NOT EXISTS (SELECT 1 FROM workflow_recipientnotice n WHERE n.claim_id = k.id))",
        "A case closes once those who had the data were told, or why nobody is (Art. 19).",
    ),
    Rule(
        "child_and_parent",
        _CLAIM,
        ("state", "reviewer"),
        "NEW.state = 'approved' AND NEW.right NOT IN ('consent_withdrawal', 'objection_dm') "
        "AND EXISTS (SELECT 1 FROM workflow_case c WHERE c.id = NEW.case_id AND c.minor_conflict) "
        "AND NOT EXISTS (SELECT 1 FROM workflow_staff s JOIN workflow_staffrole r ON r.staff_id = s.id "
        "WHERE s.code = NEW.reviewer AND r.role = 'manager')",
        "A manager decides where child and parent disagree.",
    ),
    Rule(
        "extension_in_progress",
        "workflow_extension",
        ("case_id",),
        "EXISTS (SELECT 1 FROM workflow_case c WHERE c.id = NEW.case_id AND c.state <> 'in_progress')",
        "Only a case in progress is extended.",
        on_insert=True,
    ),
    Rule(
        "authority_holds",
        "workflow_case",
        ("authority",),
        "NEW.authority AND NOT NEW.legal_hold",
        "The letter of an authority places a legal hold.",
    ),
    Rule(
        "granted_in_words",
        _CLAIM,
        ("state", "outcome"),
        f"NEW.state IN ('in_review', 'approved') AND {_GRANTS} AND NEW.right IN ({_IN_WORDS}) AND NEW.facts IS NULL",
        "What is granted in words says what the person is given.",
    ),
    Rule(
        "granted_data",
        _CLAIM,
        ("state", "outcome"),
        f"NEW.state IN ('in_review', 'approved') AND {_GRANTS} AND NEW.right IN ('access', 'portability') "
        f"AND NOT EXISTS ({_RECORDS})",
        "A copy of data that nobody attached is not granted.",
    ),
    Rule(
        "erasure_unread",
        _CLAIM,
        ("verified_at",),
        "NEW.right = 'erasure' AND NEW.outcome IN ('granted', 'partly_granted') AND NEW.verified_at IS NOT NULL AND "
        "EXISTS (SELECT 1 FROM workflow_case c WHERE c.id = NEW.case_id AND (c.legal_hold OR c.reply_to_read))",
        "Nothing is erased under a legal hold, or over a message nobody has read.",
    ),
    Rule(
        "one_pair",
        _CLAIM,
        ("four_eyes", "four_eyes_off"),
        "NEW.four_eyes_off <> '' AND {wanted:off}",
        "The settings of this case want another person for such a decision.",
    ),
)

# A setting the version of a case does not know yet has its default: another person is wanted.
_WANTED = (
    "(SELECT {switch} FROM workflow_case c JOIN workflow_policyversion p ON p.id = c.policy_version_id "
    "WHERE c.id = {case})"
)
_WORDS = {
    "sqlite": {
        "{hours}": "((julianday(NEW.alone_from) - julianday(NEW.{since})) * 24)",
        "{day}": "date(NEW.alone_from)",
        "{switch}": "COALESCE(json_extract(p.\"values\", '$.four_eyes.' || {name}), 1)",
    },
    "postgresql": {
        "{hours}": "(EXTRACT(EPOCH FROM NEW.alone_from - NEW.{since}) / 3600)",
        "{day}": "(NEW.alone_from AT TIME ZONE 'UTC')::date",
        "{switch}": "COALESCE((p.\"values\" -> 'four_eyes' ->> {name})::boolean, true)",
    },
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, anew when they stand. Raises KeyError on a database we do not support."""
    with transaction.atomic(using=connection.alias):
        remove(connection)
        _run(connection, [one for rule in RULES for one in _CREATE[connection.vendor](rule)])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, while a migration changes their tables."""
    _run(connection, [one for rule in RULES for one in _DROP[connection.vendor](rule)])


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the rules whose triggers do not stand, or are switched off."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor], [f"{_PREFIX}%"])
        standing = {name for (name,) in cursor.fetchall()}
    return [rule.name for rule in RULES if not set(_names(rule, connection.vendor)) <= standing]


def take_away(*, using: str, **_: Any) -> None:
    """Before ``migrate`` changes the tables of the data."""
    if using == DEFAULT_DB_ALIAS and "workflow_claim" in connections[using].introspection.table_names():
        remove(connections[using])


def put_back(*, using: str, **_: Any) -> None:
    """After every ``migrate`` of the data, where it went as far as the last of the tables."""
    if using != DEFAULT_DB_ALIAS:
        return
    if {rule.table for rule in RULES} <= set(connections[using].introspection.table_names()):
        install(connections[using])


def _broken(rule: Rule, vendor: str) -> str:
    text = rule.broken
    for setting, name in (("off", "NEW.four_eyes_off"), ("extension", "'extension'"), ("fee", "'fee'")):
        switch = _WORDS[vendor]["{switch}"].replace("{name}", name)
        text = text.replace(f"{{wanted:{setting}}}", _WANTED.replace("{switch}", switch))
    for word in ("{hours}", "{day}"):
        text = text.replace(word, _WORDS[vendor][word])
    return text.replace("{since}", rule.since).replace("{case}", rule.case)


def _names(rule: Rule, vendor: str) -> list[str]:
    each = ["", "_new"] if rule.on_insert and vendor == "sqlite" else [""]
    return [f"{_PREFIX}{rule.name}{suffix}" for suffix in each]


def _create_sqlite(rule: Rule) -> list[str]:
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in rule.columns)
    then = f"BEGIN SELECT RAISE(ABORT, '{rule.message}'); END"
    wrong = _broken(rule, "sqlite")
    update, *insert = _names(rule, "sqlite")
    found = [f"CREATE TRIGGER {update} BEFORE UPDATE ON {rule.table} WHEN ({changed}) AND ({wrong}) {then}"]
    return found + [f"CREATE TRIGGER {name} BEFORE INSERT ON {rule.table} WHEN {wrong} {then}" for name in insert]


def _create_postgresql(rule: Rule) -> list[str]:
    name, wrong = f"{_PREFIX}{rule.name}", _broken(rule, "postgresql")
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in rule.columns)
    asked = f"TG_OP = 'INSERT' OR {changed}" if rule.on_insert else changed
    body = (
        f"BEGIN IF {asked} THEN IF {wrong} THEN "
        f"RAISE EXCEPTION '{rule.message}' USING ERRCODE = 'check_violation'; END IF; END IF; RETURN NEW; END"
    )
    when = "INSERT OR UPDATE" if rule.on_insert else "UPDATE"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {name} BEFORE {when} ON {rule.table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _drop_sqlite(rule: Rule) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name}" for name in _names(rule, "sqlite")]


def _drop_postgresql(rule: Rule) -> list[str]:
    name = f"{_PREFIX}{rule.name}"
    return [f"DROP TRIGGER IF EXISTS {name} ON {rule.table}", f"DROP FUNCTION IF EXISTS {name}()"]


_CREATE = {"sqlite": _create_sqlite, "postgresql": _create_postgresql}
_DROP = {"sqlite": _drop_sqlite, "postgresql": _drop_postgresql}
_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE %s AND tgenabled IN ('O', 'A')",
}


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
