from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "hunar.catalogue"
    label = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from hunar.ui import navigation

        navigation.register(
            navigation.NavigationEntry(
                label=_("Courses"),
                url_name="catalogue:courses",
                icon="book",
                group=_("Learning"),
                order=12,
                visible=navigation.everyone,
            )
        )
        from hunar.catalogue.teaching import teachings
        from hunar.competencies.queries import register_teaching

        register_teaching(teachings)
