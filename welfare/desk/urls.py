"""The addresses of the desk. Each needs a login; who may do what is asked of the domain."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

import welfare.converters  # noqa: F401 - registers <number:…>
from items.queries import QUEUES
from welfare.desk.acts import ALL, ON_ENTRIES
from welfare.desk.views import desk, item, lists, pack, posts

app_name = "desk"


class QueueConverter(StringConverter):
    """A queue of my desk; any other word is no address."""

    regex = "|".join(QUEUES)


register_converter(QueueConverter, "queue")

ITEM = "lists/<slug:slug>/<number:number>/"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("<queue:key>/", desk.queue, name="queue"),
    path("notices/seen/", desk.see_notices, name="see_notices"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<slug:slug>/", lists.list_page, name="list"),
    path("lists/<slug:slug>/pack/", pack.pack, name="pack"),
    path("posts/", posts.posts, name="posts"),
    path("posts/<number:pk>/appoint/", posts.appoint, name="appoint"),
    path(ITEM, item.item, name="item"),
    *(path(f"{ITEM}{act.verb}/", item.do, {"act": act}, name=act.name) for act in ALL),
    *(
        path(f"{ITEM}entries/<number:seq>/{act.verb}/", item.do, {"act": act}, name=act.name)
        for act in ON_ENTRIES
    ),
]
