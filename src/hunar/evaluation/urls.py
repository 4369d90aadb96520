from django.urls import path

from hunar.evaluation.views import evidence, reports
from hunar.kernel.converters import register_paper_id

register_paper_id("PRG", "REP")

app_name = "evaluation"
urlpatterns = [
    path("", evidence.programme_list, name="programmes"),
    path("reports/", reports.ledger, name="reports"),
    path("reports/<REP:pk>/", reports.report, name="report"),
    *(
        path(
            f"reports/<REP:pk>.{kind}",
            reports.report_file,
            {"kind": kind},
            name=f"report_{kind}",
        )
        for kind in ("pdf", "xlsx", "json")
    ),
    path("public/", reports.public_list, name="public_list"),
    path("public/<slug:code>/", reports.public, name="public"),
    path("<PRG:pk>/", evidence.programme, name="programme"),
    path("<PRG:pk>/report/", reports.prepare, name="prepare"),
    path("<PRG:pk>/<slug:code>/", evidence.indicator, name="indicator"),
    path("<PRG:pk>/<slug:code>.xlsx", evidence.export, name="export"),
    path("<PRG:pk>/<slug:code>/target/", evidence.target, name="target"),
]
