"""A named handler reports by a link: no account, one item, one report (docs/decisions/1163)."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from items import actions, queries
from items.actions.kept_upload import Keeper
from items.errors import Refused
from welfare import tallies
from welfare.http import kept_uploads
from welfare.http.client_address import client_address, network_of
from welfare.http.form_recovery import recovers
from welfare.reporting.forms import ReportForm

PER_NETWORK = 60  # reports an hour: a plant's people may share one address
# The link must not reach another site, nor a search engine.
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"}


@login_not_required
@recovers(ReportForm)
@require_http_methods(["GET", "HEAD", "POST"])
def report_by_link(request, token):
    """Show what a link asks for with its form, take the report in, or say why not."""
    opened = queries.report_link(token, localdate())
    if opened is None:
        response = over_page(request, "", 404)
    elif opened.over:
        response = over_page(request, opened.over.value, 410)
    elif request.method == "POST":
        response = submit(request, opened, token)
    else:
        response = form_page(request, opened, ReportForm(page=opened.page))
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def submit(request, opened, token):
    """Take a report in, or give the form back with everything that was typed and chosen."""
    keeper = Keeper(form=token)
    files = kept_uploads.files_of(request, ReportForm, keeper)
    form = ReportForm(request.POST, files, page=opened.page)
    if not form.is_valid():
        return come_back(request, opened, form, keeper, 422)
    if not may_send(request):
        form.add_error(None, _("Many reports came from this network. Send it again in an hour."))
        return come_back(request, opened, form, keeper, 429)
    try:
        actions.report_by_link(opened.link, **form.cleaned_data)
    except Refused as refused:
        again = queries.report_link(token, localdate())
        if again and again.over:  # meanwhile
            return over_page(request, again.over.value, 410)
        form.say_refused(refused)
        return come_back(request, opened, form, keeper, 403)
    return render(request, "reporting/received.html", {"page": opened.page}, status=201)


def may_send(request):
    """Count a report from a network; tell whether it is among those that are taken in an hour."""
    with transaction.atomic():
        (tally,) = tallies.locked(("report links", network_of(client_address(request))))
        tally.count += 1
        tally.save()
        return tally.count <= PER_NETWORK


def come_back(request, opened, form, keeper, status):
    """Show the form again, with its photos: they are kept until it is sent, or for the day."""
    new = request.FILES and kept_uploads.may_keep(request, ReportForm, keeper)
    kept_uploads.come_back(form, keeper if new or not request.FILES else None)
    return form_page(request, opened, form, status)


def form_page(request, opened, form, status=200):
    context = {"page": opened.page, "addressee": opened.page.addressee, "form": form}
    return render(request, "reporting/report.html", context, status=status)


def over_page(request, why, status):
    """Say that a link doesn't hold, and the way on; what was typed is given back.

    Nothing names the item, the handler or the committee: whoever has an old link learns nothing.
    """
    context = {"why": why, "typed": request.POST.get("text", "")}
    return render(request, "reporting/over.html", context, status=status)
