"""The addresses of the desk. Each needs a login; who may do what is asked of the domain."""

from functools import partial

from django.urls import path, register_converter
from django.urls.converters import StringConverter

import welfare.converters  # noqa: F401 - registers <number:…>
from items.queries import QUEUES
from welfare.desk.acts import ALL, ON_ENTRIES
from welfare.desk.views import desk, item, lists, photo
from welfare.held import holds

app_name = "desk"


class QueueConverter(StringConverter):
    """A queue of my desk; any other word is no address."""

    regex = "|".join(QUEUES)


register_converter(QueueConverter, "queue")


def doing(act):
    """Return the view of a verb; what is typed in its form isn't lost with a login."""
    return holds(act.form)(partial(item.do, act=act))


ITEM = "lists/<slug:slug>/<number:number>/"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("<queue:key>/", desk.queue, name="queue"),
    path("notices/seen/", desk.see_notices, name="see_notices"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<slug:slug>/", lists.list_page, name="list"),
    path(ITEM, item.item, name="item"),
    *(path(f"{ITEM}{act.verb}/", doing(act), name=act.name) for act in ALL),
    *(
        path(f"{ITEM}entries/<number:seq>/{act.verb}/", doing(act), name=act.name)
        for act in ON_ENTRIES
    ),
    path(f"{ITEM}entries/<number:seq>/photo.jpg", photo.photo, name="photo"),
    path(f"{ITEM}entries/<number:seq>/photo-small.jpg", photo.photo, {"small": True}, name="small"),
]
