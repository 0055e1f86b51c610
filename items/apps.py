from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ItemsConfig(AppConfig):
    name = "items"
    verbose_name = _("Practical matters")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from items.triggers import after_migrate

        # Django rebuilds tables on SQLite and drops their triggers silently.
        post_migrate.connect(after_migrate, sender=self)
