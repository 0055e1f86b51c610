"""The proof before publishing: coverage, deadlines, what becomes public, and the name typed."""

from io import StringIO

import pytest
from django.core.management import call_command
from zeal import zeal_ignore

from items import actions
from items.models import BroughtIn, Committee, Entry, Item, Post
from items.states import ListStatus
from tests import factories
from tests.desk.drafting import at, text_of
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _each_entry_stands_on_the_one_before():
    """Let the chain be read for each entry that publishing writes."""
    with zeal_ignore([{"model": "items.Chain", "field": "get()"}]):
        yield


@pytest.fixture
def item():
    return factories.Item(title="换座椅", owner_post__name="设备副厂长")


@pytest.fixture
def office(as_, item):
    return as_(factories.office_of(item))


def proof_of(client, item):
    return client.get(at("publish_list", item.list)).context["proof"]


def send(client, item, **said):
    said = {"version": fresh(item.list).version, "name": item.list.name} | said
    return client.post(at("publish_list", item.list), said)


# Who has what


def test_each_leader_stands_with_the_numbers(office, item):
    factories.another(item)
    idle = factories.Post(committee=item.list.committee, is_leader=True, name="书记")

    proof = proof_of(office, item)

    assert [(line.post.zh, line.numbers) for line in proof.leaders] == [
        (idle.name, ()),
        ("设备副厂长", (1, 2)),
    ]
    assert [line.numbers for line in proof.supervisors] == [(1, 2)]


def test_vacant_post_leads_to_its_appointment_once(office, item):
    post = factories.VacantPost(committee=item.list.committee, is_leader=True)
    for _each in range(3):
        factories.another(item, owner_post=post)

    page = office.get(at("publish_list", item.list))

    (reason,) = [reason for reason in page.context["reasons"] if reason.numbers]
    assert (reason.post, reason.numbers) == (post.pk, (2, 3, 4))
    html = page.content.decode()
    link = f'href="/desk/posts/{post.pk}/appoint/"'
    assert html.count(link) == 2  # beside the reason, and where it stands among the posts


def test_whoever_leads_is_proposed_as_a_leader_and_ticked(office, item):
    Post.objects.update(is_leader=False)

    page = office.get(at("publish_list", item.list))

    assert page.context["reasons"] == []
    assert page.context["form"].initial["leaders"] == [item.owner_post_id]
    assert send(office, item, leaders=[item.owner_post_id]).status_code == 302
    assert Post.objects.get(pk=item.owner_post_id).is_leader
    assert Entry.objects.get(item=None).facts["leaders"] == [item.owner_post_id]


def test_without_a_leader_nothing_is_published(office, item):
    Post.objects.update(is_leader=False)

    answer = send(office, item)

    assert answer.status_code == 403
    assert fresh(item.list).is_draft
    assert not Post.objects.filter(is_leader=True).exists()


def test_post_that_leads_nothing_here_is_no_choice(office, item):
    Post.objects.update(is_leader=False)
    other = factories.Post()

    answer = send(office, item, leaders=[item.owner_post_id, other.pk])

    assert answer.status_code == 422
    assert fresh(item.list).is_draft


# Deadlines


def test_deadlines_that_have_passed_or_are_last_years_stand_out(office, item):
    factories.another(item, due=TODAY - days(9))
    factories.another(item, due=TODAY - days(300))
    factories.another(item, term="standing", due=TODAY + days(9))

    proof = proof_of(office, item)

    odd = [(line.number, line.overdue_days, line.of_an_earlier_year) for line in proof.deadlines]
    assert odd == [(3, 300, True), (2, 9, False)]
    assert (proof.overdue_count, proof.dated_count) == (2, 4)
    assert (proof.next_due, proof.standing) == (TODAY + days(9), (4,))
    assert "4件里有2件公布当天就逾期" in text_of(office.get(at("publish_list", item.list)))


# What becomes public


def test_states_of_the_sheet_stand_as_the_board_will_show_them(office, item):
    other = factories.another(item)
    BroughtIn.objects.create(
        item=other,
        status="resolved",
        signed_off_on=TODAY,
        file="清单.xlsx",
        row=7,
        by=factories.office_of(item),
        at=NOW,
    )

    proof = proof_of(office, item)

    assert proof.brought_in == (("已解决", (2,)),)
    assert {group.key: group.count for group in proof.arithmetic.groups} == {
        "resolved": 1,
        "in_progress": 0,
        "not_started": 1,
    }
    assert [block.status for block in proof.strip] == ["not_started", "resolved"]


def test_what_the_review_shows_is_what_the_board_shows(office, client, item):
    factories.another(item, due=TODAY - days(9))
    proof = proof_of(office, item)
    send(office, item)

    board = client.get(f"/lists/{item.list.slug}/").context["board"]
    assert board.arithmetic == proof.arithmetic
    assert [(b.number, b.status, b.overdue_days) for b in board.strip] == [
        (b.number, b.status, b.overdue_days) for b in proof.strip
    ]


def test_names_are_new_until_a_list_has_shown_them(office, item):
    place = factories.Place(committee=item.list.committee, name="主控室")
    Item.objects.update(place=place)
    assert "主控室" in {line.name.zh for line in proof_of(office, item).new_names}
    factories.publish(item.list)
    again = factories.Item(
        list__committee=item.list.committee,
        place=place,
        owner_post=item.owner_post,
        supervisor_post=item.supervisor_post,
    )

    assert proof_of(office, again).new_names == ()


@pytest.mark.parametrize("where", ["title", "measure", "part", "place", "committee"])
def test_data_about_a_person_is_named_with_its_place(office, item, where):
    words = "找罗师傅13912345678"
    if where == "title":
        Item.objects.update(title=words)
    elif where == "committee":
        Committee.objects.update(name=words)
    elif where == "place":
        Item.objects.update(place=factories.Place(committee=item.list.committee, name=words))
    else:
        getattr(item, f"{where}s").create(**{"text" if where == "measure" else "title": words})

    page = office.get(at("publish_list", item.list))

    (finding,) = page.context["proof"].findings
    assert finding.number == (None if where in ("place", "committee") else 1)
    assert finding.found == ("139…78",)


# The name


@pytest.mark.parametrize("name", ["", "别的清单"])
def test_name_has_to_be_typed(office, item, name):
    answer = send(office, item, name=name)

    assert answer.status_code == 422
    assert fresh(item.list).status == ListStatus.DRAFT


def test_proof_asks_as_much_of_four_items_as_of_two(office, item, django_assert_num_queries):
    factories.another(item)
    office.get(at("publish_list", item.list))
    with django_assert_num_queries(40) as two:
        office.get(at("publish_list", item.list))
    factories.another(item)
    factories.another(item)
    with django_assert_num_queries(len(two)):
        office.get(at("publish_list", item.list))


def test_whoever_may_not_publish_sees_no_proof(as_, item):
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person

    page = as_(auditor).get(at("publish_list", item.list))

    assert page.status_code == 403
    assert "proof" not in page.context


# What stays behind


def earlier(item, year=2025, **columns):
    """Publish an earlier list of the committee, with an item of the same posts."""
    of = {"committee": item.list.committee, "year": year}
    old = factories.another(item, list=factories.ItemList(**of, name=f"{year}年清单"), **columns)
    factories.publish(old.list)
    return fresh(old)


def test_proof_says_what_stays_in_the_list_that_still_runs(office, item):
    old = earlier(item)
    factories.another(old)

    page = office.get(at("publish_list", item.list))

    (line,) = page.context["proof"].left_behind
    assert "2025年清单" in line
    assert "2025年清单" in text_of(page)
    assert f'href="{at("settle_year", old.list)}?into={item.list.slug}"' in page.content.decode()


def test_with_the_change_of_year_nothing_stays_behind(office, item):
    old = earlier(item)
    page = office.get(f"{at('change_year', old.list)}?into={item.list.slug}")

    assert page.context["proof"].left_behind == ()


@pytest.mark.parametrize("year", [2026, 2027])
def test_list_that_is_not_older_is_not_left_behind(office, item, year):
    earlier(item, year)

    assert proof_of(office, item).left_behind == ()


def test_list_in_which_all_is_done_or_another_committees_is_not_left_behind(office, item):
    factories.item_at("resolved", list__year=2025)
    old = earlier(item)
    decision = actions.Decision("党委会", TODAY, "纪要〔2026〕9号")
    by = factories.office_of(old)
    actions.withdraw_item(old, by=by, reason="搬迁", decision=decision, now=NOW)

    assert proof_of(office, item).left_behind == ()


def test_command_says_it_too(item):
    earlier(item)
    by = factories.office_of(item)

    with StringIO() as out:
        call_command("publish_list", item.list.slug, by=by.username, stdout=out)
        assert "2025年清单" in out.getvalue()
