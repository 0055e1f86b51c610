"""Bulletins at the desk: prepared, previewed, asked for, and issued by a second person."""

import pytest

from items import actions
from items.models import Bulletin
from items.rules.issuing import why_not_issue_bulletin
from tests import factories
from tests.desk.drafting import filled
from tests.desk.sending import HERE, text_of
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import close, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress")


@pytest.fixture
def client(as_, item):
    return as_(factories.office_of(item))


def at(item_list, tail=""):
    return f"/desk/lists/{item_list.slug}/bulletins/{tail}"


def post(client, path, sent, **more):
    return client.post(path, sent, headers=HERE, **more)


def said(item, **changes):
    post_ = item.list.committee.posts.first()
    words = {"foreword": "照实说", "signed_post": post_.pk, "signed_name": "林卫东"}
    return words | {"kind": "progress", "signed_on": TODAY.isoformat()} | changes


def test_it_is_prepared_previewed_and_saved(client, item):
    answer = post(client, at(item.list, "new/"), said(item), follow=True)

    draft = Bulletin.objects.get()
    assert answer.redirect_chain == [(at(item.list, "1/"), 302)]
    assert (draft.number, draft.foreword, draft.signed_name) == (1, "照实说", "林卫东")
    text = text_of(answer)
    assert "照实说" in text
    assert "总的情况" in text
    assert "签发：" in text


def test_second_person_issues_what_they_read(as_, client, item):
    post(client, at(item.list, "new/"), said(item))
    colleague = as_(factories.colleague_of(item))
    path = at(item.list, "1/issue/")
    page = colleague.get(path)
    assert "照实说" in text_of(page)

    answer = post(colleague, path, filled(page.context["form"]), follow=True)

    assert answer.redirect_chain == [(at(item.list, "1/"), 302)]
    assert Bulletin.objects.get().is_issued
    assert "通报已发出" in text_of(answer)


def test_who_prepared_it_reads_why_they_do_not_issue_it(client, item):
    factories.bulletin(item.list)

    page = client.get(at(item.list, "1/issue/"))

    assert page.status_code == 403
    assert "是您自己" in text_of(page)


def test_what_moved_meanwhile_is_shown_before_the_yes(as_, item):
    factories.bulletin(item.list)
    colleague, path = as_(factories.colleague_of(item)), at(item.list, "1/issue/")
    sent = filled(colleague.get(path).context["form"])
    factories.claim(fresh(item), now=NOW)

    answer = post(colleague, path, sent)

    assert answer.status_code == 409
    assert "情况有变" in text_of(answer)
    assert "报了办完，等核查" in text_of(answer)
    again = post(colleague, path, filled(answer.context["form"]))
    assert again.status_code == 302
    assert Bulletin.objects.get().is_issued


def test_secretary_approves_and_issues_it_on_one_page(as_, item):
    secretary = factories.Post(committee=item.list.committee, name="书记")
    office = factories.office_of(item)
    actions.name_releasing_post(item.list.committee, secretary, by=office, now=NOW)
    draft = factories.bulletin(item.list, signed_post=None, signed_name="", signed_on=None)
    actions.ask_for_bulletin(draft, by=office, now=NOW)
    holder = secretary.holder(TODAY)
    client = as_(holder)
    assert at(item.list, "1/issue/") in client.get("/desk/").content.decode()
    page = client.get(at(item.list, "1/issue/"))
    assert f"书记 {holder.name}" in text_of(page)

    answer = post(client, at(item.list, "1/issue/"), filled(page.context["form"]))

    assert answer.status_code == 302
    assert Bulletin.objects.get().signed_post == secretary


def test_asking_puts_it_on_the_desks_of_others_alone(as_, client, item):
    factories.bulletin(item.list)
    path = at(item.list, "1/ask/")

    post(client, path, filled(client.get(path).context["form"]))

    link = at(item.list, "1/issue/")
    assert link in as_(factories.colleague_of(item)).get("/desk/").content.decode()
    assert link not in as_(factories.office_of(item)).get("/desk/").content.decode()
    assert link not in as_(factories.owner_of(item)).get("/desk/").content.decode()


def test_draft_is_not_there_for_others(as_, item):
    factories.bulletin(item.list)

    for person in (factories.owner_of(item), factories.supervisor_of(item)):
        client = as_(person)
        assert client.get(at(item.list, "1/")).status_code == 404
        assert at(item.list, "1/") not in client.get(at(item.list)).content.decode()
    assert as_(factories.Person()).get(at(item.list, "1/")).status_code == 404


def test_stale_draft_comes_back_with_what_was_typed_and_theirs(client, item):
    draft = factories.bulletin(item.list)
    path = at(item.list, "1/draft/")
    sent = filled(client.get(path).context["form"]) | {"foreword": "我的话"}
    by = factories.colleague_of(item)
    factories.bulletin(item.list, bulletin=fresh(draft), by=by, foreword="别人的话")

    answer = post(client, path, sent)

    assert answer.status_code == 409
    assert "我的话" in answer.content.decode()
    assert "别人的话" in text_of(answer)
    assert post(client, path, filled(answer.context["form"])).status_code == 302
    assert fresh(draft).foreword == "我的话"


def test_paragraph_that_is_too_long_is_said_to_be_so(client, item):
    answer = post(client, at(item.list, "new/"), said(item, foreword="长" * 1001))

    assert answer.status_code == 422
    assert "长" * 1001 in answer.content.decode()


def test_erratum_is_added_and_taken_out(client, item):
    issued = factories.issued_bulletin(item.list)
    factories.bulletin(item.list)
    path = at(item.list, "2/erratum/")
    sent = filled(client.get(path).context["form"])

    post(client, path, sent | {"of": issued.pk, "section": "due", "text": "第1件不在内"})
    page = client.get(at(item.list, "2/"))
    assert "第1期“30天内到期”：第1件不在内" in text_of(page)

    draft = Bulletin.objects.get(number=2)
    drop = at(item.list, f"2/errata/{draft.errata.get().pk}/drop/")
    assert client.get(drop).status_code == 405
    post(client, drop, {"version": draft.version})
    assert not draft.errata.exists()


def test_list_says_how_long_ago_the_last_one_was(client, item):
    assert "清单2026年3月2日公布了，可以发一期通报" in text_of(client.get(at(item.list)))
    factories.issued_bulletin(item.list, now=NOW - days(28), signed_on=TODAY - days(28))

    for path in (at(item.list), f"/desk/lists/{item.list.slug}/"):
        text = text_of(client.get(path))
        assert "上一期是第1期，28天前发出。" in text
        assert "可以发一期通报" not in text


def test_closing_and_looking_back_offer_the_next_one(as_):
    item = factories.item_at("resolved")
    client = as_(factories.office_of(item))
    factories.issued_bulletin(item.list)
    close(item.list)
    assert "结项了，可以发一期通报" in text_of(client.get(at(item.list)))


def test_draft_list_has_no_bulletins(as_):
    draft = factories.Item()
    client = as_(factories.office_of(draft))

    assert client.get(at(draft.list)).status_code == 404
    assert client.get(at(draft.list, "new/")).status_code == 404


def test_matrix_of_roles_on_the_pages(as_, item):
    factories.bulletin(item.list)
    people = {
        "office": factories.office_of(item),
        "colleague": factories.colleague_of(item),
        "owner": factories.owner_of(item),
        "auditor": factories.Role(committee=item.list.committee, kind="auditor").person,
    }
    pages = ["1/", "1/draft/", "1/ask/", "1/issue/"]

    statuses = {
        who: [as_(person).get(at(item.list, page)).status_code for page in pages]
        for who, person in people.items()
    }

    assert statuses == {
        "office": [200, 200, 200, 403],
        "colleague": [200, 200, 200, 200],
        "owner": [404, 404, 404, 404],
        "auditor": [200, 403, 403, 403],
    }
    assert why_not_issue_bulletin(Bulletin.objects.get(), people["colleague"], TODAY) == ""
