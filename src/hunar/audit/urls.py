from django.urls import path

from hunar.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("trusted-keys.json", views.trusted_keys, name="trusted_keys"),
    path("checkpoints/<int:size>/", views.checkpoint, name="checkpoint"),
    path("consistency/", views.consistency, name="consistency"),
    path("records/", views.records, name="records"),
    path("records/<int:pk>/", views.record, name="record"),
    path("records/<int:pk>/proof/", views.proof, name="proof"),
]
