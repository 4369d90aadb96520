from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "hunar.catalogue"
    label = "catalogue"
