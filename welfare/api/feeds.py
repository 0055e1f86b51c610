"""What moved on a list, or with one of its items, as an Atom feed (RFC 4287)."""

from datetime import date, datetime, time

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.timezone import localdate, make_aware
from django.utils.translation import get_language, gettext

from items import public, queries
from items.exports.workbook import writable
from items.words import Words
from welfare.api.addresses import page
from welfare.front.public import open_data, or_404
from welfare.sentences import board_title


class Feed(Atom1Feed):
    """A feed that says when it last changed, and never the moment in which it was asked for."""

    def latest_post_date(self):
        return self.feed["updated"]


@open_data
def of_list(request, slug):
    """Return what moved on a list."""
    shown = or_404(queries.feed(slug, localdate()))
    title = f"{_in_words(shown.head.committee)} · {_in_words(shown.head.name)}"
    return _feed(request, shown, title)


@open_data
def of_item(request, slug, number):
    """Return what moved with an item of a list."""
    shown = or_404(queries.feed(slug, localdate(), number))
    return _feed(request, shown, _matter(number, shown.title))


def _feed(request, shown: public.Feed, title: str) -> HttpResponse:
    slug, own = shown.head.slug, settings.SITE_URL + request.path
    moves = [entry.move for entry in shown.entries]
    feed = Feed(
        title=writable(title),
        link=page(slug, shown.number),
        description="",
        subtitle=board_title(shown.arithmetic, ""),
        language="zh-Hans" if get_language() == "zh-hans" else "en",
        author_name=writable(_in_words(shown.head.committee)),
        feed_url=own,
        feed_guid=own,
        updated=_midnight(max([move.written_on for move in moves], default=shown.since)),
    )
    for entry in shown.entries:
        told = entry.move
        matter = _matter(told.number, told.title) if told.number else _in_words(shown.head.name)
        feed.add_item(
            title=writable(matter),
            link=page(slug, told.number),
            description=escape(writable(told.sentence)),
            unique_id=entry.id,
            pubdate=_midnight(told.happened_on),
            updateddate=_midnight(told.written_on),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Feed.content_type)


def _midnight(day: date) -> datetime:
    """Return the beginning of a day: nothing tells at which minute something was written."""
    return make_aware(datetime.combine(day, time.min))


def _matter(number: int | None, title: Words) -> str:
    return gettext("%(number)s. %(title)s") % {"number": number, "title": _in_words(title)}


def _in_words(words: Words) -> str:
    return words.in_language(get_language() or "")[0]
