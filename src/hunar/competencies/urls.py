from django.urls import path

from hunar.competencies.views import framework, organisations, people
from hunar.kernel.converters import register_paper_id

register_paper_id("PER", "PST")

app_name = "competencies"
urlpatterns = [
    path("", framework.framework, name="framework"),
    path("mine/", people.mine, name="mine"),
    path("mine/assess/", people.assess, name="assess"),
    path("people/<PER:pk>/", people.person, name="person"),
    path("gaps/", organisations.gaps, name="gaps"),
    path("gaps/export/", organisations.export, name="export_gaps"),
    path("profiles/", organisations.profiles, name="profiles"),
    path("profiles/<PST:pk>/", organisations.profile, name="profile"),
    path("<slug:code>/", framework.competency, name="competency"),
]
