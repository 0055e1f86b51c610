"""Names and titles hold only what can be seen, on whatever road they come."""

import unicodedata

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from hypothesis import given
from hypothesis import strategies as st
from zeal import zeal_ignore

from items import actions
from items.actions.draft import Draft
from items.errors import Refused
from items.models import Committee, Item, ItemList, Organisation, Person, Photo, Post, Spot, Unit
from items.models.line import Line
from items.words import Words, clean, one_line, visible
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import ACTS, fresh

SIGNS = "\u202e\u2066\u200b\u200e\u061c\ufeff\u00ad\x00\u2060"
DIRTY = f"{SIGNS}更换{SIGNS}座椅 Cafe\u0301{SIGNS}"
SEEN = "更换座椅 Café"


@given(st.text())
def test_what_is_visible_stays_as_it_is(text):
    for read in (visible, clean, one_line):
        once = read(text)
        assert read(once) == once
        assert unicodedata.is_normalized("NFC", once)


def test_signs_go_and_emoji_stay():
    assert one_line(DIRTY) == SEEN
    assert visible("好👨\u200d👩\u200d👧") == "好👨\u200d👩\u200d👧"
    assert visible("第一行\r\n\r\n第二行") == "第一行\n\n第二行"


# Copies of a name as it was at the time: they are made of rows, and have to be the same.
COPIES = {"entrywords", "closingname", "casefile", "caselook", "sitevisit", "suggestionentry"}
COPIES |= {"broughtin"}  # what a sheet says, cleaned as it is read
NAMES = {"name", "name_en", "title", "title_en", "short_name", "short_name_en", "programme"}
NAMES |= {"programme_en", "what", "team", "location"}


def test_each_column_of_a_name_is_a_line():
    columns = {
        f"{model._meta.model_name}.{field.name}": type(field)
        for model in apps.get_app_config("items").get_models()
        if model._meta.model_name not in COPIES and "historical" not in model._meta.model_name
        for field in model._meta.concrete_fields
        if field.name in NAMES and isinstance(field, models.CharField)
    }
    assert len(columns) > 20
    assert {name for name, kind in columns.items() if kind is not Line} == set()


def test_column_is_the_same_in_the_database():
    _name, path, _args, kwargs = Line(max_length=5).deconstruct()
    assert (path, kwargs) == ("django.db.models.CharField", {"max_length": 5})


@pytest.mark.django_db
@pytest.mark.parametrize("make", ["save", "create", "bulk_create"])
def test_row_is_made_without_them(make):
    committee = factories.Committee()
    row = Unit(committee=committee, name=DIRTY)
    if make == "save":
        row.save()
    elif make == "create":
        row = Unit.objects.create(committee=committee, name=DIRTY)
    else:
        Unit.objects.bulk_create([row])

    assert (row.name, Unit.objects.get().name) == (SEEN, SEEN)


@pytest.mark.django_db
def test_row_that_is_there_already_is_not_touched_by_a_save():
    # It may stand on published lists, where only an entry changes it.
    unit, dirty = factories.Unit(), "车\u200b间"
    Unit.objects.update(name=dirty)

    row = fresh(unit)
    row.save()

    assert fresh(unit).name == dirty


# The roads


@pytest.mark.django_db
def test_command():
    names = {"name": DIRTY, "organisation": DIRTY, "slug": "plant"}
    call_command("start_committee", **names, verbosity=0)
    for _time in range(2):  # the second time the post is there, and is found
        call_command("appoint", DIRTY, committee="plant", name=DIRTY, by="office")

    assert Committee.objects.get().name == SEEN
    assert Organisation.objects.get().name == SEEN
    assert Post.objects.get().name == SEEN
    assert set(Person.objects.exclude(username="office").values_list("name", flat=True)) == {SEEN}


@pytest.mark.django_db
def test_draft_and_import():
    item_list = factories.ItemList()
    draft = Draft(fields={"title": DIRTY, "title_en": DIRTY}, measures=[Words(DIRTY)])
    actions.write_draft(item_list, 1, draft, by=factories.office(item_list.committee), now=NOW)

    item = Item.objects.get()
    assert (item.title, item.title_en) == (SEEN, SEEN)


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["title", "title_en", "problem"])
def test_correction_says_in_the_entry_what_the_row_says(field):
    item = factories.published_item()
    office = factories.office_of(item)

    entry = actions.correct_item(item, by=office, field=field, value=DIRTY, reason="错字", now=NOW)

    assert getattr(fresh(item), field) == entry.words.new == SEEN


@pytest.mark.django_db
def test_name_that_only_signs_tell_apart_is_the_same():
    item = factories.published_item()
    office = factories.office_of(item)
    dirty = "\u200b".join(item.title)

    with pytest.raises(Refused):
        actions.correct_item(item, by=office, field="title", value=dirty, reason="错字", now=NOW)


@pytest.mark.django_db
def test_renaming():
    item = factories.published_item()
    who = {"committee": item.list.committee, "by": factories.office_of(item), "reason": "机构调整"}

    (entry,) = actions.rename(item.owner_post, Words(DIRTY, DIRTY), now=NOW, **who)

    assert (entry.words.new, entry.words.new_en) == (SEEN, SEEN)
    assert fresh(item.owner_post).words == Words(SEEN, SEEN)
    with pytest.raises(Refused):
        actions.rename(item.owner_post, Words(f"{SEEN}\u200b", SEEN), now=NOW, **who)


@pytest.mark.django_db
def test_what_acts_write():
    item = ACTS["deliver"].ready()
    ACTS["deliver"](item, what=DIRTY, team=DIRTY, received_by=DIRTY)
    ACTS["plan_occasion"](fresh(item), what=DIRTY, on=TODAY)
    factories.photo(fresh(item), words=DIRTY, side="before", spot_title=DIRTY)

    delivery, occasion = item.deliveries.get(), item.occasions.get()
    assert (delivery.what, delivery.team, delivery.received_by) == (SEEN,) * 3
    assert (occasion.what, Photo.objects.get().words, Spot.objects.get().title) == (SEEN,) * 3
    for entry in item.entries.select_related("words"):
        assert not set(SIGNS) & set(entry.words.text)


@pytest.mark.django_db
def test_nothing_but_signs_is_nothing():
    item = ACTS["claim"].ready()

    with pytest.raises(Refused):
        ACTS["claim"](item, note=SIGNS)
    with pytest.raises(Refused):
        actions.correct_item(
            item, by=factories.office_of(item), field="title", value=SIGNS, reason="错", now=NOW
        )


# From outside


@pytest.mark.django_db
@pytest.mark.parametrize("road", ["admin", "desk"])
def test_page(client, road):
    item = factories.Item()
    office = factories.office_of(item)
    office.is_staff = True
    office.save()
    client.force_login(office)
    sent = {"committee": item.list.committee.pk, "year": 2027, "slug": "next"}
    sent |= {"name": DIRTY, "name_en": DIRTY, "programme": DIRTY}
    path = {"admin": "/admin/items/itemlist/add/", "desk": "/desk/lists/new/"}[road]

    with zeal_ignore():
        client.post(path, sent)

    made = ItemList.objects.get(slug="next")
    assert (made.name, made.name_en, made.programme) == (SEEN, SEEN, SEEN)


@pytest.mark.django_db
@pytest.mark.parametrize("road", ["admin", "desk"])
def test_name_of_signs_alone_is_refused_in_our_words(client, road):
    item = factories.Item()
    office = factories.office_of(item)
    office.is_staff = True
    office.save()
    client.force_login(office)
    sent = {"committee": item.list.committee.pk, "year": 2027, "slug": "next", "name": SIGNS}
    path = {"admin": "/admin/items/itemlist/add/", "desk": "/desk/lists/new/"}[road]

    with zeal_ignore():
        answer = client.post(path, sent)

    assert answer.status_code in (200, 422)
    assert not ItemList.objects.filter(slug="next").exists()
