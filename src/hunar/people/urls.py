from django.urls import path

from hunar.kernel.converters import register_paper_id
from hunar.people.views import accounts, dossiers, roles, staff

register_paper_id("PER", "ORG")
app_name = "people"
urlpatterns = [
    path("", staff.staff, name="staff"),
    path("export/", staff.export, name="staff_export"),
    path("new/<ORG:pk>/", staff.new_person, name="person_new"),
    path("me/", dossiers.me, name="me"),
    path("account/", accounts.my_account, name="my_account"),
    path("account/password/", accounts.choose_password, name="choose_password"),
    path("powers/", roles.powers, name="powers"),
    path("roles/", roles.assignments, name="assignments"),
    path("roles/<int:pk>/end/", roles.end, name="role_end"),
    path("<PER:pk>/", dossiers.person, name="person"),
    path("<PER:pk>/correct/", dossiers.correct, name="person_correct"),
    path("<PER:pk>/post/<ORG:organisation>/", dossiers.employ, name="employ"),
    path("<PER:pk>/post/end/", dossiers.end_employment, name="employment_end"),
    path("<PER:pk>/roles/", roles.grant, name="role_grant"),
    path("<PER:pk>/account/open/", accounts.open_account, name="account_open"),
    path("<PER:pk>/account/code/", accounts.new_code, name="account_code"),
    path("<PER:pk>/account/close/", accounts.close, name="account_close"),
    path("<PER:pk>/account/reopen/", accounts.reopen, name="account_reopen"),
]
