"""An address that a committee has or had is its own for ever: by the models, commands and SQL."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from items.guards.conditions import ADDRESS
from items.management.acting import committee_of
from items.models import Committee, FormerAddress
from tests import factories
from tests.items.published import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    """Return a committee that was called `one` and is called `two`."""
    committee = factories.Committee(slug="one")
    rename(committee, "two")
    return committee


def rename(committee, slug):
    committee.slug = slug
    committee.save()


def former():
    return {row.slug: row.committee for row in FormerAddress.objects.select_related("committee")}


def test_each_address_is_remembered_once(committee):
    for slug in ("three", "one", "two", "one"):
        rename(committee, slug)

    assert former() == dict.fromkeys(["one", "two", "three"], committee)
    assert [row.slug for row in committee.history.all()][:2] == ["one", "two"]


@pytest.mark.parametrize(
    "save",
    [
        lambda committee: committee.save(update_fields=["slug", "name"]),
        lambda committee: Committee(pk=committee.pk, **columns(committee)).save(),
        lambda committee: Committee(pk=committee.pk, **columns(committee)).save(force_update=True),
        lambda committee: Committee.objects.update_or_create(
            pk=committee.pk, defaults={"slug": committee.slug}
        ),
    ],
    ids=["some fields", "by its key", "forced", "update_or_create"],
)
def test_every_way_to_save_remembers(committee, save):
    committee.slug = "three"

    save(committee)

    assert Committee.objects.get().slug == "three"
    assert former() == {"one": committee, "two": committee}


def columns(committee):
    return {"slug": committee.slug, "name": "新名", "organisation": committee.organisation}


@pytest.mark.parametrize(
    "save",
    [
        lambda committee: committee.save(update_fields=["name"]),
        lambda committee: Committee.objects.defer("slug").get().save(),
    ],
    ids=["other fields", "not read"],
)
def test_address_that_is_not_saved_is_not_given_up(committee, save):
    committee.slug = "three"

    save(committee)

    assert Committee.objects.get().slug == "two"
    assert former() == {"one": committee}


def test_nothing_is_remembered_of_a_save_that_failed(committee):
    factories.Committee(slug="three")

    with pytest.raises(IntegrityError), transaction.atomic():
        rename(committee, "three")

    assert former() == {"one": committee}


def test_restored_history_remembers(committee):
    committee.history.last().instance.save()

    assert Committee.objects.get().slug == "one"
    assert former() == {"one": committee, "two": committee}


@pytest.mark.parametrize("of", ["new", "there"])
def test_former_address_of_another_is_refused_in_words(committee, of):
    row = factories.Committee() if of == "there" else factories.Committee.build()
    row.organisation, row.slug = committee.organisation, "one"

    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert list(refused.value.message_dict) == ["slug"]
    sentence = refused.value.message_dict["slug"][0]
    assert "one" in sentence
    assert committee.name in sentence
    row.full_clean(exclude=["slug"])


def test_own_former_address_is_free(committee):
    committee.slug = "one"

    committee.full_clean()


def test_command_refuses_a_former_address(committee):
    said = {"slug": "one", "name": "新党委", "organisation": "新厂"}

    with pytest.raises(CommandError, match=committee.name):
        call_command("start_committee", **said)

    assert Committee.objects.count() == 1


def test_command_finds_a_committee_by_a_former_address(committee):
    assert committee_of("one") == committee_of("two") == committee
    with pytest.raises(CommandError, match="two"):
        committee_of("none")


@pytest.mark.parametrize(
    "change",
    [
        lambda committee: Committee.objects.update(slug="three"),
        lambda committee: Committee.objects.bulk_update([renamed(committee)], ["slug"]),
        lambda committee: models.Model.save_base(renamed(committee), raw=True),
        lambda committee: factories.Committee(slug="one"),
        lambda committee: rename(factories.Committee(), "one"),
        lambda committee: Committee.objects.bulk_create(
            [Committee(slug="one", name="新", organisation=committee.organisation)]
        ),
        lambda committee: FormerAddress.objects.update(slug="three"),
        lambda committee: FormerAddress.objects.update(committee=factories.Committee()),
        lambda committee: FormerAddress.objects.all().delete(),
        lambda committee: FormerAddress.objects.create(committee=committee, slug="never-had"),
        lambda committee: FormerAddress.objects.create(
            committee=committee, slug=factories.Committee().slug
        ),
        lambda committee: Committee.objects.filter(pk=committee.pk)._raw_delete("default"),
    ],
    ids=[
        "update",
        "bulk_update",
        "raw",
        "new",
        "taken over",
        "bulk_create",
        "changed",
        "given away",
        "forgotten",
        "never had",
        "of another",
        "raw delete",
    ],
)
def test_database_refuses_every_other_road(committee, change):
    with pytest.raises(IntegrityError, match=ADDRESS), transaction.atomic():
        change(committee)

    assert former() == {"one": committee}


def renamed(committee):
    committee.slug = "three"
    return committee


def test_committee_with_a_former_address_is_not_deleted(committee):
    with pytest.raises(ProtectedError):
        committee.delete()


def test_committee_that_kept_its_address_is_deleted():
    factories.Committee().delete()

    assert not Committee.objects.exists()


def test_address_of_another_is_not_written_over(committee):
    # SQLite can do that without a DELETE; on PostgreSQL the guard is before the unique index.
    factories.Committee(slug="three")
    FormerAddress.objects.create(committee=committee, slug="two")
    replace = " OR REPLACE" if connection.vendor == "sqlite" else ""

    with pytest.raises(IntegrityError, match=ADDRESS):
        run(f"UPDATE{replace} items_committee SET slug = 'three' WHERE slug = 'two'")
