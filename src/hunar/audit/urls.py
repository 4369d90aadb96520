from django.urls import path

from hunar.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("trusted-keys.json", views.trusted_keys, name="trusted_keys"),
    path("checkpoint/<int:size>.txt", views.checkpoint, name="checkpoint_note"),
    path("consistency.json", views.consistency, name="consistency"),
    path("records/", views.records, name="records"),
    path("records/<int:pk>/", views.record, name="record"),
    path("records/<int:pk>/proof/", views.proof, name="proof"),
]
