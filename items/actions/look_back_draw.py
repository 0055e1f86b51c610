"""Drawing by lot, once a quarter, which sign-offs are looked back at and who looks at each.

Nobody asks for it: the site's clock does it, and no road draws again.
"""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from items.models import Committee, LookBack, LookBackDraw
from items.rules import lot
from items.states import ListStatus

DAYS = 30  # in which whoever was drawn looks


def draw_look_backs(today: date) -> int:
    """Draw for each committee the quarter that was over last; return how many were drawn now.

    Where nothing was signed off in it, nothing is drawn.
    """
    quarter = lot.quarter_before(today)
    committees = Committee.objects.without_tree_fields().exclude(look_back_draws__quarter=quarter)
    committees = committees.filter(lists__status__in=[ListStatus.PUBLISHED, ListStatus.CLOSED])
    return sum(_draw(row, quarter, today) for row in committees.distinct().order_by("pk"))


def _draw(committee: Committee, quarter: date, today: date) -> bool:
    head = lot.head_of(committee, quarter)
    found = lot.candidates(committee, quarter, head) if head else []
    if not head or not found:
        return False
    rows = [
        {
            "key": each.key,
            "sign_off": each.entry.pk,
            "posts": [post.pk for post in lot.posts_for(each.item, today)],
        }
        for each in found
    ]
    said = {"head": head, "seed": head.hash, "candidates": rows, "drawn_on": today}
    signed = {each.key: each for each in found}
    try:
        with transaction.atomic():
            draw = LookBackDraw.objects.create(committee=committee, quarter=quarter, **said)
            for key, post in lot.drawn_among(head.hash, rows).items():
                LookBack.objects.create(
                    item=signed[key].item,
                    sign_off=signed[key].entry,
                    post_id=post,
                    by_when=today + timedelta(days=DAYS),
                    draw=draw,
                )
    except IntegrityError:  # another machine drew in the same moment
        if LookBackDraw.objects.filter(committee=committee, quarter=quarter).exists():
            return False
        raise
    return True
