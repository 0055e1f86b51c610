"""Addresses of one's own account. Their names are the ones that django-allauth asks for."""

from django.urls import path

from welfare.account import views

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("password/", views.change_password, name="account_change_password"),
    path("password/reset/", views.reset_password, name="account_reset_password"),
    path("password/reset/done/", views.reset_password_done, name="account_reset_password_done"),
    path("invitation/<str:token>/", views.invitation, name="account_invitation"),
    path("sessions/", views.sessions, name="account_sessions"),
]
