"""Accounts, committees, posts, look-ups and roles: kept by administrators, with history."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.admin.post import holding_of
from items.admin.seen import digest_of
from items.models import Category, Entry, Holding, Person, Post, Role, Unit
from tests import factories
from tests.factories import TODAY
from tests.items.admin.forms import delete, messages_of, page, shown

pytestmark = pytest.mark.django_db
PASSWORD = "a long password of 2026"


def test_administrator_makes_an_account_without_a_login(administrator):
    sent = {"username": "zhou", "name": "周振华", "usable_password": "false"}

    response = administrator.post("/admin/items/person/add/", sent)

    assert response.status_code == 302, response.context["errors"]
    made = Person.objects.get(username="zhou")
    assert (made.name, made.has_usable_password(), made.is_staff) == ("周振华", False, False)


def test_administrator_makes_an_account_with_a_password(administrator):
    sent = {"username": "zhou", "name": "周振华", "usable_password": "true"}
    sent |= {"password1": PASSWORD, "password2": PASSWORD}

    administrator.post("/admin/items/person/add/", sent)

    assert Person.objects.get(username="zhou").check_password(PASSWORD)


def test_administrator_sets_a_password(administrator):
    person = factories.Person()
    sent = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}

    administrator.post(f"/admin/items/person/{person.pk}/password/", sent)

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize(("who", "made"), [("administrator", False), ("superuser", True)])
def test_only_a_superuser_makes_a_superuser(who, made, request):
    client, person = request.getfixturevalue(who), factories.Person()
    sent = {"username": person.username, "name": "新名字", "is_active": "on", "is_superuser": "on"}
    sent |= {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0, "seen": digest_of(person)}

    response = client.post(page(person), sent)

    person.refresh_from_db()
    assert response.status_code == 302, response.context["errors"]
    assert (person.name, person.is_superuser) == ("新名字", made)


@pytest.mark.parametrize("whose", ["superuser", "office of another committee"])
def test_administrator_reaches_no_account_of_more_rights(administrator, whose):
    person = factories.Person(is_superuser=whose == "superuser")
    if whose != "superuser":
        factories.Role(person=person)
    sent = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}

    response = administrator.post(f"/admin/items/person/{person.pk}/password/", sent)

    person.refresh_from_db()
    assert response.status_code in (302, 403, 404)
    assert not person.check_password(PASSWORD)


def test_nobody_deletes_an_account(superuser):
    person = factories.Person()

    assert superuser.post(page(person, "delete"), {"post": "yes"}).status_code == 403


def test_administrator_gives_a_role_with_history(administrator, committee):
    person = factories.Person()
    sent = {"person": person.pk, "committee": committee.pk, "kind": "office"}

    administrator.post("/admin/items/role/add/", sent)

    role = Role.objects.get(person=person)
    assert role.history.get().history_user == administrator.person


def test_administrator_gives_no_role_elsewhere_nor_to_themselves(administrator, committee):
    elsewhere = factories.Committee()
    for person, where in [
        (factories.Person(), elsewhere),
        (administrator.person, committee),
    ]:
        sent = {"person": person.pk, "committee": where.pk, "kind": "office"}
        response = administrator.post("/admin/items/role/add/", sent)
        assert response.context["adminform"].form.errors

    own = administrator.person.roles.get()
    assert administrator.post(page(own, "delete"), {"post": "yes"}).status_code == 403
    assert Role.objects.get() == own


@pytest.mark.parametrize("who", ["administrator", "office"])
def test_look_up_is_changed_with_history(who, request, committee):
    client, unit = request.getfixturevalue(who), factories.Unit(committee=committee)

    client.post(page(unit), shown(client, page(unit)) | {"name": "一车间", "helpers": []})

    record = unit.history.first()
    assert (record.name, record.history_type) == ("一车间", "~")
    assert record.history_user == client.person
    page_of_history = client.get(page(unit, "history")).content.decode()
    assert "一车间" in page_of_history
    assert unit.name in page_of_history
    assert "style=" not in page_of_history


def test_deleting_leaves_history(administrator, committee):
    category = factories.Category(committee=committee)

    delete(administrator, category)

    assert not Category.objects.exists()
    assert Category.history.first().history_type == "-"


def test_supervisor_of_a_published_item_becomes_no_helper(administrator, committee, item):
    unit = factories.Unit(committee=committee)
    item.unit_shares.create(unit=unit, role="lead")
    factories.publish(item.list)
    checker = item.supervisor_post.holder(TODAY)

    sent = shown(administrator, page(unit)) | {"helpers": [checker.pk]}
    response = administrator.post(page(unit), sent)

    assert "helpers" in response.context["adminform"].form.errors
    assert not unit.helpers.exists()


def test_wrong_person_changes_no_look_up(sign_in, committee):
    unit = factories.Unit(committee=committee)
    sent = {"committee": committee.pk, "name": "别的", "kind": "other"}
    for client in [
        sign_in("auditor"),
        sign_in(),
        sign_in("office", at=factories.Committee()),
        sign_in("administrator", at=factories.Committee()),
        sign_in("office", is_staff=False),
    ]:
        for verb, typed in {"change": sent, "delete": {"post": "yes"}}.items():
            typed |= {"seen": digest_of(unit)}
            assert client.post(page(unit, verb), typed).status_code in (302, 403)

    unit.refresh_from_db()
    assert unit.name != "别的"


@pytest.mark.parametrize("model", ["organisation", "committee"])
def test_committee_administrator_makes_no_committee(administrator, model):
    assert administrator.get(f"/admin/items/{model}/").status_code == 200
    assert administrator.post(f"/admin/items/{model}/add/", {"name": "新"}).status_code == 403


def appoint(client, post, person):
    sent = {"person": person.pk, "since": TODAY.isoformat(), "reason": "", "seen": holding_of(post)}
    return client.post(page(post, "appoint"), sent, follow=True)


@pytest.mark.parametrize("who", ["administrator", "superuser"])
def test_administrator_appoints_before_publication(who, request, item):
    client, person = request.getfixturevalue(who), factories.Person()

    response = appoint(client, item.owner_post, person)

    assert len(messages_of(response)) == 1
    assert Post.objects.get(pk=item.owner_post.pk).holder(TODAY) == person


@pytest.mark.parametrize("who", ["administrator", "superuser", "office"])
def test_nobody_appoints_here_after_publication(who, request, item):
    client = request.getfixturevalue(who)
    factories.publish(item.list)
    before, entries = list(Holding.objects.values()), Entry.objects.count()

    response = appoint(client, item.owner_post, factories.Person())
    content = client.get(page(item.owner_post)).content.decode()

    assert response.status_code == 403 or response.context["refusal"]
    assert "/appoint/" not in content
    assert (list(Holding.objects.values()), Entry.objects.count()) == (before, entries)


def test_refused_appointment_is_a_sentence(administrator, item):
    checker = item.supervisor_post.holder(TODAY)

    response = appoint(administrator, item.owner_post, checker)

    assert response.context["form"].non_field_errors()
    assert item.owner_post.holder(TODAY) != checker


def test_holders_are_only_read(administrator, item):
    post = item.owner_post
    sent = shown(administrator, page(post)) | {"holdings-0-person": factories.Person().pk}
    before = list(Holding.objects.values())

    administrator.post(page(post), sent | {"name": "新岗位"})

    assert list(Holding.objects.values()) == before
    assert Post.objects.get(pk=post.pk).name == "新岗位"


def test_leaders_mark_is_frozen_by_publication(administrator, item):
    factories.publish(item.list)
    sent = shown(administrator, page(item.owner_post))
    sent.pop("is_leader", None)

    administrator.post(page(item.owner_post), sent)

    assert Post.objects.get(pk=item.owner_post.pk).is_leader


def shown_rows(item):
    """Return a row of each kind that a published list shows by name."""
    committee, owner = item.list.committee, factories.owner_of(item)
    share = item.unit_shares.get()
    rows = [item.owner_post, share.unit, item.place, item.category, item.theme]
    return [*rows, committee, committee.organisation, owner]


def test_names_that_a_published_list_shows_are_kept_by_its_office(superuser):
    committee = factories.Committee(show_names=True)
    of = {"committee": committee}
    looked_up = {
        "place": factories.Place(**of),
        "category": factories.Category(**of),
        "theme": factories.Theme(**of),
    }
    item = factories.Item(list__committee=committee, **looked_up)
    item.unit_shares.create(unit=factories.Unit(**of), role="lead")

    for row in shown_rows(item):  # the control: nothing is published yet
        superuser.post(page(row), shown(superuser, page(row)) | {"name": f"草稿时{row.pk}"})
    before = [type(row).objects.get(pk=row.pk) for row in shown_rows(item)]
    assert [row.name for row in before] == [f"草稿时{row.pk}" for row in before]

    factories.publish(item.list)
    for row in before:
        superuser.post(
            page(row), shown(superuser, page(row)) | {"name": "悄悄改的", "name_en": "Quietly"}
        )
        assert "由活动办公室在工作台改名" in superuser.get(page(row)).content.decode(), row

    assert [type(row).objects.get(pk=row.pk).name for row in before] == [r.name for r in before]


def draft_items(committee):
    factories.Item(list=factories.ItemList(committee=committee), number=40)


def published_lists(committee):
    factories.published_item()


MORE = {
    "person": lambda committee: factories.Person(),
    "role": lambda committee: factories.Role(committee=committee, kind="auditor"),
    "committee": lambda committee: factories.Committee(parent=committee),
    "organisation": lambda committee: factories.Organisation(),
    "unit": lambda committee: factories.Unit(committee=committee),
    "place": lambda committee: factories.Place(committee=committee),
    "category": lambda committee: factories.Category(committee=committee),
    "post": lambda committee: factories.Post(committee=committee),
    "itemlist": lambda committee: factories.ItemList(committee=committee),
    "item": draft_items,
    "entry": published_lists,
}


@pytest.mark.parametrize("model", MORE)
def test_changelist_asks_as_often_for_three_rows_as_for_one(superuser, model, committee):
    address = f"/admin/items/{model}/"
    MORE[model](committee)
    superuser.get(address)
    with CaptureQueriesContext(connection) as one:
        assert superuser.get(address).status_code == 200

    for _more in range(2):
        MORE[model](committee)
    with CaptureQueriesContext(connection) as three:
        response = superuser.get(address)

    assert len(response.context["cl"].result_list) >= 3
    assert len(three) == len(one)
    assert superuser.get(f"/en{address}").status_code == 200


def test_every_kind_has_its_add_page_in_both_languages(superuser, office):
    for prefix in ("", "/en"):
        for model in ("person", "role", "committee", "organisation", "unit", "place", "post"):
            assert superuser.get(f"{prefix}/admin/items/{model}/add/").status_code == 200
        for model in ("item", "itemlist"):
            assert office.get(f"{prefix}/admin/items/{model}/add/").status_code == 200


def test_index_shows_each_person_their_own(superuser, office, sign_in):
    def models(client):
        return {
            m["object_name"] for a in client.get("/admin/").context["app_list"] for m in a["models"]
        }

    kept = {
        "Unit",
        "Place",
        "Category",
        "Theme",
        "Post",
        "ItemList",
        "Item",
        "Entry",
        "CalendarDay",
        "VerdictRound",
        "Review",
        "LookBack",
        "LookBackDraw",
        "Assessment",
    }
    assert models(office) == kept
    assert models(superuser) == kept | {"Person", "Role", "Committee", "Organisation"}
    assert models(sign_in("auditor")) == set()


def test_accounts_of_a_unit_are_its_helpers_with_history(administrator, committee):
    person = factories.Person()
    factories.Role(person=person, committee=committee, kind="auditor")
    unit = factories.Unit(committee=committee)

    administrator.post(page(unit), shown(administrator, page(unit)) | {"helpers": [person.pk]})

    assert list(Unit.objects.get().helpers.all()) == [person]
    assert unit.history.first().helpers.count() == 1


def test_superuser_of_an_office_keeps_nothing(sign_in, committee):
    # Both marks at once come from outside the admin, which refuses to give the second.
    both = sign_in("office", is_superuser=True)
    person = factories.Person()

    for row in (committee, committee.organisation, person):
        assert both.get(page(row)).status_code in (302, 403)
    sent = {"person": person.pk, "committee": committee.pk, "kind": "office"}
    assert both.post("/admin/items/role/add/", sent).status_code == 403
    assert not person.roles.exists()


def test_superuser_is_given_no_office(superuser, committee):
    person = factories.Person(is_superuser=True, name="王强")
    sent = {"person": person.pk, "committee": committee.pk, "kind": "office"}

    answer = superuser.post("/admin/items/role/add/", sent)

    assert "王强" in answer.context["adminform"].form.errors["person"][0]
    assert not person.roles.exists()


def test_office_is_made_no_superuser(superuser, committee):
    person = factories.office(committee)
    sent = shown(superuser, page(person)) | {"is_superuser": "on"}

    answer = superuser.post(page(person), sent)

    assert str(committee) in answer.context["adminform"].form.errors["is_superuser"][0]
    assert not Person.objects.get(pk=person.pk).is_superuser


def test_one_becomes_the_other_in_two_steps(superuser, committee):
    person = factories.Person(is_superuser=True, is_staff=True)
    sent = shown(superuser, page(person))
    sent.pop("is_superuser")

    superuser.post(page(person), sent)
    role = {"person": person.pk, "committee": committee.pk, "kind": "office"}

    assert superuser.post("/admin/items/role/add/", role).status_code == 302
    assert person.roles.get().kind == "office"
