"""What the tests of the public pages share."""

import pytest

from tests.live_rows import no_live_rows


@pytest.fixture(autouse=True)
def _no_live_rows():
    """Let no template get rows in place of shapes."""
    with no_live_rows():
        yield
