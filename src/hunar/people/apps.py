from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hunar.people"
    label = "people"
