"""What reaches a log line, and what never does."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from celery import Celery
from django.conf import settings as django_settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client, override_settings
from django.urls import path
from psycopg import errors

from dsar.operations import logs
from workflow.models import Stream


def refuse(request, token):
    raise ValueError(f"no luck for ada@example.com with {token}")


REFUSED_ROW = (
    'null value in column "subject" of relation "workflow_case" violates not-null constraint\n'
    "{detail}  Failing row contains (1, Canary Sevenfthree,\nThe above exception was the direct cause:\nKanarie)."
)


def break_a_row(detail: str = "DETAIL:") -> None:
    """As Django tells it on PostgreSQL: the driver's exception, then its own with the same text."""
    text = REFUSED_ROW.format(detail=detail)
    try:
        raise errors.NotNullViolation(text)
    except errors.NotNullViolation as error:
        raise IntegrityError(text) from error


def refuse_row(request):
    break_a_row()


urlpatterns = [path("p/<str:token>", refuse), path("row", refuse_row)]


@pytest.fixture(params=["console", "json"])
def style(request: pytest.FixtureRequest) -> Iterator[str]:
    logs.configure({"style": request.param})
    yield request.param
    logs.configure(django_settings.LOGGING)


def test_a_line_is_readable_or_one_json_object(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger("dsar.intake").info("mail stored", bytes=79)

    line = capsys.readouterr().err
    if style == "json":
        fields = json.loads(line)
        assert (fields["event"], fields["bytes"], fields["level"]) == ("mail stored", 79, "info")
    else:
        assert "[info     ] mail stored" in line
        assert "bytes=79" in line


def test_libraries_write_the_same_way(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("some.library").warning("the answer is %d", 42)

    assert "the answer is 42" in capsys.readouterr().err


@pytest.mark.usefixtures("style")
def test_addresses_and_tokens_are_blanked(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().warning("refused ada@example.com", link="http://localhost/p/abcdefghijklmnopqrstuvwxyz")
    logging.getLogger("library").error("no mail for %s", "Ada <ada.lovelace+x@example.co.uk>")

    output = capsys.readouterr().err
    assert "refused <address>" in output
    assert "example" not in output
    assert "abcdefghij" not in output


@pytest.mark.usefixtures("style")
def test_an_exception_tells_where_but_not_whose(capsys: pytest.CaptureFixture[str]) -> None:
    whose = "ada@example.com"
    try:
        raise ValueError(f"cannot read the mail of {whose}")
    except ValueError:
        structlog.get_logger().exception("reading failed")

    output = capsys.readouterr().err
    assert "ValueError: cannot read the mail of <address>" in output
    assert "test_logs.py" in output
    assert "ada@" not in output  # not in the message, not as the value of a local variable


@pytest.mark.usefixtures("style")
def test_a_request_is_named_by_its_route_and_never_by_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        client = Client(raise_request_exception=False)
        assert client.get("/p/short-token").status_code == 500
        assert client.get("/q/other-token").status_code == 404

    output = capsys.readouterr().err
    assert "Internal Server Error: /p/<str:token>" in output
    assert "Not Found: an address unknown here" in output
    assert "other-token" not in output
    assert "ada@example.com" not in output


@pytest.mark.usefixtures("style")
def test_a_worker_may_name_itself(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("celery@machine ready, mail of xcelery@example.com")

    assert "celery@machine ready, mail of <address>" in capsys.readouterr().err


def test_envelopes_are_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("mail.log").warning("sender: ada")

    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("style")
@pytest.mark.parametrize("detail", ["DETAIL:", "DÉTAIL :", "Detail:"])
def test_a_database_tells_what_it_refused_but_not_the_row(capsys: pytest.CaptureFixture[str], detail: str) -> None:
    try:
        break_a_row(detail)
    except IntegrityError as error:
        structlog.get_logger().exception("reading failed", reason=str(error), error=error)
        logging.getLogger("library").error("gave up: %s", error)
        logging.getLogger("library").error("gave up: %r", error)
        structlog.get_logger().warning("several", exc_info=ExceptionGroup("two failed", [error]))

    output = capsys.readouterr().err
    assert "psycopg.errors.NotNullViolation: null value in column" in output
    assert "django.db.utils.IntegrityError: null value in column" in output  # both halves of the chain
    assert "in break_a_row" in output
    assert output.count("gave up: ") == 2
    assert "Failing row" not in output
    assert "Canary" not in output
    assert "Kanarie" not in output


@pytest.mark.usefixtures("style")
def test_a_request_that_breaks_a_row_does_not_tell_it(capsys: pytest.CaptureFixture[str]) -> None:
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        assert Client(raise_request_exception=False).get("/row").status_code == 500

    output = capsys.readouterr().err
    assert "IntegrityError: null value in column" in output
    assert "Canary" not in output


@pytest.mark.usefixtures("style")
def test_a_task_that_breaks_a_row_does_not_tell_it(capsys: pytest.CaptureFixture[str]) -> None:
    app = Celery("canary", set_as_current=False, broker="memory://")
    task = app.task(break_a_row, name="canary.break_a_row")

    task.apply()

    output = capsys.readouterr().err
    assert "canary.break_a_row" in output
    assert "IntegrityError" in output
    assert "Canary" not in output


@pytest.mark.usefixtures("style")
def test_a_value_a_database_could_not_read_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    whose = "Canary"
    try:
        raise errors.InvalidTextRepresentation(f"invalid input syntax for type uuid: \"{whose}\"\nLINE 1: '{whose}'")
    except errors.InvalidTextRepresentation:
        structlog.get_logger().exception("looking up failed")

    output = capsys.readouterr().err
    assert "invalid input syntax for type uuid: <value>" in output
    assert "Canary" not in output


@pytest.mark.django_db
@pytest.mark.usefixtures("style")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL tells the row it refused.")
@pytest.mark.parametrize("doubled", [False, True])
def test_a_real_refusal_of_postgresql_does_not_tell_the_row(capsys: pytest.CaptureFixture[str], doubled: bool) -> None:
    whose = "canary"
    rows = [Stream(name=whose), Stream(name=whose)] if doubled else [Stream(name=whose, seq=None)]

    with pytest.raises(DatabaseError, match=r"DETAIL: .*canary") as refusal, transaction.atomic():
        Stream.objects.bulk_create(rows)
    structlog.get_logger().error("refused", exc_info=refusal.value, reason=str(refusal.value))

    output = capsys.readouterr().err
    assert "django.db.utils.IntegrityError" in output
    assert "canary" not in output
