"""A reporting link is made, and shown once: nobody can read it again."""

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from items import actions, rules, staff
from items.errors import Refused
from items.staff import day_in
from items.states import Verb
from items.words import day
from welfare.desk import rights
from welfare.desk.items.acts import Act
from welfare.desk.items.views import act_page, get_item, not_done
from welfare.desk.report_links.forms import MakeLinkForm
from welfare.http.form_recovery import recovers
from welfare.printing.qr import qr_of_address_on_screen

MAKE_LINK = Act(
    "make_link",
    "make_link",
    _("Make a reporting link"),
    MakeLinkForm,
    actions.make_link,
    _(
        "For a handler who never logs in: one item, one report, seven days. What comes by it waits"
        " until one of the office publishes it."
    ),
    on=(Verb.URGE, Verb.SET_TASK),
)


@recovers(MakeLinkForm)
def make_link(request, slug, number, seq):
    """Make a link for what an urging or a task asks, and show it, or say why not."""
    item = get_item(request, slug, number)
    asked = get_object_or_404(item.entries.filter(verb__in=MAKE_LINK.on), seq=seq)
    if request.method != "POST":
        why_not = rules.why_not("make_link", request.user, item)
        form = MakeLinkForm(of=item, about=asked)
        return act_page(request, MAKE_LINK, form, asked, 403 if why_not else 200, why_not=why_not)
    rights.ask("make_link", request, item)
    form = MakeLinkForm(request.POST, of=item, about=asked)
    if not form.is_valid():
        rights.ask_now("make_link", request, item)
        return act_page(request, MAKE_LINK, form, asked, 422)
    try:
        link, token = actions.make_link(
            form.as_seen(asked), by=request.user, handler=form.cleaned_data["handler"]
        )
    except Refused as refused:
        return not_done(request, MAKE_LINK, form, asked, refused)
    return made_page(request, item, link, token)


def made_page(request, item, link, token):
    """Show a new link with its code and words to send; its token stands nowhere else."""
    address = settings.SITE_URL + reverse("report_by_link", args=[token])
    until = day_in(link, "until")
    said = {"number": item.number, "title": item.title, "day": day(until), "address": address}
    text = _(
        "Please report on no. %(number)s, “%(title)s”. Open this, no login is needed; it is for you"
        " alone and holds until %(day)s: %(address)s"
    )
    context = {
        "item": staff.item_head(item),
        "handler": link.words.new,
        "until": until,
        "text": text % said,
        "qr": qr_of_address_on_screen(address),
        "today": localdate(),
    }
    return render(request, "desk/report_link.html", context, status=201)
