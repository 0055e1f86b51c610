"""The addresses of the desk. Each needs a login; who may do what is asked of the domain."""

from django.urls import path

from welfare.desk import views
from welfare.desk.acts import ALL

app_name = "desk"

ITEM = "lists/<slug:slug>/<number:number>/"

urlpatterns = [
    *(path(f"{ITEM}{act.verb}/", views.do, {"act": act}, name=act.name) for act in ALL),
]
