from django.apps import AppConfig
from django.core import checks


class WelfareConfig(AppConfig):
    name = "welfare"

    def ready(self):
        from welfare.checks import database, site

        checks.register(site, deploy=True)
        checks.register(database, checks.Tags.database, deploy=True)
