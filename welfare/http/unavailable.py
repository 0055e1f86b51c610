"""What a writer gets whose request can't be worked on: everything they typed, to send it again.

The database is away, locked, read-only or full; all processes are busy; one of them was ended.
"""

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext_lazy as _

from welfare.faults import disk_is_full
from welfare.http import form_recovery
from welfare.http.content_negotiation import wants_json
from welfare.http.problem import problem

# The server in front asks for this page of a process that it keeps free for it; the header says
# why. It takes nothing that the database would have to give, and does nothing else: whoever sends
# the header themselves get their own words back.
RECOVERY = "X-Recovery"
RETRY_AFTER = 10  # seconds
READ_ONLY = "25006"  # PostgreSQL's code

SENTENCES = {
    "busy": [_("The site is very busy, so this was not even begun. Send it again in a moment.")],
    "interrupted": [
        _(
            "The site stopped in the middle of this. Look whether it was saved; if it wasn’t,"
            " send it again."
        )
    ],
    "away": [
        _(
            "The site can’t get at its data right now, so this was not saved. Send it again in a"
            " moment."
        )
    ],
    "large": [
        _(
            "The files were too large: together they may have 61 MB. Nothing was saved; choose"
            " fewer or smaller ones and send it again."
        )
    ],
    "full": [
        _("The site’s disk is full, so that nothing could be saved."),
        _("Tell the administrator, and send it again once there is room."),
    ],
}


class Unavailable(MiddlewareMixin):
    """Give back what was typed, and do nothing else, where the server in front asks for that."""

    def process_request(self, request):
        why = request.headers.get(RECOVERY)
        return unavailable(request, why if why in SENTENCES else "busy") if why else None


def unavailable(request, why: str) -> HttpResponse:
    """Return 503, or what fits better, with what was typed."""
    status, sentences = {"full": 507, "large": 413}.get(why, 503), SENTENCES[why]
    if wants_json(request):
        answer = JsonResponse({"sentence": str(sentences[0])}, status=status)
    elif form_recovery.holds_words(request):
        answer = form_recovery.recovery_page(request, "unavailable", sentences, status)
    else:
        answer = problem(status, request.path_info)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def why_unavailable(error: BaseException | None) -> str:
    """Return the key of SENTENCES for an error that is nobody's mistake; "" for another."""
    if isinstance(error, OSError):
        return "full" if disk_is_full(error) else ""
    if isinstance(error, InternalError):  # what a guard refuses is one, too
        return "away" if getattr(error.__cause__, "pgcode", "") == READ_ONLY else ""
    if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
        return "full" if disk_is_full(error) else "away"
    return ""
