from django.urls import path

from hunar.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.message_list, name="messages"),
    path("<int:pk>/", views.message, name="message"),
    path("read/", views.read_all, name="read_all"),
]
