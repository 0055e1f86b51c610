"""What waits carries its acts: forms open in their row, the next follows, an item stands once."""

import re

import pytest

from items import actions
from items.queries import QUEUES
from tests import factories
from tests.desk.sending import address, said, text_of
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, ask, fresh
from tests.items.desk.making import set_task, several
from welfare.desk.items.acts import ACTS as VERBS

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """Return two items of one list for which more time is asked."""
    first, second = several(2)
    ask(first)
    ask(second)
    return fresh(first), fresh(second)


def opened(response):
    rows = [row for shown in response.context["queues"] for row in shown.rows]
    return [row.opened for row in rows if row.opened]


def ways(response, key):
    shown = [*response.context["queues"], *response.context["theirs"]]
    return {
        row.line.row.number: [way.address for way in row.ways]
        for each in shown
        if each.queue.key == key
        for row in each.rows
    }


def test_each_act_of_a_queue_is_an_act_at_the_desk():
    assert {verb for queue in QUEUES.values() for verb in queue.acts} <= VERBS.keys()


def test_extension_opens_in_its_row_and_the_next_follows(as_, asked):
    first, second = asked
    office = as_(factories.office_of(first))
    way, *_others = ways(office.get("/desk/"), "extensions")[first.number]

    page = office.get(way.partition("#")[0])

    (form,) = opened(page)
    assert (form.item.number, form.act.verb) == (first.number, "decide_extension")
    following = f"/desk/?open={second.list.slug}/{second.number}/decide_extension#item-{second.pk}"
    assert form.next == following
    sent = said("decide_extension", fresh(first)) | {"next": following}
    done = office.post(address(first, "decide_extension"), sent)
    assert (done.status_code, done.url) == (302, following)
    (form,) = opened(office.get(following.partition("#")[0]))
    assert (form.item.number, form.next) == (second.number, "/desk/")


def test_own_page_is_led_to_where_there_is_more_to_look_at(as_):
    item = factories.item_at("pending_check")

    page = as_(factories.supervisor_of(item)).get("/desk/")

    sign_off, visit = ways(page, "to_check")[item.number]
    assert sign_off == f"{address(item, 'sign_off')}?next=%2Fdesk%2F"
    assert visit.startswith("/desk/?open=")


def test_sign_off_leads_back_to_the_desk(as_):
    item = factories.item_at("pending_check")
    supervisor = as_(factories.supervisor_of(item))

    page = supervisor.get(address(item, "sign_off"), {"next": "/desk/"})
    assert '<input type="hidden" name="next" value="/desk/">' in page.content.decode()
    done = supervisor.post(address(item, "sign_off"), said("sign_off", item) | {"next": "/desk/"})

    assert (done.status_code, done.url) == (302, "/desk/")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/desk/",
        "//example.org/desk/",
        "/account/logout/",
        "javascript:alert(1)",
        "http://[",
        "/desk\\@example.org",
        "desk/",
    ],
)
def test_no_other_address_is_led_to(as_, elsewhere):
    item = factories.item_at("in_progress")
    owner = as_(factories.owner_of(item))

    sent = said("report_progress", item) | {"next": elsewhere}
    done = owner.post(address(item, "report_progress"), sent)

    assert (done.status_code, done.url) == (302, address(item))


def test_what_is_refused_stays_on_the_page_of_the_act_with_its_way_back(as_):
    item = factories.item_at("in_progress")
    owner = as_(factories.owner_of(item))
    sent = said("report_progress", item, percent="120") | {"next": "/desk/", "text": "我写的话"}

    page = owner.post(address(item, "report_progress"), sent)

    assert page.status_code == 422
    assert "我写的话" in page.content.decode()
    assert '<input type="hidden" name="next" value="/desk/">' in page.content.decode()


@pytest.mark.parametrize("name", ["", "x", "no-such/1/report_progress", "plant/1/withdraw"])
def test_nothing_opens_for_what_does_not_wait(as_, name):
    item = factories.item_at("in_progress", list__slug="plant")

    page = as_(factories.owner_of(item)).get("/desk/", {"open": name})

    assert page.status_code == 200
    assert not opened(page)


def test_item_stands_once_with_the_acts_of_all_it_waits_for(as_):
    item = factories.item_at("pending_check")
    set_task(item, who="supervisor")

    page = as_(factories.supervisor_of(item)).get("/desk/")

    assert page.content.decode().count(f'id="item-{item.pk}"') == 1
    tasks, *others = page.context["queues"]
    assert [row.line.pk for row in tasks.rows] == [item.pk]
    assert {verb for row in tasks.rows for verb in row.line.acts} >= {"sign_off", "log_visit"}
    assert [line.pk for each in others for line in each.queue.above] == [item.pk] * len(others)
    assert f'href="#item-{item.pk}"' in page.content.decode()


def test_sent_back_stands_in_its_own_queue_alone(as_):
    item = ACTS["send_back"].ready()
    ACTS["send_back"](item)
    item = fresh(item)

    queues = as_(factories.owner_of(item)).get("/desk/").context["queues"]

    assert [(shown.queue.key, shown.queue.count) for shown in queues] == [("returned", 1)]


def test_head_counts_what_waits_for_this_person_and_not_for_others(as_):
    item = factories.item_at("in_progress", due=TODAY - days(1))
    office = as_(factories.office_of(item))

    before = office.get("/desk/")
    ask(item)
    after = office.get("/desk/")

    assert before.context["desk"].count == 0
    assert [shown.queue.key for shown in before.context["theirs"]] == ["overdue", "stale"]
    assert "今天有1样事等您" in text_of(after)


def test_what_is_empty_is_one_line(as_):
    item = factories.item_at("in_progress")

    page = as_(factories.supervisor_of(item)).get("/desk/")

    line = re.search(r'class="quiet nothing">(.*?)</p>', page.content.decode(), re.S)[1]
    assert "待我核查" in line
    assert 'id="to_check"' not in page.content.decode()


@pytest.mark.parametrize("agreed", ["yes", "no"])
def test_which_button_is_pressed_is_the_decision(as_, asked, agreed):
    first, _second = asked
    office = as_(factories.office_of(first))

    page = office.get(address(first, "decide_extension")).content.decode()
    sent = said("decide_extension", first, agreed=agreed)
    done = office.post(address(first, "decide_extension"), sent)

    assert f'name="agreed" value="{agreed}"' in re.sub(r"\s+", " ", page)
    assert done.status_code == 302
    assert (fresh(first).due != first.due) == (agreed == "yes")


def test_without_a_pressed_button_nothing_is_decided_and_the_words_stay(as_, asked):
    first, _second = asked
    office = as_(factories.office_of(first))
    sent = said("decide_extension", first, reason="我写的理由")
    del sent["agreed"]

    page = office.post(address(first, "decide_extension"), sent)

    assert page.status_code == 422
    assert "请按下面的一个按钮。" in text_of(page)
    assert "我写的理由" in page.content.decode()
    assert '<button type="submit" disabled hidden>' in page.content.decode()  # of Enter in a field


@pytest.mark.parametrize(
    ("who", "answer"), [("owner", "report_progress"), ("supervisor", "log_visit")]
)
def test_who_is_urged_answers_with_an_act_of_their_own(as_, who, answer):
    item = factories.item_at("in_progress")
    urged = {"text": "请报一次", "who": who, "by_when": TODAY + days(3), "now": NOW}
    actions.urge_item(item, by=factories.office_of(item), **urged)

    page = as_(getattr(factories, f"{who}_of")(item)).get("/desk/")

    first, *others = ways(page, "urged")[item.number]
    assert f"/{answer}#" in first
    assert not any("log_visit" in other for other in others)
