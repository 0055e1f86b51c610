"""To which committee a suggestion goes."""

import pytest

from tests import factories
from tests.suggestions.phone import WORDS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("to", ["\0", "没有", "a b", "x" * 300, "'"])
def test_committee_that_cannot_be_is_none(client, to):
    factories.call(factories.Committee())
    factories.call(factories.Committee())

    assert client.get("/suggest/", {"to": to}).status_code == 200
    assert client.post("/suggest/", {"to": to, "words": WORDS}).status_code == 422
