from django.urls import path

from strategy import views

urlpatterns = [
    path("work/milestones/<int:pk>/update/", views.milestone_update, name="milestone-update"),
    path("evidence/<int:pk>/", views.evidence, name="evidence"),
]
