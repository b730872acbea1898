from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are not loaded yet when this module is imported, and receivers lead to them.
        from notifications.receivers import ring_for_letters  # noqa: PLC0415
        from workflow.signals import event_recorded  # noqa: PLC0415

        event_recorded.connect(ring_for_letters, dispatch_uid="notifications.letters")
