from django.urls import path

from hunar.careers.views import managing, participating
from hunar.kernel.converters import register_paper_id

register_paper_id("CMP", "CDY")

app_name = "careers"
urlpatterns = [
    path("", participating.competition_list, name="competitions"),
    path("mine/", participating.mine, name="mine"),
    path("mine/<CDY:pk>/", participating.candidacy, name="candidacy"),
    path("mine/<CDY:pk>/withdraw/", participating.withdraw, name="withdraw"),
    path("manage/", managing.manage, name="manage"),
    path("manage/new/", managing.new, name="new"),
    path("<CMP:pk>/", participating.competition, name="competition"),
    path("<CMP:pk>/apply/", participating.apply, name="apply"),
    path("<CMP:pk>/edit/", managing.edit, name="edit"),
    path("<CMP:pk>/publish/", managing.publish, name="publish"),
    path("<CMP:pk>/rank/", managing.rank, name="rank"),
    path("<CMP:pk>/list/", participating.merit_list, name="merit_list"),
    *(
        path(
            f"<CMP:pk>/list.{kind}",
            participating.merit_list_file,
            {"kind": kind},
            name=f"merit_list_{kind}",
        )
        for kind in ("pdf", "xlsx", "json")
    ),
]
