"""Where an activity office is found: its own office says so, and its history keeps what it was."""

import pytest

from items import actions, queries
from items.admin.committee import CommitteeAdmin
from items.errors import Conflict, Refused
from items.models import Committee, Entry
from items.privacy.personal_data import PersonalData
from items.words import OfficeContact, Words
from tests import factories

pytestmark = pytest.mark.django_db
CONTACT = OfficeContact(
    Words("办公楼203室", "Office building 203"), "0790-0123456", Words("周一至周五", "Mon to Fri")
)


@pytest.fixture
def committee():
    return factories.Committee()


def set_contact(committee, contact=CONTACT, *, by=None, **how):
    by = by or factories.office(committee)
    return actions.set_office_contact(committee, contact, by=by, **how)


def test_office_sets_it_and_its_history_says_who(committee):
    office = factories.office(committee)

    set_contact(committee, by=office)

    row = Committee.objects.get(pk=committee.pk)
    page = queries.office_contact_page(row)
    assert row.office_contact == CONTACT
    assert [(change.by, change.said) for change in page.changes] == [
        (office.name, CONTACT.in_one_line)
    ]
    assert not Entry.objects.exists()


def test_only_its_office_may(committee):
    of_others = factories.office(factories.Committee())
    people = [factories.Person(), of_others, factories.Person(is_superuser=True)]
    kinds = ["auditor", "administrator"]
    people += [factories.Role(committee=committee, kind=kind).person for kind in kinds]

    for person in people:
        with pytest.raises(Refused):
            set_contact(committee, by=person)

    assert not Committee.objects.get(pk=committee.pk).office_contact


def test_admin_has_no_field_for_it(committee):
    assert not [name for name in CommitteeAdmin.fields if name.startswith("office_")]


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("0790-0123456", "07900123456"),
        ("０７９０ ０１２３４５６", "07900123456"),
        ("+86 (790) 0123456", "+867900123456"),
        ("400-000-0000", "4000000000"),
    ],
)
def test_number_that_can_be_dialled(committee, phone, dialled):
    row = set_contact(committee, OfficeContact(phone=phone))

    assert row.office_contact.dial == dialled


@pytest.mark.parametrize(
    "phone", ["6160", "内线6160", "0790-0123456转8", "+", "1" * 16, "a0790012"]
)
def test_number_that_nobody_can_dial_is_refused(committee, phone):
    with pytest.raises(Refused, match="0790-6291234"):
        set_contact(committee, OfficeContact(phone=phone))


def test_mobile_number_takes_a_second_yes(committee):
    mobile = OfficeContact(phone="13800138000")
    with pytest.raises(PersonalData):
        set_contact(committee, mobile)

    assert set_contact(committee, mobile, yes=True).office_phone == "13800138000"


def test_landline_of_the_office_takes_none_not_even_when_a_list_is_published():
    item = factories.Item()
    committee = item.list.committee

    set_contact(committee, OfficeContact(phone="0790-6291234"))
    factories.publish(item.list)

    assert Committee.objects.get(pk=committee.pk).office_phone == "0790-6291234"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(committee):
    set_contact(committee)

    with pytest.raises(Conflict):
        set_contact(committee, OfficeContact(phone="0790-0999999"), seen="")
    set_contact(committee, seen="")  # the same again is no conflict

    assert Committee.objects.get(pk=committee.pk).office_contact == CONTACT
    assert len(queries.office_contact_page(committee).changes) == 1


def test_long_words_are_refused(committee):
    with pytest.raises(Refused, match="101"):
        set_contact(committee, OfficeContact(room=Words("室" * 101)))
