"""A month's progress on one page: each item at work with a box, saved at once."""

import re

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items import actions, queries, staff
from items.actions.batch import Repeated
from items.errors import Conflict, Refused
from items.rules.permission import list_is_closed
from items.states import OWNER_OR_OFFICE, ListStatus
from welfare.desk import rights
from welfare.desk.lists.views import get_list
from welfare.desk.month.forms import ChoiceOfItems, MonthForm, RowForm, SentMonth, at_current
from welfare.desk.parameters import page_number
from welfare.http import kept_uploads
from welfare.http.form_recovery import recovers

TEXT = re.compile(r"([0-9]{1,9})-text")


@recovers(SentMonth)
def month(request, slug):
    """Show what is at work with a box each, and save what is said; what was typed is kept."""
    item_list = get_list(request, slug)
    rights.refuse(why_not(request.user, item_list))
    page = read(request, item_list)
    if request.method != "POST":
        rows = [RowForm(row=row) for row in page.rows]
        return month_page(request, item_list, page, MonthForm(), rows)
    whole = MonthForm(request.POST)
    files = kept_uploads.files_of(request, SentMonth, kept_uploads.keeper_of(request))
    rows = [
        RowForm(request.POST, files, row=row)
        for row in page.rows
        if f"{row.row.number}-seen_version" in request.POST
    ]
    lost = lost_rows(request, item_list, page)
    if not all([whole.is_valid(), *(row.is_valid() for row in rows)]):
        return wrong(request, item_list, page, whole, rows, lost, files)
    reports = [report(row, whole) for row in rows if row.says_something()]
    same = [row for row in rows if row.cleaned_data["same"]]
    try:
        if lost:
            raise Conflict(_("An item that you wrote about isn’t at work any more. See below."))
        if reports or not same:
            done = actions.report_many(item_list, reports, by=request.user, yes=whole.yes)
            say_written(request, done)
    except Repeated as repeated:
        messages.info(request, repeated.sentences[0])
    except Refused as refused:
        return not_written(request, item_list, whole, refused, files)
    say_unwritten(request, rows, same)
    return redirect(request.get_full_path())


def why_not(person, item_list) -> str:
    """Say why this person reports nothing in this list now; "" when they do."""
    if queries.reports_in(person, item_list, localdate()):
        return ""
    if item_list.status == ListStatus.CLOSED:
        return list_is_closed()
    if item_list.status == ListStatus.DRAFT:
        return _("The list isn’t published yet: nothing of it is at work.")
    return str(OWNER_OR_OFFICE.otherwise)


def read(request, item_list):
    chosen = {name: request.GET.get(name, "") for name in ("owner", "unit")}
    number = page_number(request.GET)
    return queries.month_page(item_list, request.user, localdate(), page=number, **chosen)


def report(form, whole):
    """Return what a row says, as the action takes it."""
    return actions.Report(
        form.row.pk,
        form.cleaned_data["text"],
        **{form.name: form.changed_number()},
        happened_on=whole.cleaned_data["happened_on"],
        seen=form.cleaned_data["seen_version"],
        photos=form.cleaned_data["photos"],
    )


def lost_rows(request, item_list, page):
    """Return what was typed about items that the page no longer has a box for."""
    typed = {int(m[1]): text for name, text in request.POST.items() if (m := TEXT.fullmatch(name))}
    numbers = [number for number, text in typed.items() if text.strip()]
    gone = set(numbers) - {row.row.number for row in page.rows}
    items = queries.seen_items(item_list, gone, request.user, localdate())
    return [(staff.item_link(item), typed[item.number]) for item in items]


def wrong(request, item_list, page, whole, rows, lost, files):
    """Show the page with what is wrong, each sentence with its item's number."""
    for row in rows:
        for sentences in row.errors.values():
            for sentence in sentences:
                said = {"number": row.row.row.number, "gap": sentence}
                whole.add_error(None, _("No. %(number)s: %(gap)s") % said)
    rows = rows if len(rows) == len(page.rows) else bound(request.POST, files, page)
    keep_photos(request, rows)
    return month_page(request, item_list, page, whole, rows, lost, 422)


def not_written(request, item_list, whole, refused, files):
    """Show the page as it stands now; what came meanwhile stands beside what was typed."""
    page = read(request, item_list)
    whole.say_refused(refused)
    rows = bound(request.POST, files, page)
    keep_photos(request, rows)
    for row in rows:
        for sentence in getattr(refused, "rows", {}).get(row.row.pk, ()):
            row.add_error("text", sentence)
    unsaid = not any(row.cleaned_data.get("text") for row in rows)
    status = 409 if isinstance(refused, Conflict) else 422 if unsaid else 403
    lost = lost_rows(request, item_list, page)
    return month_page(request, item_list, page, whole, rows, lost, status)


def keep_photos(request, rows):
    """Keep the photos that were chosen in rows that come back."""
    keeper = kept_uploads.keeper_of(request)
    for row in rows:
        if row.files.getlist(row["photos"].html_name):
            kept_uploads.come_back(row, keeper)


def bound(sent, files, page):
    """Return the rows' forms with what was sent, about the items as they are now."""
    data = at_current(sent, page.rows)
    rows = [RowForm(data, files, row=row) for row in page.rows]
    for row in rows:
        row.full_clean()
    return rows


def say_written(request, done):
    """Say how many are public now, and how many wait for a second yes."""
    if reported := len(done.entries) - done.waiting:
        sentence = ngettext(
            "Reported: %(n)d item. It is public now.",
            "Reported: %(n)d items. They are public now.",
            reported,
        )
        messages.success(request, sentence % {"n": reported})
    if done.waiting:
        sentence = ngettext(
            "Entered for the owner: %(n)d item. It waits for a second person’s release.",
            "Entered for owners: %(n)d items, as one batch for a second person’s release.",
            done.waiting,
        )
        messages.success(request, sentence % {"n": done.waiting})


def say_unwritten(request, rows, same):
    """Say of how many nothing changed, and which were passed over."""
    if same:
        sentence = ngettext(
            "No change: %(n)d item. Nothing was written of it; its silence goes on counting.",
            "No change: %(n)d items. Nothing was written of them; their silence goes on counting.",
            len(same),
        )
        messages.info(request, sentence % {"n": len(same)})
    left = [row for row in rows if not row.says_something() and row not in same]
    if left:
        numbers = ", ".join(str(row.row.row.number) for row in left[:MOST_NAMED])
        more = "…" if len(left) > MOST_NAMED else ""
        messages.info(request, _("Nothing said yet of: %s") % f"{numbers}{more}")


MOST_NAMED = 30


def month_page(request, item_list, page, whole, rows, lost=(), status=200):
    context = {"at": "lists", "list": staff.list_head(item_list), "page": page, "form": whole}
    chosen = ChoiceOfItems(initial=request.GET.dict(), page=page, auto_id="%s")
    context |= {"rows": rows, "lost": lost, "chosen": chosen, "address": request.get_full_path()}
    context["as_of"] = localdate()
    return render(request, "desk/month.html", context, status=status)
