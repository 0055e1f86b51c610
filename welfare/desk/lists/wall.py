"""The sheet for the wall with the code that marks answers: only the office prints it."""

from django.http import Http404
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from items import queries
from items.privacy.wall_codes import last_day, wall_code
from welfare.desk.lists.pack import get_list
from welfare.printing import wall as sheets
from welfare.printing.answer import sheet


@require_safe
def wall(request, slug):
    """Return a list's sheet for the wall, with this month's code.

    The public one has none: what anybody can read at home would mark nothing.
    """
    today, item_list = localdate(), get_list(request, slug)
    if not queries.reads_inside(request.user, item_list):
        raise Http404
    board = queries.whole_board(slug, today)
    if board is None:
        raise Http404
    code = "" if item_list.closed_on else wall_code(item_list.pk, today)
    data = sheets.wall(board, code, last_day(today))
    return sheet(request, board, "wall", data, keep=False)
