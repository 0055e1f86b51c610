"""The addresses of the desk. Each needs a login; who may do what is asked of the domain."""

from django.urls import path

import welfare.converters  # noqa: F401 - registers <number:…>
from welfare.desk.acts import ALL
from welfare.desk.views import desk, item, lists

app_name = "desk"

ITEM = "lists/<slug:slug>/<number:number>/"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<slug:slug>/", lists.list_page, name="list"),
    path(ITEM, item.item, name="item"),
    *(path(f"{ITEM}{act.verb}/", item.do, {"act": act}, name=act.name) for act in ALL),
]
