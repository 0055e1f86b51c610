"""An item at the desk: all that is known of it, each verb with its form, and its photos."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from items import queries, rules, staff
from items.errors import Conflict, Refused
from items.staff.dossier import WITH_A_SHEET
from items.states import Verb
from welfare.desk import rights
from welfare.desk.dossiers.forms import DossierForm
from welfare.desk.items.offer import offer
from welfare.desk.places import place_of, way_back
from welfare.http import kept_uploads
from welfare.http.photos import photo_response


@require_safe
def item(request, slug, number):
    """Show an item with all that stands in its ledger, and what this person may do."""
    item = get_item(request, slug, number)
    page = queries.item_desk(item, request.user, localdate())
    if page is None:
        return redirect("desk:edit_draft", slug, number)
    offered = offer(page, localdate())
    form = offered.open.form(of=item) if offered.open else None
    context = {"page": page, "offer": offered, "act": offered.open, "form": form}
    context["item"] = staff.item_head(item)
    context["dossier"] = DossierForm(auto_id="dossier_%s") if page.reads_inside else None
    context["has_sheet"] = item.status in WITH_A_SHEET
    context["behind"] = queries.suggestions_behind(item, request.user, localdate())
    context["told"] = queries.suggestions_about(item, request.user, localdate())
    context["may_erase"] = not rules.why_not("erase_words", request.user, item.list)
    context["may_hide"] = context["may_erase"]  # the same people, at the same times
    return render(request, "desk/item.html", context)


def get_item(request, slug, number):
    """Return an item that this person may see at the desk; to others it doesn't exist."""
    item = queries.seen_item(slug, number, request.user, localdate())
    if item is None:
        raise Http404
    return item


def do(request, slug, number, act, seq=None):
    """Do a verb to an item, or to one of its entries, or say why not.

    What was typed is kept, and what was chosen.
    """
    item = get_item(request, slug, number)
    about = get_object_or_404(item.entries.filter(verb__in=act.on), seq=seq) if seq else None
    if request.method != "POST":
        why_not = rules.why_not(act.verb, request.user, act.asked_of(item), about=about)
        form = act.form(of=item, about=about, initial=request.GET.dict())
        return act_page(request, act, form, about, 403 if why_not else 200, why_not=why_not)
    rights.ask(act.verb, request, act.asked_of(item), about)
    keeper = kept_uploads.keeper_of(request)
    files = kept_uploads.files_of(request, act.form, keeper)
    form = act.form(request.POST, files, of=item, about=about)
    if not form.is_valid():
        if form.lost_photos() and sent_twice(act, form, about, request.user):
            return done(request, form.item)
        rights.ask_now(act.verb, request, act.asked_of(item), about)
        kept_uploads.come_back(form, keeper)
        return act_page(request, act, form, about, 422)
    try:
        entry = act.do(form.as_seen(about), by=request.user, **form.action_fields())
    except Refused as refused:
        return not_done(request, act, form, about, refused)
    report_written(request, entry)
    return done(request, entry.item if act.verb == "bring_back" else item)  # it goes on elsewhere


def done(request, item):
    """Lead back to the item, or to the page of the desk from which somebody came."""
    own = reverse("desk:item", args=[item.list.slug, item.number])
    return redirect(way_back(request) or own)


def act_page(request, act, form, about, status, **extra):
    """Show a verb's form, or why there is none."""
    context = {"act": act, "form": form, "item": staff.item_head(form.item), **extra}
    context["about"] = about and staff.entry_of_form(about)
    context["came_from"] = place_of(request)
    if act.answers:
        context["asked"] = queries.latest(form.item, act.answers, request.user)
    if act.answers == Verb.CLAIM:
        context["photos"] = queries.photos_of_claim(form.item)
        entries = form.item.entries.public()
        context["workers"] = queries.workers_voice(
            form.item, entries, localdate(), form.item.earlier()
        )
    if act.of_reviews:
        context["reviewing"] = queries.review_to_answer(form.item, localdate())
        context["to_review"] = queries.words_to_review(form.item, request.user, localdate())
    return render(request, "desk/act.html", context, status=status)


def not_done(request, act, form, about, refused):
    """Show the form again: the words are kept, and what others wrote meanwhile stands above."""
    item = get_item(request, form.item.list.slug, form.item.number)
    if sent_twice(act, form, about, request.user):
        return done(request, item)
    since = written_since(form)
    again = form.at_current_version(item)
    again.full_clean()
    again.say_refused(refused)
    kept_uploads.come_back(again, kept_uploads.keeper_of(request), refused.sentences)
    status = 409 if isinstance(refused, Conflict) else 403
    written = [staff.new_entry(entry) for entry in since]
    return act_page(request, act, again, about, status, since=written)


def written_since(form):
    """Return what was written about the item since the page of the form was read."""
    entries, seen = form.item.entries, form.cleaned_data.get("last_seq")
    since = entries.none() if seen is None else entries.filter(seq__gt=seen)
    return since.select_related("words", "by", "about")


def sent_twice(act, form, about, person):
    """Tell whether the same person just wrote the same: a button pressed twice."""
    same = written_since(form).filter(verb=act.verb, by=person)
    return any(form.repeats(entry) for entry in same if about in (None, entry.about))


def report_written(request, entry):
    """Add the message that it stands in the ledger, and on whose desk it shows."""
    if entry.notified:
        names = _(", ").join(person.name for person in entry.notified)
        messages.success(request, _("Written into the ledger. On the desk of: %s.") % names)
    else:
        messages.success(request, _("Written into the ledger."))
    others = [each for each in entry.meanwhile if each.by != request.user]
    for other in others[-MOST_TOLD:]:
        messages.info(request, told(other))


def told(entry):
    """Return a sentence about what somebody wrote while another person was writing."""
    new = staff.new_entry(entry)
    said = {"name": new.name, "what": new.label, "text": Truncator(new.text).chars(120)}
    if not new.text:
        return _("While you were writing, %(name)s was here, too: %(what)s") % said
    if entry.verb == "report_progress":
        return _("While you were writing, %(name)s also reported: %(text)s") % said
    return _("While you were writing, %(name)s wrote, too (%(what)s): %(text)s") % said


MOST_TOLD = 3  # the latest; all of them stand in the ledger below


@require_safe
def photo(request, slug, number, seq, small=False):
    """Show an item's photo by the entry that it came with, whatever its state."""
    item = get_item(request, slug, number)
    photos = item.photos.kept()
    return photo_response(get_object_or_404(photos, entry__seq=seq).stem, small=small)
