"""An address that a committee has or had is its own for ever: by the models, commands and SQL."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from items.errors import Refused
from items.guards import triggers
from items.guards.conditions import ADDRESS, UNWRITTEN
from items.management.acting import committee_of
from items.models import Committee, FormerAddress, ItemList
from tests import factories
from tests.items.published import run, without_guards

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


# Of a committee that is known through those below it alone


@pytest.fixture
def tree():
    """Return group, company and plant; only the plant has published a list, and has moved away."""
    group = factories.Committee(slug="group")
    company = factories.Committee(slug="company", parent=group)
    plant = factories.Committee(slug="plant", parent=company)
    factories.publish(factories.Item(list__committee=plant).list)
    plant = Committee.objects.get(pk=plant.pk)
    plant.parent = None
    plant.save()
    return group, company, plant


def marked():
    return set(Committee.objects.filter(was_public=True).values_list("slug", flat=True))


def test_publishing_marks_those_above(tree):
    factories.Committee(slug="another", parent=tree[0])

    assert marked() == {"group", "company", "plant"}


@pytest.mark.parametrize("one", [0, 1, 2])
def test_committee_whose_pages_were_public_is_not_deleted(tree, one):
    Committee.objects.filter(slug="company").update(parent=None)

    with pytest.raises(Refused, match=tree[one].name):
        tree[one].delete()
    for delete in (
        lambda row: Committee.objects.filter(pk=row.pk)._raw_delete("default"),
        lambda row: Committee.objects.filter(pk=row.pk).delete(),
        lambda row: run(f"DELETE FROM items_committee WHERE id = {row.pk}"),
        lambda row: run(f"UPDATE items_committee SET was_public = FALSE WHERE id = {row.pk}"),
    ):
        with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
            delete(tree[one])
    assert marked() == {"group", "company", "plant"}


def test_its_address_is_nobody_elses(tree):
    group, company, _plant = tree
    rename(group, "holding")

    for slug in ("group", "holding"):
        with pytest.raises(IntegrityError), transaction.atomic():
            rename(company, slug)
    assert Committee.objects.get(pk=group.pk).was_public


def test_committee_without_anything_public_below_is_deleted():
    above = factories.Committee(slug="above")
    factories.Item(list__committee=factories.Committee(parent=above))  # a draft list
    Committee.objects.filter(parent=above).update(parent=None)

    above.delete()

    assert not Committee.objects.filter(slug="above").exists()


def test_moving_under_another_marks_it_and_those_above(tree):
    plant = tree[2]
    above = factories.Committee(slug="top")
    plant.parent = factories.Committee(slug="new", parent=above)
    plant.save()

    assert marked() == {"group", "company", "plant", "new", "top"}


def test_database_lets_none_stand_below_one_without_the_mark(tree):
    new = factories.Committee(slug="new")

    with pytest.raises(IntegrityError, match=ADDRESS):
        run(f"UPDATE items_committee SET parent_id = {new.pk} WHERE slug = 'plant'")


def test_database_publishes_no_list_of_a_committee_without_the_mark():
    item = factories.published_item()
    without_guards()
    Committee.objects.update(was_public=False)
    ItemList.objects.filter(pk=item.list_id).update(status="draft")
    triggers.install(connection)

    with pytest.raises(IntegrityError, match=UNWRITTEN):
        run(f"UPDATE items_itemlist SET status = 'published' WHERE id = {item.list_id}")


def test_one_who_read_it_before_does_not_take_the_mark_away(tree):
    group = tree[0]
    assert not group.was_public  # as it was read

    group.stale_after_days = 9
    group.save()

    assert "group" in marked()
    group.history.last().instance.save()  # as somebody restores what it said once
    assert "group" in marked()
