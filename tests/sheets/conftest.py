"""What the tests of sheets share."""

import pytest
from django.utils import translation


@pytest.fixture
def english():
    """Speak English, whose sentences the code itself holds."""
    with translation.override("en"):
        yield
