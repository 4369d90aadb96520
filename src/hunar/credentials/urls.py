from django.urls import path

from hunar.credentials.views import own, public, register
from hunar.kernel.converters import register_paper_id

register_paper_id("CRD", "COH")

app_name = "credentials"
urlpatterns = [
    path("", own.own, name="own"),
    path("<CRD:pk>/", own.credential, name="credential"),
    path("<CRD:pk>/certificate.pdf", own.pdf, name="pdf"),
    path("<CRD:pk>/certificate.json", own.document, name="document"),
    path("<CRD:pk>/revoke/", register.revoke, name="revoke"),
    path("<CRD:pk>/replace/", register.replace, name="replace"),
    path("register/", register.register, name="register"),
    path("register/export/", register.export, name="export"),
    path("register/cohorts/", register.cohorts, name="cohorts"),
    path("register/cohorts/<COH:pk>/", register.cohort, name="cohort"),
    path("register/cohorts/<COH:pk>/issue/", register.issue, name="issue"),
    path("register/cohorts/<COH:pk>/paper/", register.paper, name="paper"),
    path("verify/", public.verify, name="verify"),
    path("verify/file/", public.check_file, name="check_file"),
    path("verify/report/", public.report, name="report"),
    path("verify/reported/", public.reported, name="reported"),
    path("v/<str:code>/", public.page, name="page"),
    path("v/<str:code>/certificate.json", public.document, name="public_document"),
    path("v/<str:code>/slip/", public.slip, name="slip"),
    path("status/<int:number>", public.status_list, name="status"),
]
