"""The ledger of a list itself at the desk, and the erasing of words in it."""

import pytest
from zeal import zeal_ignore

from items import actions
from items.ledger.verify import verify
from items.models import EntryWords
from items.words import Words
from tests import factories
from tests.desk.drafting import at, text_of
from tests.desk.sending import address
from tests.factories import NOW
from tests.items.actions.acts import close, fresh

pytestmark = pytest.mark.django_db
SECRET = "王秀英家"


@pytest.fixture(autouse=True)
def _each_entry_stands_on_the_one_before():
    """Let the chain be read for each entry that publishing writes."""
    with zeal_ignore([{"model": "items.Chain", "field": "get()"}]):
        yield


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.published_item()


@pytest.fixture
def item(item_of_the_file, db):
    return fresh(item_of_the_file)


@pytest.fixture
def office(as_, item):
    return as_(factories.office_of(item))


def rename(item):
    of = {"committee": item.list.committee, "by": factories.office_of(item)}
    actions.rename(item.owner_post, Words(SECRET, ""), reason="试", now=NOW, **of)
    return item.list.entries.latest("seq")


def plan(item):
    by = factories.office_of(item)
    first = actions.publish_plan(fresh(item.list), by=by, plan=f"去{SECRET}", now=NOW)
    actions.publish_plan(fresh(item.list), by=by, plan="走访", reason="隐私", now=NOW)
    return first


def mark(item):
    by, post = factories.office_of(item), factories.Post(committee=item.list.committee)
    return actions.mark_leader(post, True, by=by, reason=f"住{SECRET}", now=NOW)[0]


WRITTEN = {"rename": rename, "publish_plan": plan, "mark_leader": mark}


def erase(client, entry, **said):
    return client.post(at("erase_list_words", entry.list, entry.seq), {"reason": "隐私"} | said)


@pytest.mark.parametrize("verb", WRITTEN)
def test_words_of_the_lists_own_entry_are_erased_at_the_desk(office, item, verb):
    entry = WRITTEN[verb](item)
    page = office.get(at("list_ledger", item.list))
    link = at("erase_list_words", item.list, entry.seq)
    assert SECRET in text_of(page)
    assert f'href="{link}"' in page.content.decode()
    assert SECRET in text_of(office.get(link))

    response = erase(office, entry)

    assert response.url == at("list_ledger", item.list)
    page = office.get(response.url)
    assert SECRET not in text_of(page).replace(fresh(item.owner_post).name, "")
    assert f'href="{link}"' not in page.content.decode()
    assert "隐私" in text_of(page)
    assert [getattr(EntryWords.objects.get(pk=entry.pk), n) for n in EntryWords.WORDS] == [""] * 6
    assert verify(item.list) == []


def test_plan_that_everyone_reads_is_not_erased(office, item):
    by = factories.office_of(item)
    entry = actions.publish_plan(fresh(item.list), by=by, plan="# 走访\n去各车间", now=NOW)
    assert "方案：走访" in text_of(office.get(at("list_ledger", item.list)))

    page = office.get(at("erase_list_words", item.list, entry.seq))

    assert page.status_code == erase(office, entry).status_code == 403
    assert 'name="reason"' not in page.content.decode()
    assert EntryWords.objects.get(pk=entry.pk).erased_on is None


def test_list_leads_to_its_ledger(office, item):
    page = office.get(at("list", item.list)).content.decode()

    assert f'href="{at("list_ledger", item.list)}"' in page


def test_draft_has_no_ledger_yet(office, item):
    draft = factories.ItemList(committee=item.list.committee)

    page = office.get(at("list_ledger", draft))

    assert (page.status_code, page.context["entries"]) == (200, ())


def test_entry_of_an_item_is_not_the_lists(office, item):
    entry = item.last_entry
    assert office.get(at("erase_list_words", item.list, entry.seq)).status_code == 404
    assert erase(office, entry).status_code == 404


def test_entry_of_another_list_is_not_this_ones(office, item):
    other = factories.published_item().list
    by = factories.office(other.committee)
    entry = actions.publish_plan(fresh(other), by=by, plan="走访", now=NOW)
    assert not item.list.entries.filter(item=None, seq=entry.seq).exists()

    response = office.post(at("erase_list_words", item.list, entry.seq), {"reason": "隐私"})

    assert response.status_code == 404
    assert EntryWords.objects.get(pk=entry.pk).erased_on is None


@pytest.mark.parametrize(("kind", "reads"), [("auditor", 200), ("owner", 200), ("stranger", 404)])
def test_only_the_office_erases(as_, item, kind, reads):
    entry = mark(item)
    if kind == "owner":
        person = factories.owner_of(item)
    elif kind == "stranger":
        person = factories.Person()
    else:
        person = factories.Role(committee=item.list.committee, kind=kind).person
    client = as_(person)

    page = client.get(at("list_ledger", item.list))
    answers = [client.get(at("erase_list_words", item.list, entry.seq)), erase(client, entry)]

    assert page.status_code == reads
    assert "erase_words" not in page.content.decode()
    assert [answer.status_code for answer in answers] == [404 if reads == 404 else 403] * 2
    assert EntryWords.objects.get(pk=entry.pk).erased_on is None


def test_reason_is_needed_and_asked_about_personal_data(office, item):
    entry = mark(item)

    assert erase(office, entry, reason="").status_code == 422
    response = erase(office, entry, reason="写了电话13800138000")
    assert response.status_code == 403
    assert 'name="_yes"' in response.content.decode()
    assert "写了电话13800138000" in response.content.decode()
    assert erase(office, entry, reason="写了电话13800138000", _yes="on").status_code == 302


def test_button_pressed_twice_erases_once(office, item):
    entry = mark(item)

    assert [erase(office, entry).status_code for _time in range(2)] == [302, 302]
    assert entry.answers.count() == 1


def test_closed_list_too(office, item):
    entry = mark(item)
    item = fresh(item)
    decision = actions.Decision("党委会", factories.TODAY, "纪要〔2026〕9号")
    by = factories.office_of(item)
    actions.withdraw_item(item, by=by, reason="搬迁", decision=decision, now=NOW)
    actions.close_list(fresh(item.list), by=by, now=NOW)

    assert erase(office, entry).status_code == 302
    assert verify(item.list) == []


def test_entry_of_an_item_without_a_reason_can_be_erased_too(office, item):
    person = factories.Person()
    by = factories.office_of(item)
    entry = actions.appoint(item.owner_post, person, by=by, since=NOW.date(), now=NOW)[0]
    assert (entry.words.text, entry.words.new) == ("", person.name)

    page = office.get(address(item)).content.decode()

    assert f'href="{address(item, f"entries/{entry.seq}/erase_words")}"' in page


# Names that a closed list goes on showing


@pytest.fixture
def closing_name(item):
    by, post = factories.office_of(item), item.owner_post
    past = fresh(post)
    actions.rename(post, Words(SECRET, ""), committee=post.committee, by=by, reason="试", now=NOW)
    close(item.list)
    new = Words(past.name, past.name_en)
    actions.rename(fresh(post), new, committee=post.committee, by=by, reason="隐私", now=NOW)
    return fresh(item.list).closing_names.get()


def test_name_of_the_closing_day_is_erased_at_the_desk(office, client, item, closing_name):
    link = at("erase_closing_name", item.list, closing_name.pk)
    page = office.get(at("list_ledger", item.list))
    assert f'href="{link}"' in page.content.decode()
    assert SECRET in text_of(office.get(link))
    board = f"/lists/{item.list.slug}/1/"
    assert SECRET in client.get(board).content.decode()

    answers = [office.post(link, {"reason": "写了人名"}) for _time in range(2)]

    assert [answer.url for answer in answers] == [at("list_ledger", item.list)] * 2
    assert f'href="{link}"' not in office.get(answers[0].url).content.decode()
    assert item.owner_post.name in client.get(board).content.decode()
    assert item.list.entries.filter(facts__erased_name=closing_name.thing).count() == 1


def test_only_the_office_erases_a_name(as_, item, closing_name):
    link = at("erase_closing_name", item.list, closing_name.pk)
    auditor = as_(factories.Role(committee=item.list.committee, kind="auditor").person)

    answers = [auditor.get(link), auditor.post(link, {"reason": "隐私"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert as_(factories.Person()).get(link).status_code == 404
    assert fresh(closing_name).name == SECRET


def test_name_of_another_list_is_not_this_ones(office, item, closing_name):
    other = factories.ItemList(committee=item.list.committee)

    assert office.get(at("erase_closing_name", other, closing_name.pk)).status_code == 404
