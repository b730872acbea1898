from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from workflow import rule_triggers, triggers


class WorkflowConfig(AppConfig):
    name = "workflow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from workflow.models import groups  # noqa: PLC0415  models can be read only once the apps are loaded

        pre_migrate.connect(rule_triggers.take_away, sender=self, dispatch_uid="workflow.rule_triggers.away")
        post_migrate.connect(rule_triggers.put_back, sender=self, dispatch_uid="workflow.rule_triggers")
        post_migrate.connect(triggers.put_back, sender=self, dispatch_uid="workflow.triggers")
        post_migrate.connect(groups.put_back, sender=self, dispatch_uid="workflow.groups")
