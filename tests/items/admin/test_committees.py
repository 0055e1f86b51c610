"""The committee's page in the admin: its address changes, and the old one stays its own."""

import pytest

from items.models import Committee, FormerAddress
from tests import factories
from tests.items.admin.forms import delete, messages_of, page, shown

pytestmark = pytest.mark.django_db


def send(client, committee, **fields):
    address = page(committee)
    return client.post(address, shown(client, address) | fields)


def test_changed_address_leads_on(superuser, committee):
    old = committee.slug

    assert send(superuser, committee, slug="new-address").status_code == 302

    assert Committee.objects.get(pk=committee.pk).slug == "new-address"
    assert [(row.slug, row.committee) for row in FormerAddress.objects.all()] == [(old, committee)]
    record = committee.history.first()
    assert (record.slug, record.history_user) == ("new-address", superuser.person)


def test_page_says_that_the_old_address_goes_on(superuser, committee):
    assert "旧网址" in superuser.get(page(committee)).content.decode()


def test_former_address_of_another_is_refused_with_whose_it_was(superuser, committee):
    other = factories.Committee(slug="one", name="炼钢厂党委")
    other.slug = "two"
    other.save()

    answer = send(superuser, committee, slug="one", name="打好的字")

    (sentence,) = answer.context["adminform"].form.errors["slug"]
    assert "one" in sentence
    assert "炼钢厂党委" in sentence
    assert "打好的字" in answer.content.decode()
    assert Committee.objects.get(pk=committee.pk).slug == committee.slug


def test_administrator_changes_no_address(administrator, committee):
    answer = send(administrator, committee, slug="new-address", name="新名")

    assert answer.status_code == 302
    changed = Committee.objects.get(pk=committee.pk)
    assert (changed.slug, changed.name) == (committee.slug, "新名")
    assert not FormerAddress.objects.exists()


def test_committee_with_a_former_address_stays(superuser):
    committee = factories.Committee(slug="one")
    committee.slug = "two"
    committee.save()

    answer = superuser.post(page(committee, "delete"), {"post": "yes"})

    assert answer.status_code in (200, 403)
    assert Committee.objects.filter(pk=committee.pk).exists()


def test_committee_known_through_those_below_it_stays(superuser):
    above = factories.Committee(slug="above", name="集团党委")
    below = factories.Committee(parent=above)
    factories.publish(factories.Item(list__committee=below).list)
    Committee.objects.filter(pk=below.pk).update(parent=None)

    delete(superuser, above)

    answer = superuser.get(page(above))
    assert Committee.objects.filter(pk=above.pk).exists()
    assert "集团党委" in " ".join(messages_of(answer))
