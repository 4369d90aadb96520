"""Where each room's pages stand. Addresses are short and made to be read aloud."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

PLACES = {
    "portal": "",
    "people": "people/",
    "organisations": "organisations/",
    "competencies": "competencies/",
    "catalogue": "courses/",
    "agreements": "agreements/",
    "cohorts": "cohorts/",
    "selection": "calls/",
    "learning": "learn/",
    "exams": "exams/",
    "credentials": "certificates/",
    "cpd": "cpd/",
    "careers": "careers/",
    "evaluation": "evidence/",
    "records": "record/",
    "notifications": "messages/",
    "audit": "log/",
    "ui": "ui/",
}

urlpatterns: list[URLPattern | URLResolver] = [
    *(
        path(place, include(f"hunar.{room}.urls"))
        for room, place in PLACES.items()
        if find_spec(f"hunar.{room}.urls")
    ),
    path("api/", include("hunar.api.urls")),
    path("account/", include("allauth.urls")),
    path("system/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
]
