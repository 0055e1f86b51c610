"""Every address of the desk, about one item with all that hangs on it, and a draft list."""

from items import actions
from tests import factories
from tests.items.actions.acts import enter, fresh

DRAFT = "明年还没公布的清单"


def world():
    """Return the pieces of every address: an item with all that hangs on it, and a draft list."""
    item = factories.item_at("in_progress", hardship=True)
    handler = factories.Person()
    said = {"field": "handlers", "value": [handler], "reason": "点名", "now": factories.NOW}
    actions.correct_item(item, by=factories.office_of(item), **said)
    committee = item.list.committee
    task = {"text": "报供货日期", "who": "owner", "by_when": factories.TODAY}
    entries = {
        "set_task": actions.set_task(
            fresh(item), by=factories.office_of(item), now=factories.NOW, **task
        ),
        "deliver": factories.delivery(fresh(item)).entry,
        "plan_occasion": factories.occasion(fresh(item)).entry,
        "add_photo": factories.photo(fresh(item)).entry,
    }
    who = {"by": factories.office_of(item), "handler": handler, "now": factories.NOW}
    entries["make_link"], _token = actions.make_link(fresh(entries["set_task"]), **who)
    enter(fresh(item))  # by a colleague: it waits for the office's second yes
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    added = {"by": factories.office_of(item), "reason": "增列", "now": factories.NOW}
    other = actions.add_item(fresh(item.list), factories.draft(**posts), **added)
    votes = {other.number: {"satisfied": 1, "basically": 0, "unsatisfied": 0, "present": 1}}
    factories.assessment(item.list, votes, by=factories.colleague_of(item))
    factories.bulletin(item.list, by=factories.colleague_of(item))
    draft = factories.Item(list__committee=committee, list__name=DRAFT)
    by = factories.office(committee)
    said = factories.suggestion(committee, contact="分机 301")
    days = [factories.TODAY + factories.days(count) for count in (0, 14, 30)]
    days = dict(zip(["opens_on", "closes_on", "answer_by"], days, strict=True))
    words = {"title": "征集", "purpose": "实事", "issuer": "党委"}
    return {
        "item": fresh(item),
        "draft": draft,
        "entries": entries,
        "suggestion": said,
        "call": actions.write_call(committee, by=by, **words, **days),
        "file": factories.case_file(fresh(item)),
        "visit": factories.site_visit(item.owner_post),
    }


ABOUT = {"finish_task": "set_task", "take_back": "deliver", "erase_words": "set_task"}
ABOUT |= {"make_link": "set_task", "revoke_link": "make_link"}
ABOUT |= dict.fromkeys(["hold_occasion", "call_off_occasion"], "plan_occasion")
ON_DRAFTS = {
    "edit_drafts",
    "table",
    "import_sheet",
    "import_template",
    "edit_draft",
    "delete_draft",
    "publish_list",
    "put_up_list",
    "take_list_down",
    "copy_list",
}
KEYS = {
    "calls/": "call",
    "suggestions/": "suggestion",
    "appeals/": "suggestion",
    "to_confirm/": "suggestion",
    "visits/": "visit",
}


def path_of(pattern, world):
    """Return a pattern's address, with the pieces of the world in it."""
    name, route = pattern.name, str(pattern.pattern)
    item = world["draft" if name in ON_DRAFTS else "item"]
    entry = world["entries"][ABOUT.get(name, "add_photo")]
    key = next((world[row].pk for begins, row in KEYS.items() if route.startswith(begins)), None)
    pieces = {
        "<slug:slug>": item.list.committee.slug if route.startswith("names") else item.list.slug,
        "<number:number>": 1 if "photos/" in route else item.number,
        "<number:seq>": entry.seq,
        "<slug:kind>": "post",
        "<queue:key>": "overdue",
        "<number:pk>": key or (world["file"].pk if "case/" in route else item.owner_post_id),
        "<key:pk>": key,
    }
    for piece, value in pieces.items():
        route = route.replace(piece, str(value))
    return f"/desk/{route}"
