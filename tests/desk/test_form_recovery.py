"""Form recovery at the desk: what was typed comes back, and nothing is half-written."""

import pytest
from django.test import Client

from tests import factories
from tests.desk.sending import address, said, text_of

pytestmark = pytest.mark.django_db

FROM_HERE = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}


def test_lost_login_gives_the_words_back(client):
    item = factories.item_at("in_progress")
    sent = said("report_progress", item, text="写了半天的话")

    response = client.post(address(item, "report_progress"), sent, headers=FROM_HERE)

    page = response.content.decode()
    assert response.status_code == 403
    assert "写了半天的话" in page
    assert "办了什么" in text_of(response)  # the form's own label
    assert f'name="version" value="{item.version}"' in page
    assert item.entries.filter(verb="report_progress").count() == 0


def test_expired_form_gives_the_words_back():
    item = factories.item_at("in_progress")
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.owner_of(item))
    sent = said("report_progress", item, text="写了半天的话")

    response = client.post(address(item, "report_progress"), sent, headers=FROM_HERE)

    assert response.status_code == 403
    assert "写了半天的话" in response.content.decode()


def test_another_site_gets_no_word_back():
    item = factories.item_at("in_progress")
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.owner_of(item))
    elsewhere = {"sec-fetch-site": "cross-site", "origin": "http://elsewhere.example"}

    response = client.post(
        address(item, "report_progress"),
        said("report_progress", item, text="别处来的"),
        headers=elsewhere,
    )

    assert response.status_code == 403
    assert "别处来的" not in response.content.decode()
