"""Two colleagues at one row: each form of the desk knows which state of *its* row was shown.

What somebody sends for another state gets 409, changes nothing, and keeps what was typed; but for
what only adds, which is written beside the others' words, of which the sender reads.
"""

from dataclasses import dataclass
from io import BytesIO

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from zeal import zeal_ignore

from items import actions
from items.exports.ledger import Wanted, write_numbered, write_separated
from items.models import EntryWords, Photo
from items.states import MOVES
from items.words import OfficeContact, Words
from tests import factories
from tests.desk.drafting import at as at_list
from tests.desk.drafting import draft, filled, table
from tests.desk.sending import HERE, act_address, address, said
from tests.desk.suggesting import FIELDS, act_fields
from tests.desk.suggesting import at as at_suggestion
from tests.items.actions.acts import (
    ACTS,
    add_part,
    change_year,
    choose,
    close,
    enter,
    fresh,
    next_list,
)
from welfare.desk.items.acts import ALL, ON_ENTRIES
from welfare.desk.urls import urlpatterns

pytestmark = pytest.mark.django_db
TYPED = "我写的这句话"


@pytest.fixture(autouse=True)
def _each_entry_stands_on_the_one_before():
    """Let the chain be read for each entry that publishing writes."""
    with zeal_ignore([{"model": "items.Chain", "field": "get()"}]):
        yield


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Leave no sheet that waits to be saved to other tests, whose people have the same keys."""
    settings.VAR_DIR = tmp_path


@dataclass
class Stale:
    """A form as one person saw it, and what somebody else did before it was sent."""

    person: object
    path: str
    sent: dict | object  # or a function of the client, which reads it from the page
    meanwhile: object
    typed: str = TYPED  # what has to come back; "" where there is nothing to type


# Items


def on_item(verb):
    item = ACTS[verb].ready()
    sent = said(verb, item)
    words = [name for name, value in ACTS[verb].said.items() if name in WORDS]
    sent |= dict.fromkeys(words, TYPED)
    person = getattr(factories, f"{ACTS[verb].who}_of")(item)
    typed = TYPED if words else ""
    return Stale(person, act_address(item, verb), sent, lambda: a_task_is_set(item), typed)


WORDS = {"text", "note", "remark", "seen", "reason", "found", "what"}


def a_task_is_set(item):
    """Change an item as a colleague may in any status, and nobody outside sees."""
    by = factories.colleague_of(item)
    task = {"text": "报供货日期", "who": "office", "by_when": factories.TODAY}
    actions.set_task(fresh(item), by=by, now=factories.NOW, **task)


def on_photo(verb, state, meanwhile):
    item = factories.item_at("in_progress")
    photo = (factories.photo if state == "waiting" else factories.public_photo)(item)
    at = address(item, f"entries/{photo.entry.seq}/{verb}")
    words = {"reason": TYPED} if verb != "release_photo" else {"areas": "10 20 15 30"}
    query = "?field=words" if verb == "correct" else ""
    words |= {"value": "新的一句"} if verb == "correct" else {}
    colleague = factories.colleague_of(item)
    return Stale(
        factories.office_of(item),
        at,
        lambda client: filled(client.get(at + query).context["form"]) | words,
        lambda: meanwhile(fresh(photo), by=colleague),
        words.get("reason") or words["areas"],
    )


def hide(photo, by):
    actions.hide_photo(photo, by=by, reason="拍到了人脸", now=factories.NOW)


def release(photo, by):
    actions.release_photo(photo, by=by, now=factories.NOW)


def erased_words():
    item = factories.item_at("in_progress")
    entry = item.entries.get(verb="start")
    at = address(item, f"entries/{entry.seq}/erase_words")
    sent = {"version": item.version, "last_seq": item.last_entry.seq, "reason": TYPED}
    who = {"by": factories.colleague_of(item), "reason": "写了人名", "now": factories.NOW}
    return Stale(
        factories.office_of(item), at, sent, lambda: actions.erase_words(fresh(entry), **who)
    )


def linked_item():
    """Return an item with a handler, and the task of which a reporting link can be made."""
    draft = factories.Item()
    draft.handlers.add(factories.Person())
    factories.publish(draft.list)
    ACTS["start"](fresh(draft))
    said = {"text": "报供货日期", "who": "owner", "by_when": factories.TODAY}
    by = factories.office_of(draft)
    task = actions.set_task(fresh(draft), by=by, now=factories.NOW, **said)
    task.item = fresh(draft)
    return task.item, task


def link_made():
    item, task = linked_item()
    at = address(item, f"entries/{task.seq}/make_link")
    sent = {"version": item.version, "last_seq": item.last_entry.seq}
    sent["handler"] = str(item.handlers.get().pk)
    return Stale(factories.office_of(item), at, sent, lambda: a_task_is_set(item), sent["handler"])


def link_taken_back():
    item, task = linked_item()
    by = {"by": factories.office_of(item), "now": factories.NOW}
    link, _token = actions.make_link(task, handler=item.handlers.get(), **by)
    item = fresh(item)
    at = address(item, f"entries/{link.seq}/revoke_link")
    sent = {"version": item.version, "last_seq": item.last_entry.seq, "reason": TYPED}
    return Stale(by["by"], at, sent, lambda: a_task_is_set(item))


def erased_words_of_a_list():
    item = factories.published_item()
    entry = item.list.entries.get(item=None)
    at = at_list("erase_list_words", item.list, entry.seq)
    who = {"by": factories.colleague_of(item), "reason": "写了人名", "now": factories.NOW}
    return Stale(
        factories.office_of(item),
        at,
        {"reason": TYPED},
        lambda: actions.erase_words(fresh(entry), **who),
    )


def erased_closing_name():
    item = factories.published_item()
    office, unit = factories.office_of(item), item.owner_post
    close(item.list)
    new = {"committee": item.list.committee, "reason": "改名", "by": office}
    actions.rename(unit, Words("新岗位名", ""), **new)
    name = fresh(item.list).closing_names.get()
    path = at_list("erase_closing_name", item.list, name.pk)
    who = {"by": factories.colleague_of(item), "reason": "写了人名", "now": factories.NOW}
    return Stale(office, path, {"reason": TYPED}, lambda: actions.erase_closing_name(name, **who))


# Lists and drafts


def proposed_item():
    """Return a draft whose list is up for objections."""
    item = factories.Item()
    actions.put_up_list(item.list, by=factories.office_of(item), now=factories.NOW)
    return fresh(item)


def on_list(name, sent, make):
    item = make()
    by = factories.office(item.list.committee)
    if name in ("publish_list", "put_up_list"):
        sent = {"name": item.list.name}
    if name == "copy_list":
        sent = {"source": item.list.committee.lists.get(status="published").pk}

    def shown(client):
        return filled(client.get(at_list(name, item.list)).context["form"]) | sent

    def planned():
        if name == "take_list_down":  # it says nothing else meanwhile
            said = {"by": by, "reason": "别人先撤下了", "now": factories.NOW}
            actions.take_down_list(fresh(item.list), **said)
            actions.put_up_list(fresh(item.list), by=by, now=factories.NOW)
        else:
            actions.publish_plan(fresh(item.list), by=by, plan="别人写的方案", now=factories.NOW)

    typed = TYPED if TYPED in sent.values() else ""
    return Stale(by, at_list(name, item.list), shown, planned, typed)


def look_back_opened():
    """Return a round for which somebody else publishes a plan meanwhile."""
    item = factories.item_at("resolved")
    post = factories.Post(committee=item.list.committee)
    said = {"numbers": [item.number], "post": post.pk, "by_when": "2030-01-01", "note": TYPED}
    return on_list("open_look_back", said, lambda: item)


def earlier_and_draft():
    published = factories.published_item(list__year=2025)
    return factories.Item(list__committee=published.list.committee)


def on_draft(name, read, words):
    item = factories.Item(title="换座椅")

    def done():
        row = fresh(item)
        row.title = "别人写的"
        row.save()

    more = () if name == "table" else (item.number,)
    path = at_list(name, item.list, *more)
    return Stale(factories.office_of(item), path, lambda client: read(client, item), done, words)


def imported_sheet():
    item = factories.Item()
    path = at_list("import_sheet", item.list)

    def shown(client):
        sheet = SimpleUploadedFile("台账.csv", "序号,实事项目\n8,换座椅".encode())
        client.post(path, {"file": sheet})
        return {"seen": client.get(path).context["seen"], "save": ""}

    def done():
        row = fresh(item)
        row.title = "别人写的"
        row.save()

    return Stale(factories.office_of(item), path, shown, done, "")


def returned_ledger():
    item = factories.published_item(budget="三万元")
    path = at_list("return_ledger", item.list)
    by = factories.office_of(item)

    def shown(client):
        file = BytesIO()
        wanted = Wanted(item.list.items.published(), inside=True)
        write_numbered(write_separated, file, item.list, wanted, factories.TODAY, by=by)
        edited = file.getvalue().replace("三万元".encode(), "六万元".encode())
        client.post(path, {"file": SimpleUploadedFile("台账.csv", edited)})
        return {"seen": client.get(path).context["plan"].seen}

    def done():
        colleague = factories.colleague_of(item)
        actions.annotate_item(fresh(item), by=colleague, budget="五万元", now=factories.NOW)

    return Stale(by, path, shown, done, "")


# Parts, and the change of year


def corrected_part():
    item = factories.item_at("in_progress")
    add_part(item)
    by, at = factories.office_of(item), address(item, "correct_part")
    query = f"?part={item.parts.get().pk}&field=title"
    words = {"value": "东一区", "reason": TYPED}
    return Stale(
        by,
        at,
        lambda client: filled(client.get(at + query).context["form"]) | words,
        lambda: a_task_is_set(item),
    )


def of_year(step, chosen, sent):
    item = factories.item_at("in_progress")
    into = next_list(item.list, name="明年清单")
    if chosen:
        choose(item.list, into)
    by, at = factories.office_of(item), at_list(step, item.list)

    def planned():
        actions.publish_plan(fresh(item.list), by=by, plan="别人写的方案", now=factories.NOW)

    def shown(client):
        return filled(client.get(at).context["form"]) | sent

    return Stale(by, at, shown, planned, next(iter(sent.values())))


def brought_back():
    item = factories.Item()
    open_one = factories.another(item)
    factories.publish(item.list)
    for act in factories.ROADS["resolved"]:
        act(fresh(item), now=factories.NOW)
    change_year(fresh(open_one))
    item = fresh(item)
    by, at = factories.office_of(item), address(item, "bring_back")
    words = {"reason": TYPED, "due": "2027-03-31"}
    who = {"by": factories.supervisor_of(item), "reason": "又坏了"}
    due = factories.TODAY + factories.days(9)
    return Stale(
        by,
        at,
        lambda client: filled(client.get(at).context["form"]) | words,
        lambda: actions.bring_back(fresh(item), due=due, now=factories.NOW, **who),
    )


# The others


def on_suggestion(verb):
    made = factories.suggestion(factories.Committee(), moderated=verb == "let_in")
    if verb == "settle":  # somebody has to be there who could confirm it
        factories.supervising(made.committee)
    office = factories.office(made.committee)
    if verb in ("take_up_again", "show_answer", "hide_answer"):
        actions.decline(made, reason="not_ours", by=office, text="不归厂里管", now=factories.NOW)
    if verb == "hide_answer":
        actions.show_answer(made, by=office, words="原话", answer="答复", now=factories.NOW)
    if verb == "answer_again":
        actions.decline(made, reason="not_ours", by=office, text="不归厂里管", now=factories.NOW)
        actions.ask_again(fresh(made), words="为什么？")
    sent = act_fields(verb, fresh(made))
    if verb == "merge":
        sent["into"] = factories.suggestion(made.committee).pk
    if verb in ("adopt", "merge", "answer_again"):
        sent["text"] = TYPED
    if verb == "adopt":
        sent["items"] = [factories.published_item(list__committee=made.committee).pk]
    words = [name for name in ("text", "words") if name in sent]
    sent |= dict.fromkeys(words, TYPED)

    seen_then = fresh(made).save  # by a colleague: the same words in another version
    return Stale(office, at_suggestion(made, verb), sent, seen_then, TYPED if words else "")


def triaged():
    made = factories.suggestion(factories.Committee())
    sent = act_fields("decline", made, text=TYPED) | {"verb": "decline"}
    office = factories.office(made.committee)
    return Stale(office, at_suggestion(made), sent, fresh(made).save)


def let_in_among_many():
    made = factories.suggestion(factories.Committee(), moderated=True)
    sent = {"tick": [f"{made.pk}.{made.version}"], "let_in": "1"}
    return Stale(factories.office(made.committee), "/desk/suggestions/", sent, fresh(made).save, "")


def added_on_account():
    item = factories.published_item()
    made = factories.suggestion(item.list.committee)
    at = f"{at_suggestion(made)}add/{item.list.slug}/"
    posts = {name: getattr(item, name).pk for name in ("owner_post", "supervisor_post")}
    told = posts | {"title": "装空调", "due": item.due, "measures": "装空调", "reason": "职工提"}
    told |= {"text": TYPED, "parts": "0", "suggestion_version": made.version}
    return Stale(factories.office_of(item), at, told, fresh(made).save)


def told_on_the_phone():
    made = factories.suggestion(factories.Committee(), contact="13912345678")
    office = factories.office(made.committee)
    actions.decline(made, reason="rules", by=office, text="不行", now=factories.NOW)
    actions.see_contact(made, by=office, why="告知", now=factories.NOW)
    sent = act_fields("tell_by_phone", fresh(made))
    return Stale(office, at_suggestion(made, "tell_by_phone"), sent, fresh(made).save, "")


def ready_answers():
    item = factories.published_item()
    committee, office = item.list.committee, factories.office_of(item)
    sent = {"version": "0", "rows": "1", "name_0": "不归本厂", "text_0": TYPED}
    theirs = [("已在办", "已列入清单。")]
    return Stale(
        office,
        f"/desk/ready-answers/{committee.slug}/",
        sent,
        lambda: actions.set_ready_answers(committee, by=office, answers=theirs),
    )


def on_appeal():
    made = factories.suggestion(factories.Committee())
    office, post = factories.office(made.committee), factories.Post(committee=made.committee)
    actions.name_review_posts(made.committee, post, by=office)
    actions.decline(made, reason="not_ours", by=office, text="不归厂里管", now=factories.NOW)
    actions.appeal(fresh(made), words="没人来看过")
    sent = act_fields("answer_appeal", fresh(made), outcome="stands", text=TYPED)
    return Stale(post.holder(factories.TODAY), f"/desk/appeals/{made.pk}/", sent, fresh(made).save)


def on_said_done():
    made = factories.suggestion(factories.Committee())
    supervisor = factories.supervising(made.committee)
    actions.settle(made, by=factories.office(made.committee), text="装好了", now=factories.NOW)
    sent = act_fields("check_settled", fresh(made), found="done", text=TYPED)
    return Stale(supervisor, f"/desk/to_confirm/{made.pk}/", sent, fresh(made).save)


def on_call(path, issued=False, **sent):
    committee = factories.Committee()
    office = factories.office(committee)
    call = factories.call(committee) if issued else written_call(committee, office)
    at = f"/desk/calls/{call.pk}/{path}/"

    def shown(client):
        return filled(client.get(at).context["form"]) | sent

    return Stale(office, at, shown, fresh(call).save, TYPED if sent else "")


def written_call(committee, office):
    days = [factories.TODAY + factories.days(count) for count in (0, 14, 30)]
    said = dict(zip(["opens_on", "closes_on", "answer_by"], days, strict=True))
    said |= {"title": "征集", "purpose": "实事", "issuer": "党委"}
    return actions.write_call(committee, by=office, **said)


def appointed():
    item = factories.published_item()
    post, person = item.owner_post, factories.Person()
    at = f"/desk/posts/{post.pk}/appoint/"
    words = {"person": person.pk, "reason": TYPED}
    return Stale(
        factories.office_of(item),
        at,
        lambda client: filled(client.get(at).context["form"]) | words,
        lambda: factories.vacate(post),
    )


def marked():
    item = factories.published_item()
    post, office = item.owner_post, factories.office_of(item)
    at = f"/desk/posts/{post.pk}/leader/"
    who = {"by": factories.colleague_of(item), "reason": "分工调整", "now": factories.NOW}
    return Stale(
        office,
        at,
        lambda client: filled(client.get(at).context["form"]) | {"reason": TYPED},
        lambda: actions.mark_leader(fresh(post), False, **who),
    )


def renamed():
    item = factories.published_item()
    post, office = item.owner_post, factories.office_of(item)
    slug = item.list.committee.slug
    at = f"/desk/names/{slug}/post/{post.pk}/rename/"
    who = {"committee": item.list.committee, "by": office, "reason": "机构调整"}
    new = Words("别人起的名")
    return Stale(
        office,
        at,
        lambda client: filled(client.get(at).context["form"]) | {"name": "新名", "reason": TYPED},
        lambda: actions.rename(post, new, now=factories.NOW, **who),
    )


def office_found_elsewhere():
    committee = factories.Committee()
    office = factories.office(committee)
    at = f"/desk/committees/{committee.slug}/set_office_contact/"
    contact = OfficeContact(phone="0790-0999999")
    return Stale(
        office,
        at,
        lambda client: filled(client.get(at).context["form"]) | {"room": TYPED},
        lambda: actions.set_office_contact(committee, contact, by=office),
    )


def named_elsewhere(verb, chosen):
    item = factories.published_item()
    committee, office = item.list.committee, factories.office_of(item)
    post = factories.Post(committee=committee)
    at = f"/desk/committees/{committee.slug}/{verb}/"
    return Stale(
        office,
        at,
        lambda client: filled(client.get(at).context["form"]) | {chosen: item.owner_post_id},
        lambda: getattr(actions, verb)(committee, post, by=office, now=factories.NOW),
        "",
    )


def a_card_released_elsewhere():
    item = factories.item_at("in_progress")
    enter(item)
    entry, office = fresh(item).last_entry, factories.office_of(item)
    third = factories.Role(committee=item.list.committee).person

    def shown(client):
        ((card, *_forms),) = client.get(at_list("releases", item.list)).context["cards"]
        return {"card": card.key, "seen": card.state, "answer": "refuse", "reason": TYPED}

    return Stale(
        office,
        at_list("releases", item.list),
        shown,
        lambda: actions.release_entry(fresh(entry.item), by=third, now=factories.NOW),
    )


def reported_meanwhile():
    item = factories.item_at("in_progress")
    owner = factories.owner_of(item)

    def shown(client):
        (form,) = client.get(at_list("month", item.list)).context["rows"]
        day = {"happened_on": factories.TODAY.isoformat()}
        return (
            day
            | {form[name].html_name: form[name].value() for name in ("seen_version", "was_version")}
            | {form["text"].html_name: TYPED}
        )

    return Stale(
        owner,
        at_list("month", item.list),
        shown,
        lambda: actions.report_progress(fresh(item), by=owner, text="先报了", now=factories.NOW),
    )


def synonyms():
    item = factories.published_item()
    committee, office = item.list.committee, factories.office_of(item)
    at = f"/desk/synonyms/{committee.slug}/"
    return Stale(
        office,
        at,
        lambda client: filled(client.get(at).context["form"]) | {"lines": f"别名 {TYPED}"},
        lambda: actions.set_synonyms(committee, by=office, lines="铁水罐 鱼雷罐"),
    )


def withdrawn_visit():
    item = factories.published_item()
    visit, office = factories.site_visit(item.owner_post), factories.office_of(item)
    who = {"by": factories.colleague_of(item), "reason": "日期写错", "now": factories.NOW}
    path = f"/desk/visits/{visit.pk}/withdraw/"
    return Stale(office, path, {"reason": TYPED}, lambda: actions.withdraw_visit(visit, **who))


def removed_document():
    item = factories.item_at("in_progress", hardship=True)
    file, office = factories.case_file(item), factories.office_of(item)
    who = {"by": factories.colleague_of(item), "reason": "传错了", "now": factories.NOW}
    path = address(item, f"case/{file.pk}/remove")
    return Stale(office, path, {"reason": TYPED}, lambda: actions.remove_case_file(file, **who))


VOTES = {"satisfied": 3, "basically": 0, "unsatisfied": 0, "present": 3}


def written_assessment():
    item = factories.published_item()
    row = factories.assessment(item.list, {1: VOTES})
    at = at_list("write_assessment", item.list, row.number)

    def shown(client):
        page = client.get(at).context
        forms = [page["form"], *page["rows"]]
        said = {f.html_name: f.value() for form in forms for f in form if f.value() is not None}
        return said | {"body": TYPED}

    colleague = {"by": factories.colleague_of(item), "body": "工会"}
    return Stale(
        factories.office_of(item),
        at,
        shown,
        lambda: factories.assessment(item.list, {1: VOTES}, assessment=fresh(row), **colleague),
    )


def issued_assessment():
    item = factories.published_item()
    row = factories.assessment(item.list, {1: VOTES}, by=factories.colleague_of(item))
    at = at_list("issue_assessment", item.list, row.number)
    colleague = {"by": factories.colleague_of(item), "body": "工会"}
    return Stale(
        factories.office_of(item),
        at,
        lambda client: filled(client.get(at).context["form"]),
        lambda: factories.assessment(item.list, {1: VOTES}, assessment=fresh(row), **colleague),
        "",
    )


def on_bulletin(name, typed="", **said):
    item = factories.published_item()
    factories.issued_bulletin(item.list)
    row = factories.bulletin(item.list, by=factories.colleague_of(item))
    at = at_list(name, item.list, row.number)
    return Stale(
        factories.office_of(item),
        at,
        lambda client: filled(client.get(at).context["form"]) | said,
        lambda: factories.bulletin(
            item.list, bulletin=fresh(row), by=factories.colleague_of(item), foreword="别人写的"
        ),
        typed,
    )


PLAN = {"plan": TYPED}
SUGGESTION_VERBS = [*FIELDS, "answer_again", "adopt", "merge"]
# By the name of the address: how its form gets stale.
FORMS = {
    **{
        act.name: lambda verb=act.verb: on_item(verb)
        for act in [*ALL, *ON_ENTRIES]
        if act.verb in ACTS and act.name != "correct_photo"
    },
    "release_photo": lambda: on_photo("release_photo", "waiting", hide),
    "hide_photo": lambda: on_photo("hide_photo", "waiting", release),
    "correct_photo": lambda: on_photo("correct", "public", hide),
    "make_link": link_made,
    "revoke_link": link_taken_back,
    "erase_words": erased_words,
    "erase_list_words": erased_words_of_a_list,
    "erase_closing_name": erased_closing_name,
    "publish_list": lambda: on_list("publish_list", {}, factories.Item),
    "put_up_list": lambda: on_list("put_up_list", {}, factories.Item),
    "take_list_down": lambda: on_list("take_list_down", {"reason": TYPED}, proposed_item),
    "copy_list": lambda: on_list("copy_list", {}, earlier_and_draft),
    "publish_plan": lambda: on_list("publish_plan", PLAN, factories.Item),
    "open_look_back": look_back_opened,
    "close_list": lambda: on_list("close_list", {}, lambda: factories.item_at("resolved")),
    "correct_part": corrected_part,
    "carry_over": lambda: of_year("carry_over", False, {"due-1": "2027年3月底前"}),
    "change_year": lambda: of_year("change_year", True, {"name": "明年清单"}),
    "bring_back": brought_back,
    "table": lambda: on_draft(
        "table",
        lambda client, item: table(client, item.list, row_0_title=TYPED),
        TYPED,
    ),
    "edit_draft": lambda: on_draft(
        "edit_draft", lambda client, item: draft(client, item, title=TYPED), TYPED
    ),
    "import_sheet": imported_sheet,
    "return_ledger": returned_ledger,
    "delete_draft": lambda: on_draft(
        "delete_draft", lambda client, item: {"version": item.version}, ""
    ),
    **{verb: lambda verb=verb: on_suggestion(verb) for verb in SUGGESTION_VERBS},
    "suggestion": triaged,
    "suggestions": let_in_among_many,
    "add_from_suggestion": added_on_account,
    "tell_by_phone": told_on_the_phone,
    "ready_answers": ready_answers,
    "answer_appeal": on_appeal,
    "check_settled": on_said_done,
    "write_call": lambda: on_call("draft", purpose=TYPED),
    "issue_call": lambda: on_call("issue"),
    "end_call": lambda: on_call("end", issued=True, reason=TYPED),
    "appoint": appointed,
    "mark_leader": marked,
    "rename": renamed,
    "set_office_contact": office_found_elsewhere,
    "name_releasing_post": lambda: named_elsewhere("name_releasing_post", "post"),
    "name_review_posts": lambda: named_elsewhere("name_review_posts", "second"),
    "releases": a_card_released_elsewhere,
    "month": reported_meanwhile,
    "synonyms": synonyms,
    "withdraw_visit": withdrawn_visit,
    "remove_case_file": removed_document,
    "write_assessment": written_assessment,
    "issue_assessment": issued_assessment,
    "write_bulletin": lambda: on_bulletin("write_bulletin", TYPED, foreword=TYPED),
    "issue_bulletin": lambda: on_bulletin("issue_bulletin"),
    "ask_for_bulletin": lambda: on_bulletin("ask_for_bulletin"),
    "correct_bulletin": lambda: on_bulletin("correct_bulletin", TYPED, text=TYPED),
}
# Pages to read, and forms that change no row that others change: they add one.
READ_ONLY = {"desk", "queue", "posts", "names", "lists", "list", "pack", "item", "photo", "small"}
READ_ONLY |= {"settle_year", "list_ledger", "export", "export_file", "edit_drafts"}
READ_ONLY |= {"coachings", "appeals", "to_confirm", "result_photo"}
READ_ONLY |= {"import_template", "wall", "list_dossier", "item_dossier", "sign_off_sheet"}  # files
READ_ONLY |= {"list_dossiers", "list_text", "queue_text"}
READ_ONLY |= {"delete_table_view"}  # of a view, nothing is typed
READ_ONLY |= {"suggestion_photo", "suggestion_small", "calls", "call"}
READ_ONLY |= {"see_notices", "open_case_file", "case", "see_contact"}  # each look is a row
READ_ONLY |= {"assessments", "assessment", "bulletins", "bulletin"}
READ_ONLY |= {"drop_erratum"}  # nothing is typed
ADDS = {"table_views", "new_list", "new_call", "visits", "add_item", "add_photo", "add_case_file"}
ADDS |= {"release_photos"}  # each photo by itself (test_photo_tray)
ADDS |= {"enter_suggestion", "new_assessment", "add_erratum", "new_bulletin"}


def test_each_form_of_the_desk_is_walked():
    names = {pattern.name for pattern in urlpatterns}
    assert set(FORMS) | READ_ONLY | ADDS == names
    assert not set(FORMS) & (READ_ONLY | ADDS)


VERBS = {act.name: act.verb for act in [*ALL, *ON_ENTRIES]}
ADDING = [name for name in FORMS if VERBS.get(name) in MOVES and MOVES[VERBS[name]].adds]


@pytest.mark.parametrize("name", ADDING)
def test_what_only_adds_is_written_beside_the_others(as_, name):
    form = FORMS[name]()
    client = as_(form.person)
    sent = form.sent(client) if callable(form.sent) else form.sent
    form.meanwhile()

    answer = client.post(form.path, sent, headers=HERE, follow=True)

    assert answer.redirect_chain
    assert "您填写时，" in answer.content.decode()
    assert "报供货日期" in answer.content.decode()
    assert EntryWords.objects.filter(text__contains=TYPED).exists()


@pytest.mark.parametrize("name", sorted(set(FORMS) - set(ADDING)))
def test_stale_form_changes_nothing_and_keeps_what_was_typed(as_, name):
    form = FORMS[name]()
    client = as_(form.person)
    sent = form.sent(client) if callable(form.sent) else form.sent
    form.meanwhile()
    before = state()

    answer = client.post(form.path, sent, headers=HERE)

    assert answer.status_code == 409
    assert state() == before
    assert form.typed in answer.content.decode()


@pytest.mark.parametrize("name", FORMS)
def test_without_a_colleague_it_is_taken(as_, name):
    # The negative control: what is refused is the state, not the form.
    form = FORMS[name]()
    client = as_(form.person)
    sent = form.sent(client) if callable(form.sent) else form.sent

    # A reporting link is shown by the answer itself, since it is shown once.
    taken = 201 if name == "make_link" else 302
    assert client.post(form.path, sent, headers=HERE).status_code == taken


def state():
    """Return every row of ours, to compare before and after."""
    return {
        model: list(model._base_manager.order_by("pk").values())
        for model in apps.get_app_config("items").get_models()
    }


def test_hidden_photo_stays_hidden(as_):
    form = FORMS["release_photo"]()
    client = as_(form.person)
    sent = form.sent(client)
    form.meanwhile()

    client.post(form.path, sent)

    assert Photo.objects.get().state == Photo.State.HIDDEN


def test_second_sending_releases_once_one_has_seen(as_):
    form = FORMS["release_photo"]()
    client = as_(form.person)
    sent = form.sent(client)
    form.meanwhile()
    again = filled(client.post(form.path, sent).context["form"])

    assert client.post(form.path, again).status_code == 302
    assert Photo.objects.get().state == Photo.State.PUBLIC
