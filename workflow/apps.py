from django.apps import AppConfig
from django.db.models.signals import post_migrate

from workflow import triggers


class WorkflowConfig(AppConfig):
    name = "workflow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(triggers.put_back, sender=self, dispatch_uid="workflow.triggers")
