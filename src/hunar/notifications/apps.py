from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "hunar.notifications"
    label = "notifications"
