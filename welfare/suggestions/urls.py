"""The addresses at which workers write and read their answers. No code ever stands in one."""

from django.urls import path

from welfare.suggestions import views

app_name = "suggestions"

urlpatterns = [
    path("suggest/", views.suggest, name="suggest"),
    path("answer/", views.answer, name="answer"),
]
