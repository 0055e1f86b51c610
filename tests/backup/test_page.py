"""The administrator lands where the last backup stands, or that there is none."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from welfare.models import JobRun

pytestmark = pytest.mark.django_db


def page(address, **person):
    client = Client()
    client.force_login(factories.Person(is_staff=True, **person))
    return client.get(address).content.decode()


def run(hours_ago=1, **columns):
    at = timezone.now() - timedelta(hours=hours_ago)
    day = timezone.localdate(at)
    columns = {"count": 1, "ended_at": at} | columns
    JobRun.objects.create(job="backup", day=day, started_at=at, **columns)
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("address", ["/en/admin/", "/en/desk/"])
def test_nothing_made_is_said_loudly(address):
    text = page(address, is_superuser=True)

    assert "No backup has ever been made." in text
    assert "BACKUP_DIR" in text
    assert "last-backup bad " in text


def test_time_of_the_last_one_is_on_the_admins_first_page(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    at = run()

    text = page("/en/admin/", is_superuser=True)

    assert f"Last backup: {at}." in text
    assert 'last-backup"' in text
    assert "last-backup" not in page("/en/desk/", is_superuser=True)


@pytest.mark.parametrize("address", ["/en/admin/", "/en/desk/"])
def test_failure_is_said_loudly_beside_the_last_good_one(address):
    made, failed = run(25), run(0, count=0, ended_at=None, failure="DiskFull")

    text = page(address, is_superuser=True)

    assert f"The backup of {failed} failed (DiskFull)." in text
    assert f"Last backup: {made}." in text


@pytest.mark.parametrize("address", ["/en/admin/", "/en/desk/"])
def test_old_one_is_said_loudly(address):
    run(31)

    assert "too long ago" in page(address, is_superuser=True)


@pytest.mark.parametrize("address", ["/en/admin/", "/en/desk/"])
def test_nobody_else_is_bothered(address):
    assert "last-backup" not in page(address)
