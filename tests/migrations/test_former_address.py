"""Addresses that changed before anything remembered them are taken out of the history."""

from importlib import import_module

import pytest
from django.apps import apps

from items.models import Committee, FormerAddress
from tests import factories
from tests.items.published import without_guards

pytestmark = pytest.mark.django_db

MIGRATION = import_module("items.migrations.0003_former_address")


def renamed(first, *slugs):
    """Return a committee that changes its address as it could before."""
    committee = factories.Committee(slug=first)
    for slug in slugs:
        Committee.objects.filter(pk=committee.pk).update(slug=slug)
        committee.slug = slug
        Committee.history.bulk_history_create([committee], update=True)
    return committee


def test_history_gives_the_former_addresses():
    without_guards()
    plant = renamed("one", "two", "three", "two")
    other = renamed("four", "one", "five")  # it took over what the first one had
    back = renamed("six", "seven", "six")
    renamed("eight", "nine").delete()

    MIGRATION.remember(apps, None)

    former = dict(FormerAddress.objects.values_list("slug", "committee"))
    assert former == {"three": plant.pk, "one": other.pk, "four": other.pk, "seven": back.pk}
