"""Parts at the desk: added, undone, given more time and corrected; late ones mark their item."""

import pytest

from items.models import Item
from tests import factories
from tests.desk.sending import address, text_of
from tests.factories import NOW, TODAY, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    item = factories.Item()
    unit = factories.Unit(committee=item.list.committee, name="机修车间")
    item.parts.create(title="一区", unit=unit, due=TODAY - days(6))
    item.parts.create(title="二区", order=1, due=TODAY + days(6))
    factories.publish(item.list)
    factories.start(Item.objects.get(pk=item.pk), now=NOW)
    return Item.objects.get(pk=item.pk)


@pytest.fixture
def office(as_, item):
    return as_(factories.office_of(item))


def send(client, item, verb, **said):
    item = Item.objects.get(pk=item.pk)
    version = {"version": item.version, "last_seq": item.last_entry.seq}
    return client.post(address(item, verb), version | said)


def test_part_is_added_from_its_form(office, item):
    answer = send(office, item, "add_part", title="三区", due="2026-06-20", reason="职工提出")

    assert answer.status_code == 302
    assert item.parts.get(title="三区").due.isoformat() == "2026-06-20"
    assert "三区" in text_of(office.get(address(item)))


def test_refused_part_keeps_what_was_typed(office, item):
    answer = send(office, item, "add_part", title="三区", due="2027-06-20", reason="职工提出")

    assert answer.status_code == 403
    assert "先给整件事延期" in text_of(answer)
    assert 'value="三区"' in answer.content.decode()
    assert item.parts.count() == 2


def test_form_sent_twice_adds_once(office, item):
    version = {"version": item.version, "last_seq": item.last_entry.seq}
    said = version | {"title": "三区", "reason": "职工提出"}
    answers = [office.post(address(item, "add_part"), said).status_code for _each in range(2)]

    assert (answers, item.parts.count()) == ([302, 302], 3)


def test_one_report_finishes_several_parts_and_settles_dates(as_, item):
    owner = as_(factories.owner_of(item))
    dates = [factories.occasion(Item.objects.get(pk=item.pk), on=TODAY - days(n)) for n in (1, 2)]
    ahead = factories.occasion(Item.objects.get(pk=item.pk), on=TODAY + days(1))
    fields = owner.get(address(item, "report_progress")).context["form"].fields
    assert ahead not in fields["held"].queryset

    said = {"text": "两区都完工了", "happened_on": TODAY.isoformat(), "held": [dates[0].pk]}
    parts = [part.pk for part in item.parts.all()]
    sent = send(
        owner, item, "report_progress", **said, parts=parts, parts_done_on=TODAY.isoformat()
    )

    assert sent.status_code == 302
    assert {part.done_on for part in item.parts.all()} == {TODAY}
    assert item.occasions.exclude(ending=None).get() == dates[0]


def test_day_without_a_part_asks_which(as_, item):
    owner = as_(factories.owner_of(item))

    sent = send(owner, item, "report_progress", text="完工", parts_done_on=TODAY.isoformat())

    assert sent.status_code == 422
    assert "请选择办完的是哪个子项" in text_of(sent)
    assert "完工</textarea>" in sent.content.decode()


def test_part_is_corrected_in_two_steps(office, item):
    part = item.parts.get(title="一区")
    path = address(item, "correct_part")
    asked = office.get(path, {"part": part.pk, "field": "title"})
    assert 'value="一区"' in asked.content.decode()

    said = {"part": part.pk, "field": "title", "value": "东一区", "reason": "写错了"}
    assert send(office, item, "correct_part", **said).status_code == 302
    part.refresh_from_db()
    assert part.title == "东一区"


@pytest.mark.parametrize("part", ["", "x", "9" * 30, "999999"])
def test_unknown_part_asks_again_which(office, item, part):
    answer = office.get(address(item, "correct_part"), {"part": part, "field": "title"})

    assert answer.status_code == 200
    assert set(answer.context["form"].fields) == {"part", "field"}


def test_part_of_another_item_is_no_choice(office, item):
    other = factories.Item(list__committee=item.list.committee)
    part = other.parts.create(title="别处", due=TODAY)

    answer = send(office, item, "extend_part", part=part.pk, new_due="2026-06-20", reason="晚")

    assert answer.status_code == 422


def test_item_without_parts_has_no_act_for_one(as_):
    item = factories.item_at("in_progress")
    page = as_(factories.office_of(item)).get(address(item)).content.decode()

    assert address(item, "add_part") in page
    for verb in ("undo_part", "extend_part", "correct_part"):
        assert address(item, verb) not in page


def test_late_part_shows_on_the_desk_and_in_the_pack(office, item):
    factories.another(item)
    shown = office.get(address(item))
    listed = office.get(f"/desk/lists/{item.list.slug}/", {"late": "part"})
    pack = office.get(f"/desk/lists/{item.list.slug}/pack/")

    assert "逾期6天" in text_of(shown)
    assert [row.number for row in listed.context["shown"].rows] == [item.number]
    assert "有子项逾期6天" in text_of(listed)
    assert "一区 机修车间" in text_of(pack).replace("· ", "")


def test_late_part_shows_on_the_board(client, item):
    board = client.get(f"/lists/{item.list.slug}/")
    page = client.get(f"/lists/{item.list.slug}/{item.number}/")

    assert "有子项逾期6天" in text_of(board)
    assert "一区 机修车间 · 2026年5月26日前 逾期6天" in text_of(page)
