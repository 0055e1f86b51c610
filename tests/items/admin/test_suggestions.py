"""The admin knows nothing of what workers suggest: administrators have no say over content."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry

from items import actions, models
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
SECRETS = ["休息室漏雨", "分机 301", "老李"]
PRIVATE = [models.Suggestion, models.SuggestionEntry, models.SuggestionPhoto, models.Contact]
PRIVATE += [models.ContactLook, models.Adoption, models.Call, models.Appeal, models.Mention]
# Nor of who answered what today, or was told what to answer: not even that there is such a row.
PRIVATE += [models.Mentioned, models.Verdict, models.Answered, models.Coaching]


@pytest.mark.parametrize("model", PRIVATE)
def test_nothing_of_a_suggestion_is_in_the_admin_or_in_a_history(model):
    assert not admin.site.is_registered(model)
    assert not hasattr(model, "history")


def test_pages_of_deletion_name_no_words_and_no_contact(client):
    committee = factories.Committee()
    office, place = factories.office(committee), factories.Place(committee=committee)
    sent = factories.suggestion(committee, words=SECRETS[0], contact=SECRETS[1], name=SECRETS[2])
    actions.sort(sent, by=office, place=place, now=NOW)
    actions.see_contact(sent, by=office, why="约时间", now=NOW)
    item = factories.Item(list__committee=committee)
    actions.adopt(sent, by=office, items=[item], text="列入清单", now=NOW)
    client.force_login(factories.Person(is_superuser=True, is_staff=True))

    for row in (committee, place, item, item.list):
        kind = row._meta.model_name
        for page in ("delete", "change", "history"):
            said = client.get(f"/admin/items/{kind}/{row.pk}/{page}/").content.decode()
            assert [secret for secret in SECRETS if secret in said] == [], f"{kind} {page}"
    deletion = client.get(f"/admin/items/place/{place.pk}/delete/").content.decode()
    assert str(sent) in deletion  # the negative control: it is named there, by its day alone
    assert not LogEntry.objects.exists()
