from django.urls import path

from hunar.kernel.converters import register_paper_id
from hunar.selection.views import (
    appeals,
    calls,
    decisions,
    drafts,
    imports,
    marking,
    nominations,
    own,
)

register_paper_id("CAL", "NOM", "APL", "IMP", "PLC", "PER")

app_name = "selection"
urlpatterns = [
    path("", calls.call_list, name="calls"),
    path("new/", drafts.create, name="create"),
    path("mine/", own.nomination_list, name="own_nominations"),
    path("mine/<NOM:pk>/", own.nomination, name="own_nomination"),
    path("mine/<NOM:pk>/withdraw/", own.withdraw, name="own_withdraw"),
    path("mine/<NOM:pk>/appeal/", own.appeal, name="file_appeal"),
    path("places/<PLC:pk>/accept/", own.accept, name="accept"),
    path("places/<PLC:pk>/decline/", own.decline, name="decline"),
    path("marking/", marking.call_list, name="marking"),
    path("marking/<CAL:pk>/", marking.call, name="marking_call"),
    path("marking/<CAL:pk>/next/", marking.next_file, name="next_file"),
    path("marking/<CAL:pk>/<slug:code>/", marking.file, name="file"),
    path("appeals/", appeals.appeal_list, name="appeals"),
    path("appeals/<APL:pk>/", appeals.appeal, name="appeal"),
    path("lists/<IMP:pk>/", imports.preview, name="import"),
    path("lists/<IMP:pk>/confirm/", imports.confirm, name="confirm_import"),
    path("nominations/<NOM:pk>/", nominations.nomination, name="nomination"),
    path("nominations/<NOM:pk>/withdraw/", nominations.withdraw, name="withdraw"),
    path("<CAL:pk>/", calls.call, name="call"),
    path("<CAL:pk>/edit/", drafts.edit, name="edit"),
    path("<CAL:pk>/rules/", drafts.edit_rules, name="edit_rules"),
    path("<CAL:pk>/publish/", calls.publish, name="publish"),
    path("<CAL:pk>/close/", calls.close, name="close"),
    path("<CAL:pk>/decide/", decisions.decide, name="decide"),
    path("<CAL:pk>/decision/", decisions.decision, name="decision"),
    path("<CAL:pk>/decision/protocol.json", decisions.protocol, name="protocol"),
    path("<CAL:pk>/decision/protocol.pdf", decisions.protocol_pdf, name="protocol_pdf"),
    path("<CAL:pk>/fairness/", decisions.fairness, name="fairness"),
    path("<CAL:pk>/nominations/", nominations.nomination_list, name="nominations"),
    path("<CAL:pk>/nominations.xlsx", nominations.export, name="export"),
    path("<CAL:pk>/staff/", nominations.staff, name="staff"),
    path("<CAL:pk>/staff/balance/", nominations.balance, name="balance"),
    path("<CAL:pk>/staff/<PER:person_id>/", nominations.nominate, name="nominate"),
    path("<CAL:pk>/lists/", imports.upload, name="upload"),
    path("<CAL:pk>/lists/template.xlsx", imports.template, name="template"),
]
