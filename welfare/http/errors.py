"""Error handlers (400 to 500, CSRF failure): their pages need no session and no database."""

import sys

from django.http import HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

from items import queries
from welfare.http import form_recovery, unavailable
from welfare.http.content_negotiation import language_of, wants_json
from welfare.http.problem import problem


def bad_request(request, exception=None):
    """Say that the request made no sense."""
    return error_page(request, 400)


def permission_denied(request, exception=None):
    """Say that this person may not see the page."""
    return error_page(request, 403)


def csrf_failure(request, reason=""):
    """Give a form that is too old back with what was typed; refuse one from another site."""
    if wants_json(request):
        return JsonResponse({"sentence": _("Reload the page, then send it again.")}, status=403)
    if form_recovery.hides_its_origin(request) and not form_recovery.has_token(request):
        with translation.override(language_of(request.path_info)):
            sentences = [
                _("This browser doesn’t say from which page you write, so that nothing is taken."),
                _("Copy your text, and send it from the phone’s own browser."),
            ]
        return form_recovery.recovery_page(request, "refused", sentences)
    if form_recovery.is_same_origin(request) or form_recovery.hides_its_origin(request):
        return form_recovery.recovery_page(request, "old")
    return error_page(request, 403)


def page_not_found(request, exception=None):
    """Say that there is no such page, and whom to ask; without a database it names nobody."""
    try:
        office = queries.office_at(request.path_info)
    except Exception:  # whatever it is, this page is the one that has to come
        office = None
    return problem(404, request.path_info, office=office)


def server_error(request):
    """Say that the site failed, even when its templates or database do.

    What was typed comes back where the database or the disk is to blame, and not a mistake of ours.
    """
    try:
        if why := unavailable.why_unavailable(sys.exc_info()[1]):
            return unavailable.unavailable(request, why)
        return error_page(request, 500)
    except Exception:
        number = getattr(request, "request_id", "")
        return HttpResponse(LAST_RESORT.replace("{number}", number), status=500)


def error_page(request, status):
    """Render the template of `status` for the address that was asked for."""
    number = getattr(request, "request_id", "") if status == 500 else ""
    return problem(status, request.path_info, number)


LAST_RESORT = """<!doctype html>
<html lang="zh-Hans"><meta charset="utf-8"><title>暂时打不开</title>
<h1>暂时打不开</h1>
<p>网站出了故障，没有保存的内容可能丢失。请过几分钟再试，或告诉活动办公室。</p>
<p lang="en">The site has failed. Please try again in a few minutes.</p>
<p><code>{number}</code></p>
</html>
"""
