from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class IndicatorsConfig(AppConfig):
    name = "indicators"

    def ready(self):
        from indicators import facts

        # SQLite drops triggers silently whenever a migration rebuilds a table: lay them again each time.
        post_migrate.connect(facts.after_migrate, sender=self)
        checks.register(facts.check_triggers, checks.Tags.database)
