"""Triage at the desk: one form, one submit; many by ticks; ready-made answers; a call to make."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from items import actions, models
from tests import factories
from tests.desk.sending import text_of
from tests.desk.suggesting import act_fields, at
from tests.factories import NOW, TODAY, days

pytestmark = pytest.mark.django_db
LIST = "/desk/suggestions/"


@pytest.fixture
def committee():
    return factories.Committee()


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def client(as_, office):
    return as_(office)


@pytest.fixture
def sent(committee):
    return factories.suggestion(committee)


def fresh(suggestion):
    return models.Suggestion.objects.get(pk=suggestion.pk)


def verbs(suggestion):
    return [step.verb for step in suggestion.entries.order_by("seq")]


def typed(suggestion, verb, **said):
    return act_fields(verb, suggestion, **said) | {"verb": verb}


# One form


def test_one_submit_marks_answers_and_shows(client, committee, sent):
    category = factories.Category(committee=committee)
    place = factories.Place(committee=committee)
    said = {"category": category.pk, "place": place.pk, "show": "on", "shown_words": "装空调"}

    answer = client.post(at(sent), typed(sent, "decline", **said))

    assert answer.status_code == 302
    assert verbs(sent) == ["sort", "decline", "show_answer"]
    assert (fresh(sent).category, fresh(sent).place) == (category, place)
    assert fresh(sent).shown_answer == "不归厂里管"


def test_marks_alone_lead_to_the_next_one(client, committee, sent):
    after = factories.suggestion(committee, today=TODAY + days(1))
    category = factories.Category(committee=committee)

    answer = client.post(at(sent), typed(sent, "sort", category=category.pk))

    assert answer.headers["Location"] == at(after)
    assert verbs(sent) == ["sort"]


def test_personal_data_in_what_is_shown_takes_a_yes_and_keeps_everything(client, committee, sent):
    category = factories.Category(committee=committee)
    said = {"show": "on", "shown_words": "找13912345678", "category": category.pk}

    asked = client.post(at(sent), typed(sent, "decline", **said))

    assert asked.status_code == 403
    assert 'name="_yes"' in asked.content.decode()
    assert "不归厂里管" in asked.content.decode()
    assert (verbs(sent), fresh(sent).category) == ([], None)
    yes = client.post(at(sent), typed(sent, "decline", **said, _yes="on"))
    assert yes.status_code == 302
    assert verbs(sent) == ["sort", "decline", "show_answer"]


@pytest.mark.parametrize(
    "said",
    [
        {"verb": "decline", "reason": "", "text": "写了一半"},
        {"verb": "settle", "text": ""},
        {"verb": "merge"},
        {"verb": "adopt", "text": "写了一半"},
        {"verb": "ask_back", "text": "哪一间?", "show": "on", "shown_words": "装空调"},
        {"verb": "decline", "text": "写了一半", "show": "on", "shown_words": ""},
    ],
)
def test_what_a_verb_lacks_is_said_at_its_field(client, sent, said):
    answer = client.post(at(sent), act_fields("", sent, reason="rules") | said)

    assert answer.status_code == 422
    assert verbs(sent) == []
    assert said.get("text", "") in answer.content.decode()


def test_two_sent_at_once_are_one(client, sent):
    twice = [client.post(at(sent), typed(sent, "decline")).status_code for _each in range(2)]

    assert twice == [302, 302]
    assert verbs(sent) == ["decline"]


def test_what_a_colleague_answered_meanwhile_keeps_the_words(client, committee, sent):
    form = typed(sent, "decline", text="我写的这句")
    colleague = factories.Role(committee=committee).person
    actions.decline(fresh(sent), by=colleague, reason="rules", text="先答的", now=NOW)

    answer = client.post(at(sent), form)

    assert answer.status_code == 409
    assert "我写的这句" in answer.content.decode()
    assert "先答的" in text_of(answer)


def test_last_one_says_how_many_wait_to_be_let_in(client, committee, sent):
    factories.suggestion(committee, moderated=True)

    answer = client.post(at(sent), typed(sent, "decline"), follow=True)

    assert "还有1条待受理" in text_of(answer)


def test_what_waits_to_be_let_in_is_not_said_to_wait_for_an_answer(client, committee):
    moderated = factories.suggestion(committee, moderated=True)

    page = client.get(at(moderated))

    assert page.context["suggestion"].status_label == "待受理"


def test_readers_have_no_form(as_, committee, sent):
    auditor = factories.Role(committee=committee, kind="auditor").person

    assert as_(auditor).get(at(sent)).context["form"] is None
    assert as_(auditor).post(at(sent), typed(sent, "decline")).status_code == 403
    assert verbs(sent) == []


# Ready-made answers


def test_ready_answer_is_taken_after_what_is_typed(client, committee, office, sent):
    actions.set_ready_answers(committee, by=office, answers=[("不归本厂", "已转交公司。")])
    category = factories.Category(committee=committee)
    said = {"text": "谢谢。", "ready": "不归本厂", "take": "1", "category": category.pk}

    page = client.post(at(sent), act_fields("decline", sent, **said))

    form = page.context["form"]
    assert page.status_code == 200
    assert form["text"].value() == "谢谢。\n已转交公司。"
    assert form["category"].value() == str(category.pk)
    assert form["reason"].value() == "not_ours"
    assert 'role="alert"' not in page.content.decode()
    assert verbs(sent) == []


def test_photos_stay_when_an_answer_is_taken(client, committee, office, sent):
    actions.set_ready_answers(committee, by=office, answers=[("办了", "已办。")])
    photo = SimpleUploadedFile("a.jpg", factories.picture(), "image/jpeg")

    page = client.post(at(sent), act_fields("", sent, take="1", ready="办了", photos=photo))

    assert len(page.context["form"]["photos"].kept) == 1


def test_ready_answers_are_kept_at_the_desk(client, committee):
    path = f"/desk/ready-answers/{committee.slug}/"
    page = client.get(path)
    told = {"version": "0", "rows": "2", "name_0": "不归本厂", "text_0": "已转交公司。"}

    assert page.status_code == 200
    assert client.post(path, told).status_code == 302
    assert "已转交公司。" in client.get(path).content.decode()
    assert models.ReadyAnswers.objects.get().answers == [["不归本厂", "已转交公司。"]]


def test_ready_answer_without_a_name_is_refused_and_kept(client, committee):
    path = f"/desk/ready-answers/{committee.slug}/"

    answer = client.post(path, {"version": "0", "rows": "1", "text_0": "没名字的答复"})

    assert answer.status_code == 403
    assert "没名字的答复" in answer.content.decode()


# A new item on account of it


def add_fields(page, item, **said):
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    shown = {
        name: value for name, value in shown.items() if value or (value == 0 and value is not False)
    }
    posts = {name: getattr(item, name).pk for name in ("owner_post", "supervisor_post")}
    needed = {"due": item.due.isoformat(), "measures": "装空调", "parts": "0", "reason": "职工提"}
    return shown | posts | needed | said


def test_it_becomes_an_item_of_the_published_list_in_one_go(client, committee, sent):
    item = factories.published_item(list__committee=committee)
    place = factories.Place(committee=committee)
    said = {"text": "列入今年清单", "place": place.pk, "add": item.list.slug}

    page = client.post(at(sent), act_fields("", sent, **said))

    assert page.status_code == 200
    assert page.context["form"]["text"].value() == "列入今年清单"
    path = f"{at(sent)}add/{item.list.slug}/"
    answer = client.post(path, add_fields(page, item))
    added = item.list.items.order_by("number").last()
    assert answer.headers["Location"] == f"/desk/lists/{item.list.slug}/{added.number}/"
    assert (added.problem, added.place, added.status) == (sent.words, place, "not_started")
    assert list(fresh(sent).items.all()) == [added]
    assert fresh(sent).entries.get().text == "列入今年清单"


def test_words_that_name_somebody_ask_before_they_are_public(client, committee):
    sent = factories.suggestion(committee, words="请找13912345678装空调")
    item = factories.published_item(list__committee=committee)
    path = f"{at(sent)}add/{item.list.slug}/"

    answer = client.post(path, add_fields(client.get(path), item, text="列入清单"))

    assert answer.status_code == 403
    assert 'name="_yes"' in answer.content.decode()
    assert item.list.items.count() == 1
    assert verbs(sent) == []


def test_list_of_another_committee_is_none_for_it(client, sent):
    elsewhere = factories.published_item()

    assert client.get(f"{at(sent)}add/{elsewhere.list.slug}/").status_code == 404


# Many


def ticks(*rows):
    return [f"{row.pk}.{row.version}" for row in rows]


def test_many_are_let_in_and_the_refused_one_keeps_its_tick(client, committee, office):
    one, other, third = [factories.suggestion(committee, moderated=True) for _each in range(3)]
    actions.let_in(fresh(other), by=office, now=NOW)

    answer = client.post(LIST, {"tick": ticks(one, other, third), "let_in": "1"})

    assert answer.status_code == 409
    assert [fresh(row).in_moderation for row in (one, other, third)] == [False] * 3
    assert verbs(one) == verbs(third) == ["let_in"]
    assert answer.context["ticked"] == {other.pk}
    assert "别人改动了" in text_of(answer)
    assert len(answer.context["not_done"]) == 1


def test_many_become_one_by_ticks(client, committee, sent):
    one, other = [factories.suggestion(committee) for _each in range(2)]
    tick = ticks(sent, one, other)

    page = client.post(LIST, {"tick": tick, "merge": "1"})
    said = {"tick": tick, "merge_into": "1", "into": sent.pk, "text": "同一件"}
    answer = client.post(LIST, said)

    assert page.status_code == 200
    assert [key for key, _words in page.context["form"].fields["into"].choices]
    assert answer.status_code == 302
    assert {fresh(row).merged_into for row in (one, other)} == {sent}


@pytest.mark.parametrize("said", [{}, {"let_in": "1"}, {"tick": ["x.1", "1", "9" * 30 + ".1"]}])
def test_nothing_ticked_says_so(client, sent, said):
    answer = client.post(LIST, said)

    assert answer.status_code == 422
    assert "还没有打勾" in text_of(answer)


def test_others_let_nothing_in(as_, committee):
    moderated = factories.suggestion(committee, moderated=True)
    auditor = factories.Role(committee=committee, kind="auditor").person
    elsewhere = factories.office(factories.Committee())
    said = {"tick": ticks(moderated), "let_in": "1"}

    assert as_(auditor).post(LIST, said).status_code == 403
    assert as_(elsewhere).post(LIST, said).status_code == 422
    assert fresh(moderated).in_moderation


def test_answered_ones_are_folded_and_what_waits_stands_open(client, committee, office, sent):
    ended = factories.suggestion(committee, words="答过的")
    actions.decline(ended, by=office, reason="rules", text="不行", now=NOW)

    page = client.get(LIST).content.decode()

    assert '<details class="queue ended" id="not_adopted">' in page
    assert '<section class="queue" id="received">' in page


def test_order_is_chosen_by_a_link(client, committee, office, sent):
    liked = factories.suggestion(committee, words="附议多的", today=TODAY + days(1))
    actions.merge(factories.suggestion(committee), by=office, into=liked, now=NOW)

    page = client.get(LIST)
    sorted_page = client.get(LIST, {"by": "supported"})

    assert 'href="?by=supported"' in page.content.decode()
    rows = next(group.rows for group in sorted_page.context["shown"].groups if group.waits)
    assert [row.pk for row in rows] == [liked.pk, sent.pk]


# A call


def test_call_is_asked_on_my_desk_and_ticked_where_the_contact_is_seen(client, committee, office):
    sent = factories.suggestion(committee, contact="13912345678")
    actions.decline(sent, by=office, reason="rules", text="不行", now=NOW)

    desk = client.get("/desk/")
    assert "请打电话告知" in text_of(desk)
    assert "13912345678" not in desk.content.decode()
    form = client.get(f"{at(sent, 'see_contact')}?for=call").context["form"]
    seen = client.post(
        at(sent, "see_contact"), act_fields("", fresh(sent), why=form["why"].value())
    )
    assert "13912345678" in seen.content.decode()
    assert at(sent, "tell_by_phone") in seen.content.decode()
    assert sent.looks.get().why == "打电话告知答复"
    client.post(at(sent, "tell_by_phone"), act_fields("", fresh(sent)))

    assert verbs(sent) == ["decline", "tell_by_phone"]
    assert "请打电话告知" not in text_of(client.get("/desk/"))
