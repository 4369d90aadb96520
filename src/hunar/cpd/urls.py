from django.urls import path

from hunar.cpd import views
from hunar.kernel.converters import register_paper_id

register_paper_id("CPD")

app_name = "cpd"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("claim/", views.claim, name="claim"),
    path("statement.pdf", views.statement_pdf, name="statement_pdf"),
    path("statement.json", views.statement_json, name="statement_json"),
    path("<CPD:pk>/", views.record, name="record"),
    path("<CPD:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<CPD:pk>/evidence-file/", views.evidence, name="evidence"),
    path("<CPD:pk>/verify/", views.verify, name="verify"),
    path("<CPD:pk>/reject/", views.reject, name="reject"),
    path("<CPD:pk>/reverse/", views.reverse, name="reverse"),
    path("claims/", views.claims, name="claims"),
    path("policies/", views.policies, name="policies"),
    path("policies/new/", views.new_policy, name="new_policy"),
    path("audit/", views.audit, name="audit"),
    path("staff/", views.staff, name="staff"),
    path("staff.xlsx", views.staff_table, name="staff_table"),
]
