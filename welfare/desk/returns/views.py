"""An exported ledger that comes back: its file is read once, compared, decided, saved."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from items import rules, staff
from items.errors import Conflict, Refused
from items.sheets import uploads
from items.sheets.archive import MAX_FILE
from items.sheets.returned import Returned, read_returned
from items.sheets.returning import KINDS, do_return, plan_return
from items.sheets.uploads import Upload
from welfare.desk import rights
from welfare.desk.items.acts import ALL
from welfare.desk.lists.views import get_list
from welfare.desk.returns.forms import BookForm, ReturnForm
from welfare.http.form_recovery import recovers

MOST_REFUSED = 100  # cells that the page shows one by one
ACTS = {act.verb: act for act in reversed(ALL)}


@recovers(BookForm)
def return_ledger(request, slug):
    """Show what an edited ledger would change in a list, let that be decided, then save it."""
    item_list = get_list(request, slug)
    if request.method != "POST":
        if why_not := rules.why_not("return_ledger", request.user, item_list):
            return page(request, item_list, status=403, why_not=why_not)
        upload = kept(request, item_list)
        return shown(request, item_list, upload) if upload else page(request, item_list)
    rights.ask("return_ledger", request, item_list)
    rights.ask_now("return_ledger", request, item_list)
    if "other" in request.POST:
        uploads.forget(request.user)
        return redirect(request.path)
    return decided(request, item_list) if "seen" in request.POST else chosen(request, item_list)


def chosen(request, item_list):
    """Read the file that was chosen, and keep what differs in it; the comparison follows."""
    form = BookForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, item_list, form, 422)
    file = form.cleaned_data["file"]
    try:
        returned = read_returned(file.read(MAX_FILE + 1), item_list)
    except Refused as refused:
        form.say_refused(refused)
        return page(request, item_list, form, 422)
    told = Upload(returned.as_json(), file.name, item_list.pk, is_returned=True)
    uploads.keep(told, request.user)
    return redirect(request.path)


def decided(request, item_list):
    """Save what the page showed; or show it again, with what has changed or isn't decided."""
    upload = kept(request, item_list)
    if upload is None:
        form = BookForm()
        gone = _(
            "The file is no longer here: it was saved already, or its hour is over. If something"
            " is missing, choose it again."
        )
        return page(request, item_list, form, 409, sentences=[gone])
    try:
        plan = plan_of(request, item_list, upload)
    except Refused as refused:
        return page(request, item_list, status=409, sentences=refused.sentences)
    form = ReturnForm(request.POST, plan=plan)
    is_complete = form.is_valid()
    if request.POST["seen"] != plan.seen:
        form.add_error(None, _("What is there has changed since. Look at the comparison again."))
        return plan_page(request, item_list, upload, plan, form, 409)
    if not is_complete:
        return plan_page(request, item_list, upload, plan, form, 422)
    said = {"by": request.user, "reason": form.cleaned_data.get("reason", ""), "yes": form.yes}
    try:
        saved = do_return(plan, form.choices(plan), **said)
    except Conflict as conflict:
        return shown(request, item_list, upload, 409, conflict)
    except Refused as refused:
        form.say_refused(refused)
        return plan_page(request, item_list, upload, plan, form, 403)
    uploads.forget(request.user)
    messages.success(request, told(saved))
    return redirect("desk:list", item_list.slug)


def shown(request, item_list, upload, status=200, refused=None):
    """Show the comparison anew; what was chosen and written before stays in its form."""
    try:
        plan = plan_of(request, item_list, upload)
    except Refused as gone:
        return page(request, item_list, status=422, sentences=gone.sentences)
    form = ReturnForm(request.POST if refused else None, plan=plan)
    if refused:
        form.say_refused(refused)
    return plan_page(request, item_list, upload, plan, form, status)


def told(saved) -> str:
    """Say what was saved, and what goes on from there."""
    counts = Counter(each.kind for each in saved)
    sentences = [
        _("Entered for owners: %s cells; another person’s yes makes them public."),
        _("Changed inside: %s cells."),
        _("Corrected in the open: %s cells."),
    ]
    pairs = zip(KINDS, sentences, strict=True)
    told = [words % counts[kind] for kind, words in pairs if counts[kind]]
    return " ".join(told) or _("Nothing was changed.")


def kept(request, item_list):
    upload = uploads.kept(request.user, item_list)
    return upload if upload and upload.is_returned else None


def plan_of(request, item_list, upload):
    return plan_return(Returned.from_json(upload.content), item_list, by=request.user)


def plan_page(request, item_list, upload, plan, form, status=200):
    """Show a plan: conflicts first, then what is refused, then each kind of change."""
    context = {
        "plan": plan.comparison(),
        "name": upload.name,
        "conflicts": [(change, form[change.key]) for change in plan.conflicts],
        "refused": [(change, ACTS.get(change.verb)) for change in plan.refused[:MOST_REFUSED]],
        "more_refused": len(plan.refused) - MOST_REFUSED,
        "groups": [(kind, plan.ready(kind)) for kind in KINDS],
        "items": len({change.number for change in plan.ready() + plan.conflicts}),
    }
    return page(request, item_list, form, status, **context)


def page(request, item_list, form=None, status=200, **context):
    context |= {"at": "lists", "list": staff.list_head(item_list), "form": form or BookForm()}
    return render(request, "desk/return_ledger.html", context, status=status)
