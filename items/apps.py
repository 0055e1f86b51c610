from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ItemsConfig(AppConfig):
    name = "items"
    verbose_name = _("Practical matters")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.backends.signals import connection_created

        from items.checks import between_old_migrations
        from items.guards.checks import unguarded
        from items.guards.triggers import after_migrate, before_migrate
        from items.models.folded import teach

        checks.register(between_old_migrations, checks.Tags.database)
        checks.register(unguarded, checks.Tags.database)
        connection_created.connect(teach)
        pre_migrate.connect(before_migrate, sender=self)
        post_migrate.connect(after_migrate, sender=self)
