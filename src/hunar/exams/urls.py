from django.urls import path
from django.views.generic import RedirectView

from hunar.exams.views import bank, candidate, exams, hot, sittings
from hunar.kernel.converters import register_paper_id

register_paper_id("SIT", "ATT", "EXM", "COH", "ENR")

app_name = "exams"
urlpatterns = [
    # The candidate
    path("", RedirectView.as_view(pattern_name="exams:own")),
    path("own/", candidate.own_exams, name="own"),
    path("own/course/<ENR:pk>/", candidate.course, name="course"),
    path("own/<SIT:pk>/", candidate.start, name="start"),
    path("<ATT:pk>/", candidate.attempt, name="attempt"),
    path("<ATT:pk>/<int:position>/", candidate.answer, name="answer"),
    path("<ATT:pk>/language/", candidate.language, name="language"),
    path("<ATT:pk>/submit/", candidate.submit, name="submit"),
    path("<ATT:pk>/receipt.json", candidate.receipt, name="receipt"),
    path("<ATT:pk>/result.json", candidate.result, name="result"),
    path("answers/", hot.save, name="save"),
    path("now/", hot.now, name="now"),
    # Examiners, programme officers, invigilators, trainers
    path("staff/", sittings.sitting_list, name="sittings"),
    path("staff/plan/", sittings.plan, name="plan"),
    path("staff/cohort/<COH:pk>/", sittings.of_cohort, name="cohort"),
    path("staff/<SIT:pk>/", sittings.sitting, name="sitting"),
    path("staff/<SIT:pk>/results/", sittings.results, name="results"),
    path("staff/<SIT:pk>/results.xlsx", sittings.results_table, name="results_table"),
    path("staff/<SIT:pk>/items/", sittings.statistics, name="statistics"),
    path("staff/<SIT:pk>/release/", sittings.release, name="release"),
    path("staff/exams/", exams.exam_list, name="exams"),
    path("staff/exams/new/", exams.new_exam, name="new_exam"),
    path("staff/exams/<EXM:pk>/", exams.exam, name="exam"),
    path("staff/exams/<EXM:pk>/forms/", exams.new_form, name="new_form"),
    path("staff/items/", bank.item_list, name="items"),
    path("staff/items/<str:code>/", bank.item, name="item"),
]
