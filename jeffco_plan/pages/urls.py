"""Addresses of the pages that draw on several apps."""

from django.urls import path

from jeffco_plan.pages import home, site, statuses, tactic, work

urlpatterns = [
    path("", site.plan_list, name="plan-list"),
    path("work/", work.my_work, name="my-work"),
    path("start/", site.start, name="start"),
    path("theme/", site.theme, name="theme"),
    path("about-the-data/", site.about_data, name="about-data"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("plans/<slug:plan>/", home.plan_home, name="plan-home"),
    path("plans/<slug:plan>/on-track/", statuses.plan_status, name="plan-status"),
    path("plans/<slug:plan>/strategies/<slug:strategy>/<slug:tactic>/", tactic.tactic_detail, name="tactic-detail"),
    path(
        "plans/<slug:plan>/strategies/<slug:strategy>/<slug:tactic>/goals/<slug:goal>/figure.json",
        tactic.goal_figure,
        name="goal-figure",
    ),
    path(
        "plans/<slug:plan>/strategies/<slug:strategy>/<slug:tactic>/goals/<slug:goal>/data.csv",
        tactic.goal_data,
        name="goal-data",
    ),
]
