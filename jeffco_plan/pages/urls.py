"""Addresses of the pages that draw on several apps."""

from django.urls import path

from jeffco_plan.pages import (
    claim_files,
    framework,
    goal_files,
    home,
    imports,
    indicator,
    indicator_files,
    opendata,
    school_files,
    schools,
    site,
    statuses,
    tactic,
    values,
    work,
)

urlpatterns = [
    path("", site.plan_list, name="plan-list"),
    path("imports/<int:pk>/", imports.import_detail, name="import-detail"),
    path("imports/<int:pk>/apply/", imports.import_apply, name="import-apply"),
    path("work/", work.my_work, name="my-work"),
    path("work/leading/<int:pk>/values/", values.leading_values, name="leading-values"),
    path("start/", site.start, name="start"),
    path("theme/", site.theme, name="theme"),
    path("about-the-data/", site.about_data, name="about-data"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("plans/<slug:plan>/", home.plan_home, name="plan-home"),
    path("plans/<slug:plan>/aims/", framework.plan_aims, name="plan-aims"),
    path("plans/<slug:plan>/how/", framework.plan_how, name="plan-how"),
    path("plans/<slug:plan>/documents/<int:pk>/", framework.plan_document, name="plan-document"),
    path("plans/<slug:plan>/strategies/<slug:strategy>/", framework.strategy_detail, name="strategy-detail"),
    path("plans/<slug:plan>/indicators/<slug:code>/", indicator.indicator_detail, name="indicator-detail"),
    path(
        "plans/<slug:plan>/indicators/<slug:code>/data.<slug:kind>",
        indicator_files.indicator_data,
        name="indicator-data",
    ),
    path(
        "plans/<slug:plan>/indicators/<slug:code>/figure.json",
        indicator_files.indicator_figure,
        name="indicator-figure",
    ),
    path(
        "plans/<slug:plan>/indicators/<slug:code>/files/<slug:part>.<slug:kind>",
        indicator_files.indicator_file,
        name="indicator-file",
    ),
    path("plans/<slug:plan>/indicators/<slug:code>/schools/", schools.school_list, name="indicator-schools"),
    path(
        "plans/<slug:plan>/indicators/<slug:code>/schools.<slug:kind>",
        school_files.school_list_file,
        name="indicator-schools-file",
    ),
    path("plans/<slug:plan>/schools/", schools.school_index, name="school-index"),
    path("plans/<slug:plan>/schools/<str:code>/", schools.school_detail, name="school-detail"),
    path("plans/<slug:plan>/schools/<str:code>/data.<slug:kind>", school_files.school_file, name="school-file"),
    path("plans/<slug:plan>/on-track/", statuses.plan_status, name="plan-status"),
    path("plans/<slug:plan>/strategies/<slug:strategy>/<slug:tactic>/", tactic.tactic_detail, name="tactic-detail"),
    path("plans/<slug:plan>/on-track/goals.json", opendata.goals_json, name="plan-goals-json"),
    path("plans/<slug:plan>/on-track/goals.csv", opendata.goals_csv, name="plan-goals-csv"),
    path(
        "plans/<slug:plan>/strategies/<slug:strategy>/<slug:tactic>/goals/<slug:goal>/figure.json",
        tactic.goal_figure,
        name="goal-figure",
    ),
    path(
        "plans/<slug:plan>/strategies/<slug:strategy>/<slug:tactic>/goals/<slug:goal>/data.csv",
        goal_files.goal_data,
        name="goal-data",
    ),
    path(
        "plans/<slug:plan>/strategies/<slug:strategy>/<slug:tactic>/goals/<slug:goal>/trajectory.<slug:kind>",
        goal_files.goal_file,
        name="goal-file",
    ),
    path(
        "plans/<slug:plan>/strategies/<slug:strategy>/<slug:tactic>/leading/<int:pk>/run-chart.<slug:kind>",
        goal_files.leading_file,
        name="leading-file",
    ),
    path(
        "plans/<slug:plan>/strategies/<slug:strategy>/<slug:tactic>/leading/<int:pk>/pairs.<slug:kind>",
        claim_files.pairs_file,
        name="leading-pairs",
    ),
    path(
        "plans/<slug:plan>/strategies/<slug:strategy>/<slug:tactic>/leading/<int:pk>/schools.<slug:kind>",
        claim_files.schools_file,
        name="leading-schools",
    ),
]
