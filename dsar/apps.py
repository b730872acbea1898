from django.apps import AppConfig


class DsarConfig(AppConfig):
    name = "dsar"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Here and not in dsar/__init__.py: importing a pure room must not load Django.
        from dsar.celery import app  # noqa: PLC0415
        from dsar.operations import health  # noqa: PLC0415

        app.set_default()
        health.leave_signs_of_life()
