from django.urls import path

from hunar.exams.views import bank, candidate, exams, hot, sittings
from hunar.kernel.converters import register_paper_id

register_paper_id("SIT", "ATT", "EXM", "COH", "ENR")

app_name = "exams"
urlpatterns = [
    # The candidate
    path("", candidate.own_exams, name="own"),
    path("course/<ENR:pk>/", candidate.course, name="course"),
    path("<SIT:pk>/start/", candidate.start, name="start"),
    path("<ATT:pk>/", candidate.attempt, name="attempt"),
    path("<ATT:pk>/<int:position>/", candidate.answer, name="answer"),
    path("<ATT:pk>/language/", candidate.language, name="language"),
    path("<ATT:pk>/submit/", candidate.submit, name="submit"),
    path("<ATT:pk>/receipt.json", candidate.receipt, name="receipt"),
    path("<ATT:pk>/result.json", candidate.result, name="result"),
    path("answers/", hot.save, name="save"),
    path("now/", hot.now, name="now"),
    # Examiners, programme officers, invigilators, trainers
    path("sittings/", sittings.sitting_list, name="sittings"),
    path("sittings/new/", sittings.plan, name="plan"),
    path("sittings/cohort/<COH:pk>/", sittings.of_cohort, name="cohort"),
    path("sittings/<SIT:pk>/", sittings.sitting, name="sitting"),
    path("sittings/<SIT:pk>/results/", sittings.results, name="results"),
    path("sittings/<SIT:pk>/results.xlsx", sittings.results_table, name="results_table"),
    path("sittings/<SIT:pk>/items/", sittings.statistics, name="statistics"),
    path("sittings/<SIT:pk>/release/", sittings.release, name="release"),
    path("exams/", exams.exam_list, name="exams"),
    path("exams/new/", exams.new_exam, name="new_exam"),
    path("exams/<EXM:pk>/", exams.exam, name="exam"),
    path("exams/<EXM:pk>/forms/", exams.new_form, name="new_form"),
    path("items/", bank.item_list, name="items"),
    path("items/<str:code>/", bank.item, name="item"),
]
