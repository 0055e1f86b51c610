"""The addresses at which workers write and read their answers. No code ever stands in one."""

from django.urls import path

import welfare.http.converters  # noqa: F401 - registers <key:…> and <number:…>
from welfare.suggestions import mentions, verdicts, views

app_name = "suggestions"

urlpatterns = [
    path("suggest/", views.suggest, name="suggest"),
    path("suggest/mention/<key:suggestion>/", mentions.mention, name="mention"),
    path("answer/", views.answer, name="answer"),
    path("lists/<slug:slug>/<number:number>/verdict/", verdicts.verdict, name="verdict"),
]
