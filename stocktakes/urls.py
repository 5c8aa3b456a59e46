"""Addresses of stocktakes and of the board's dashboard."""

from django.urls import path

from stocktakes import views

urlpatterns = [
    path("plans/<slug:plan>/stocktakes/", views.stocktake_list, name="stocktake-list"),
    path("plans/<slug:plan>/stocktakes/<slug:cycle>/<slug:slug>/", views.stocktake_detail, name="stocktake-detail"),
    path(
        "plans/<slug:plan>/stocktakes/<slug:cycle>/<slug:slug>/record.json",
        views.stocktake_record,
        name="stocktake-record",
    ),
    path("board/<slug:plan>/", views.board_dashboard, name="board-dashboard"),
]
