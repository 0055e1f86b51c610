import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def _site_of_test_pages(settings):
    settings.ROOT_URLCONF = "tests.welfare.urls"


@pytest.fixture
def visitor():
    """Return a client that gets a 500 as a browser does, as a page."""
    return Client(raise_request_exception=False)
