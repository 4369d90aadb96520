from django.urls import path

from hunar.catalogue.views import courses, packs, versions
from hunar.kernel.converters import register_paper_id

register_paper_id("PRG", "CRS", "CVR")

app_name = "catalogue"
urlpatterns = [
    path("", courses.course_list, name="courses"),
    path("programmes/", courses.programme_list, name="programmes"),
    path("programmes/new/", courses.new_programme, name="new_programme"),
    path("programmes/<PRG:pk>/", courses.programme, name="programme"),
    path("packs/", packs.pack_list, name="packs"),
    path("packs/<slug:folder>/", packs.pack, name="pack"),
    path("<CVR:pk>/", versions.version, name="version"),
    path("<CVR:pk>/publish/", versions.publish, name="publish"),
    path("<CVR:pk>/retire/", versions.retire, name="retire"),
    path("<CVR:pk>/changes/", versions.changes, name="changes"),
    path("<CVR:pk>/syllabus/<str:language>.pdf", versions.syllabus, name="syllabus"),
    path("<CVR:pk>/lessons/<slug:code>/", versions.lesson, name="lesson"),
    path("<slug:code>/", courses.course, name="course"),
    path("<slug:code>/history/", courses.history, name="history"),
]
