"""What acts and the clock write about the workers' verdict stands in the admin to read alone."""

import pytest

from items import actions
from items.models import Assessment, AssessmentRow, LookBack, LookBackDraw, Review
from tests import factories
from tests.factories import NOW, at
from tests.items.admin.forms import page

pytestmark = pytest.mark.django_db
VOTES = {"satisfied": 31, "basically": 0, "unsatisfied": 1, "present": 32}


@pytest.fixture
def rows():
    """Return one row of each, all of one committee."""
    item = factories.reviewed_item()
    committee, by = item.list.committee, factories.colleague_of(item)
    issued = factories.assessment(item.list, {item.number: VOTES})
    actions.issue_assessment(issued, by=by, now=at(NOW.date()))
    return {
        "review": item.reviews.get(),
        "lookback": factories.look_back_asked(item),
        "lookbackdraw": factories.draw(committee),
        "assessment": Assessment.objects.get(pk=issued.pk),
    }


def stored():
    models = (Review, LookBack, LookBackDraw, Assessment, AssessmentRow)
    return [list(model.objects.order_by("pk").values()) for model in models]


def committee_of(rows):
    return rows["review"].item.list.committee


SAYS = {
    "review": ("有职工写明",),
    "lookback": ("改善休息室",),
    "lookbackdraw": ("改善休息室",),
    "assessment": ("31", "改善休息室"),
}


@pytest.mark.parametrize("kind", SAYS)
@pytest.mark.parametrize("role", ["office", "administrator"])
def test_it_is_read_and_nothing_is_written(sign_in, rows, kind, role):
    client, row, before = sign_in(role, at=committee_of(rows)), rows[kind], stored()

    told = client.get(page(row)).content.decode()

    assert client.get(f"/admin/items/{kind}/").context["cl"].result_count == len(
        type(row).objects.all()
    )
    for words in SAYS[kind]:
        assert words in told
    for path in (page(row), page(row, "delete"), f"/admin/items/{kind}/add/"):
        assert client.post(path, {"due": "2030-01-01", "post": "yes"}).status_code == 403
    assert stored() == before


@pytest.mark.parametrize("kind", SAYS)
@pytest.mark.parametrize("role", ["office", "administrator"])
def test_of_another_committee_nothing_is_shown(sign_in, rows, kind, role):
    client = sign_in(role, at=factories.Committee())

    assert client.get(f"/admin/items/{kind}/").context["cl"].result_count == 0
    assert client.get(page(rows[kind])).status_code in (302, 403)


def test_what_is_being_prepared_isnt_shown(sign_in, rows):
    item_list = rows["review"].item.list
    draft = factories.assessment(item_list, {rows["review"].item.number: VOTES})
    client = sign_in("office", at=item_list.committee)

    assert client.get(page(draft)).status_code == 302
    assert client.get("/admin/items/assessment/").context["cl"].result_count == 1
