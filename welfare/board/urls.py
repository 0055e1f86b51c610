"""The addresses of the public board. They are permanent."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from items.states import Group
from welfare.board import views

app_name = "board"


class GroupConverter(StringConverter):
    """A public group of the arithmetic; any other word is no address."""

    regex = "|".join(Group.values)


class NumberConverter:
    """An item's number. It is bounded, so that a huge one is no address rather than an error."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(GroupConverter, "group")
register_converter(NumberConverter, "number")

urlpatterns = [
    path("", views.home, name="home"),
    path("lists/<slug:slug>/", views.board, name="list"),
    path("lists/<slug:slug>/find/", views.find, name="find"),
    path("lists/<slug:slug>/<group:group>/", views.board, name="group"),
    path("lists/<slug:slug>/<number:number>/", views.item, name="item"),
]
