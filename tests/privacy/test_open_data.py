"""A token in every private field, looked for in every byte of open data."""

import pytest
import time_machine
from django.test import Client

from tests.factories import NOW
from tests.privacy import crawling, tokens
from tests.privacy.crawling import Crawler
from tests.test_access import DATA

pytestmark = [pytest.mark.crawl, pytest.mark.django_db]


@pytest.fixture(scope="module")
def answers(told_of_the_file):
    """Return all of open data beside a secret in everything that no visitor may see."""
    tokens.write_private()
    with time_machine.travel(NOW, tick=False):
        crawler = Crawler(Client(raise_request_exception=False))
        for path in dict.fromkeys(DATA):
            crawler.ask(path)
    return crawler.answers


def test_nothing_private_is_in_open_data(answers):
    assert len(answers) > 15
    assert tokens.seen(answers, tokens.PRIVATE, tokens.NAME) == {}
    assert crawling.failures(answers) == []
