from django.urls import path

from hunar.kernel.converters import register_paper_id
from hunar.learning import views

register_paper_id("ENR", "COH")

app_name = "learning"
urlpatterns = [
    path("", views.courses, name="courses"),
    path("<ENR:pk>/", views.course, name="course"),
    path("<ENR:pk>/day-<int:day>.zip", views.day_pack, name="day_pack"),
    path("<ENR:pk>/<str:code>/", views.lesson, name="lesson"),
    path("<ENR:pk>/<str:code>/beat/", views.beat, name="beat"),
    path("<ENR:pk>/<str:code>/finish/", views.finish, name="finish"),
    path("cohort/<COH:pk>/", views.cohort, name="cohort"),
    path("cohort/<COH:pk>.xlsx", views.cohort_table, name="cohort_table"),
]
