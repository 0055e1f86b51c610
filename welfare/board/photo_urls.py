"""The addresses of public photos: random, the same in every language."""

from django.urls import path

import welfare.http.converters  # noqa: F401 - registers <stem:…>
from welfare.board import views

app_name = "photos"

urlpatterns = [
    path("<stem:stem>.jpg", views.photo, name="large"),
    path("<stem:stem>-small.jpg", views.photo, {"small": True}, name="small"),
    path("<stem:stem>-tiny.jpg", views.photo, {"tiny": True}, name="tiny"),
]
