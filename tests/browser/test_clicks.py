"""How many clicks the frequent acts take from My desk; typing isn't counted."""

import pytest

from items import actions
from items.models import Entry, Item, Photo
from tests import factories
from tests.browser.test_desk import at_desk, click
from tests.factories import days
from tests.items.actions.acts import fresh

__all__ = ["at_desk"]
PHOTOS = 20


@pytest.fixture
def bath(published_demo):
    """Return the item of the demonstration that is in progress and of owner4."""
    return Item.objects.get(list__slug=published_demo, number=4)


@pytest.mark.parametrize("javascript", [True, False])
def test_extension_is_decided_in_two(at_desk, bath, javascript):
    asked = {"reason": "供货晚", "new_due": bath.due + days(31)}
    actions.ask_extension(bath, by=factories.owner_of(bath), **asked)
    office = at_desk("office", java_script_enabled=javascript)

    click(office, "#extensions .ways-on .due")
    office.fill("#id_reason", "供货确实晚了")
    office.fill("#id_body", "党委会")
    office.fill("#id_minutes", "纪要〔2026〕9号")
    click(office, "button[name=agreed][value=yes]")

    assert office.clicks <= 2
    assert Entry.objects.filter(item=bath, verb="decide_extension").exists()
    assert office.url.endswith("/desk/")


@pytest.fixture
def _each_photo_is_an_act_of_its_own(settings):
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]


@pytest.mark.usefixtures("_each_photo_is_an_act_of_its_own")
@pytest.mark.parametrize("javascript", [True, False])
def test_twenty_photos_are_released_in_five(at_desk, bath, javascript):
    for shade in range(PHOTOS):
        colour = f"rgb({shade * 12}, 80, 120)"
        factories.photo(fresh(bath), now=None, file=factories.picture(colour))
    office = at_desk("office", java_script_enabled=javascript)

    click(office, "#photos h2 a")
    click(office, ".tray button[value=release]")

    assert office.clicks <= 5
    assert Photo.objects.filter(item=bath, state="public").count() == PHOTOS


def test_owner_reports_in_three(at_desk, bath):
    owner = at_desk("owner4")

    click(owner, "#mine .ways-on .due")
    owner.fill("#id_text", "三区也改完了。")
    click(owner, ".open-act button.main")

    assert owner.clicks <= 3
    assert Entry.objects.filter(item=bath, words__text="三区也改完了。").exists()


def test_sign_off_takes_three(at_desk, published_demo):
    supervisor = at_desk("supervisor2")

    click(supervisor, "#to_check .ways-on .due")
    supervisor.fill("#id_found", "充电位都通电")
    supervisor.fill("#id_answer_0", "数过了")
    supervisor.fill("#id_answer_1", "看过意见书")
    supervisor.check("text=现场")
    supervisor.clicks += 1
    click(supervisor, "form.act button.main")

    assert supervisor.clicks <= 3
    assert Item.objects.get(list__slug=published_demo, number=18).status == "resolved"


def test_visit_takes_three(at_desk, published_demo):
    supervisor = at_desk("supervisor2")

    click(supervisor, "#to_check .ways-on a >> nth=1")
    supervisor.fill("#id_seen", "夜里灯也亮")
    click(supervisor, ".open-act button.main")

    assert supervisor.clicks <= 3
    visits = Entry.objects.filter(item__number=18, verb="log_visit")
    assert visits.filter(words__text="夜里灯也亮").exists()
