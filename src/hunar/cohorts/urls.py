from django.urls import path

from hunar.cohorts.views import attendance, documents, own
from hunar.kernel.converters import register_paper_id

register_paper_id("INT", "COH", "SES", "ENR", "DOC")

app_name = "cohorts"
urlpatterns = [
    path("mine/<ENR:pk>/", own.course, name="course"),
    path("documents/<DOC:pk>/", documents.document, name="document"),
    path("<COH:pk>/attendance/", attendance.register, name="attendance"),
]
