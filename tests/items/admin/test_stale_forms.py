"""No form of the admin takes back what others saved since it was shown."""

import pytest
from django.contrib import admin

from items.admin import seen
from items.models import (
    Assessment,
    CalendarDay,
    Category,
    Committee,
    Entry,
    Item,
    ItemList,
    LookBack,
    LookBackDraw,
    Organisation,
    Person,
    Place,
    Post,
    Review,
    Role,
    Theme,
    Unit,
    VerdictRound,
)
from tests import factories
from tests.factories import TODAY
from tests.items.admin.forms import messages_of, page, shown

pytestmark = pytest.mark.django_db

# By model: who changes its rows here, how a row is made, and a field that both change.
ROWS = {
    Organisation: ("superuser", lambda item: item.list.committee.organisation, "name_en"),
    Committee: ("superuser", lambda item: item.list.committee, "name_en"),
    Item: ("office", lambda item: item, "title"),
    ItemList: ("office", lambda item: item.list, "name"),
    Unit: ("office", lambda item: factories.Unit(committee=item.list.committee), "name"),
    Place: ("office", lambda item: factories.Place(committee=item.list.committee), "name"),
    Theme: ("office", lambda item: factories.Theme(committee=item.list.committee), "name"),
    Category: ("office", lambda item: factories.Category(committee=item.list.committee), "name"),
    Person: ("administrator", lambda item: factories.Person(), "name"),
    Post: ("administrator", lambda item: item.owner_post, "name"),
    CalendarDay: ("superuser", lambda item: calendar_day(), "name"),
}
# Roles are given and taken; the others are written by acts and the clock.
ONLY_READ = {Role, Entry, VerdictRound, Review, LookBack, LookBackDraw, Assessment}
walk = pytest.mark.parametrize("model", ROWS)


def calendar_day():
    return CalendarDay.objects.create(day=TODAY, kind="day_off", name="厂休")


def test_each_admin_is_walked():
    assert set(admin.site._registry) == set(ROWS) | ONLY_READ


@pytest.fixture
def opened(request, model, item):
    """Return a browser, a row, its form as shown, and the field that a colleague has changed."""
    who, make, field = ROWS[model]
    client, row = request.getfixturevalue(who), make(item)
    sent = shown(client, page(row))
    change(row, **{field: "同事写的"})
    return client, row, sent, field


def change(row, **columns):
    """Change a row as somebody else does meanwhile, on whatever road."""
    other = type(row)._base_manager.get(pk=row.pk)
    for name, value in columns.items():
        setattr(other, name, value)
    other.save()


def says(row, field):
    return getattr(type(row)._base_manager.get(pk=row.pk), field)


@walk
def test_stale_form_changes_nothing_and_keeps_what_was_typed(opened):
    client, row, sent, field = opened

    answer = client.post(page(row), sent | {field: "我写的"})

    assert answer.status_code == 409
    assert says(row, field) == "同事写的"
    content = answer.content.decode()
    assert "我写的" in content
    assert "同事写的" in content


@walk
def test_form_without_what_was_seen_is_stale(opened):
    client, row, sent, field = opened
    sent.pop("seen")

    assert client.post(page(row), sent).status_code == 409
    assert says(row, field) == "同事写的"


@walk
def test_without_the_lock_the_colleague_is_overwritten(opened, monkeypatch):
    # The negative control.
    monkeypatch.setattr(seen, "digest_of", lambda row: "")
    client, row, sent, field = opened

    assert client.post(page(row), sent | {"seen": ""}).status_code == 302
    assert says(row, field) != "同事写的"


@walk
def test_second_sending_is_taken_once_one_has_seen(opened):
    client, row, sent, field = opened
    answer = client.post(page(row), sent | {field: "我写的"})
    again = answer.context["adminform"].form

    answer = client.post(page(row), sent | {field: "我写的", "seen": again["seen"].value()})

    taken = type(row) is not Item  # an item has lines, which the page can't set side by side
    assert answer.status_code == (302 if taken else 409)
    assert says(row, field) == ("我写的" if taken else "同事写的")


@walk
def test_stale_page_deletes_nothing(opened):
    client, row, _sent, _field = opened
    asked = client.get(page(row, "delete"))
    if asked.status_code == 403 or "seen" not in asked.content.decode():
        return  # nobody deletes it here, or something holds on to it
    change(row, **{ROWS[type(row)][2]: "又改了"})

    sent = {"post": "yes", "seen": asked.context["seen"]}
    answer = client.post(page(row, "delete"), sent, follow=True)

    assert type(row)._base_manager.filter(pk=row.pk).exists()
    assert len(messages_of(answer)) == 2


def test_closed_account_stays_closed(administrator):
    person = factories.Person(name="李明")
    sent = shown(administrator, page(person)) | {"name": "李小明"}
    change(person, is_active=False)

    answer = administrator.post(page(person), sent)

    assert answer.status_code == 409
    assert says(person, "is_active") is False
    assert "现在是：否" in answer.content.decode()


def test_login_meanwhile_makes_no_form_stale(administrator):
    person = factories.Person()
    sent = shown(administrator, page(person)) | {"name": "李小明"}
    change(person, last_login=factories.NOW)

    assert administrator.post(page(person), sent).status_code == 302


def test_removed_helper_stays_removed(administrator, committee):
    unit, helper = factories.Unit(committee=committee), factories.Person()
    factories.Role(person=helper, committee=committee, kind="union_officer")
    unit.helpers.add(helper)
    sent = shown(administrator, page(unit))
    unit.helpers.clear()

    assert administrator.post(page(unit), sent).status_code == 409
    assert not unit.helpers.exists()


def test_stale_page_appoints_nobody(administrator, item):
    post, mine = item.owner_post, factories.Person()
    address = page(post, "appoint")
    seen_then = administrator.get(address).context["form"]["seen"].value()
    factories.vacate(post)
    sent = {"person": mine.pk, "since": TODAY.isoformat(), "seen": seen_then}

    answers = [administrator.post(address, sent | typed) for typed in ({}, {"seen": ""})]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert Post.objects.get(pk=post.pk).holder(TODAY) is None
    assert answers[0].context["form"]["seen"].value() == 0


def test_stale_page_publishes_nothing(office, item):
    seen_then = office.get(page(item.list)).context["seen"]
    change(item.list, name="同事写的")

    answer = office.post(page(item.list, "publish"), {"seen": seen_then}, follow=True)

    assert ItemList.objects.get().is_draft
    assert len(messages_of(answer)) == 2


def test_new_password_takes_back_nothing_else(superuser, monkeypatch):
    # Between reading the account and saving it, somebody else closes it.
    person = factories.Person()
    is_valid = admin.site._registry[Person].change_password_form.is_valid

    def slow(form):
        change(person, is_active=False)
        return is_valid(form)

    form = admin.site._registry[Person].change_password_form
    monkeypatch.setattr(form, "is_valid", slow)
    sent = {"password1": "quite a long one", "password2": "quite a long one"}
    sent |= {"usable_password": "true", "set-password": "1"}

    superuser.post(f"/admin/items/person/{person.pk}/password/", sent)

    assert Person.objects.get(pk=person.pk).check_password("quite a long one")
    assert says(person, "is_active") is False
