"""Workers' answers at the desk, beside the claim and the finding: for sign-off and meeting."""

import pytest

from items import actions
from items.models import Item
from tests import factories
from tests.desk.logged_in import log_in
from tests.factories import NOW, TODAY, at, days

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tomorrow(time_machine):
    time_machine.move_to(at(TODAY + days(1)), tick=False)


@pytest.fixture
def item():
    item = factories.item_at("pending_check", list__slug="plant-2026", number=1)
    factories.verdict(item, grade="nearly", now=NOW)
    return item


def main(client, person, path):
    log_in(client, person)
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().partition("<main")[2].split())


def release_words(item):
    office = factories.office_of(item)
    row = factories.suggestion(item.list.committee, about=item, grade="nearly")
    factories.settled(row, by=office, text="已补", now=NOW)
    actions.show_answer(row, by=office, words="少两把椅子", answer="已补", now=NOW)


def test_supervisor_sees_counts_and_released_words_before_signing(client, item):
    release_words(item)
    person = factories.supervisor_of(Item.objects.get(pk=item.pk))

    page = main(client, person, "/desk/lists/plant-2026/1/sign_off/")

    voices = page.partition("职工怎么说")[2]
    assert "还差一点 <b>1</b>" in voices
    assert "少两把椅子" in voices


def test_what_is_not_released_stays_with_the_office(client, item):
    factories.suggestion(item.list.committee, about=item, words="还没放行的话")

    page = main(client, factories.supervisor_of(item), "/desk/lists/plant-2026/1/")

    assert "还没放行的话" not in page


@pytest.mark.parametrize(("hardship", "said"), [(False, "还差一点 <b>1</b>"), (True, "帮扶事项")])
def test_pack_has_the_three_voices_of_each_case(client, hardship, said):
    item = factories.item_at("pending_check", list__slug="plant-2026", number=1, hardship=hardship)
    if not hardship:
        factories.verdict(item, grade="nearly", now=NOW)

    page = main(client, factories.office_of(item), "/desk/lists/plant-2026/pack/")

    case = page.partition('id="claims-1"')[2].partition('<dl class="facts">')[2]
    case = case.partition("</dl>")[0]
    assert "座椅已换新" in case
    assert "还没有人说" in case  # the supervisor
    assert said in case
