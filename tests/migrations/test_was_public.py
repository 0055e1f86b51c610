"""Committees that were public before there was a mark get it, and those above them."""

from importlib import import_module

import pytest
from django.apps import apps

from items.models import Committee
from tests import factories
from tests.items.published import without_guards

pytestmark = pytest.mark.django_db

MIGRATION = import_module("items.migrations.0015_was_public")


def test_those_with_published_lists_and_those_above_are_marked():
    top = factories.Committee(slug="top")
    plant = factories.Committee(slug="plant", parent=factories.Committee(slug="mid", parent=top))
    factories.publish(factories.Item(list__committee=plant).list)
    factories.Item(list__committee=factories.Committee(slug="draft", parent=top))
    without_guards()
    Committee.objects.update(was_public=False)

    MIGRATION.mark(apps, None)

    marked = Committee.objects.filter(was_public=True).order_by()
    assert set(marked.values_list("slug", flat=True)) == {"top", "mid", "plant"}
