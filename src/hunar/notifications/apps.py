from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "hunar.notifications"
    label = "notifications"

    def ready(self) -> None:
        from hunar.notifications import queries
        from hunar.ui.navigation import Counter, register_counter

        def unread(request: HttpRequest) -> int:
            person = getattr(request, "person", None)
            return queries.unread_count(person) if person else 0

        register_counter(
            Counter(label=_("Messages"), url_name="notifications:messages", count=unread)
        )
