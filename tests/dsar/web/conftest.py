"""Who sits at the desk in these tests."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import factories

As = Callable[[str], Client]


@pytest.fixture
def as_(db: None) -> As:
    """A browser in which this member of staff is signed in; "" for nobody."""

    def signed_in(username: str) -> Client:
        factories.installation()
        client = Client()
        if username:
            client.force_login(factories.staff(username))
        return client

    return signed_in
