"""The addresses of the public board. They are permanent."""

from django.urls import path

import welfare.http.converters  # noqa: F401 - registers <group:…>, <number:…>, <day:…>
from welfare.board import past, pictures, sheets, views

app_name = "board"

urlpatterns = [
    path("", views.home, name="home"),
    path("how-to-read/", views.how_to_read, name="how_to_read"),
    path("privacy/", views.privacy, name="privacy"),
    path("committees/<slug:slug>/", views.committee, name="committee"),
    path("committees/<slug:slug>/places/", views.places, name="committee_places"),
    path("places/", views.places, name="places"),
    path("places/<number:place>/", views.place, name="place"),
    path("calls/<number:call>/", views.call, name="call"),
    path("voices/<slug:slug>/", views.suggestions, name="suggestions"),
    path("voices/<slug:slug>/each/", views.suggestion_lines, name="suggestion_lines"),
    path("lists/<slug:slug>/", views.board, name="list"),
    path("lists/<slug:slug>/find/", views.find, name="find"),
    path("lists/<slug:slug>/themes/<number:theme>/", views.theme, name="theme"),
    path("lists/<slug:slug>/files/", sheets.files, name="files"),
    path("lists/<slug:slug>/plan/", views.plan, name="plan"),
    path("lists/<slug:slug>/objections/", views.objections, name="objections"),
    path("lists/<slug:slug>/assessments/<number:number>/", views.assessment, name="assessment"),
    path("lists/<slug:slug>/bulletins/<number:number>/", views.bulletin, name="bulletin"),
    path("lists/<slug:slug>/claims/", views.claims, name="claims"),
    path("lists/<slug:slug>/promises/", views.promises, name="promises"),
    path("lists/<slug:slug>/changes/", views.changes, name="changes"),
    path("lists/<slug:slug>/changes/<week:monday>/", views.changes, name="week"),
    path("lists/<slug:slug>/on/", past.days, name="days"),
    path("lists/<slug:slug>/on/<day:day>/", past.past, name="past"),
    path("lists/<slug:slug>/on/<day:day>/<group:group>/", past.past, name="past_group"),
    path("look-backs/<slug:slug>/", views.look_backs, name="look_backs"),
    path("look-backs/<slug:slug>/<quarter:quarter>/", views.look_backs, name="look_backs_of"),
    path("visits/<slug:slug>/", views.visits, name="visits"),
    path("lists/<slug:slug>/<group:group>/", views.board, name="group"),
    path("lists/<slug:slug>/<number:number>/", views.item, name="item"),
    # Each with the picture itself beside it, in welfare/urls.py
    path(
        "lists/<slug:slug>/<number:number>/picture/",
        pictures.page,
        {"of": "item"},
        name="item_picture",
    ),
    path("places/<number:place>/picture/", pictures.page, {"of": "place"}, name="place_picture"),
    path(
        "lists/<slug:slug>/changes/<week:monday>/picture/",
        pictures.page,
        {"of": "week"},
        name="week_picture",
    ),
    path(
        "lists/<slug:slug>/bulletins/<number:number>/picture/",
        pictures.page,
        {"of": "bulletin"},
        name="bulletin_picture",
    ),
]
