"""All addresses; Spanish pages carry /es/ in front, so that a link keeps its language."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

admin.site.login = secure_admin_login(admin.site.login)  # one door for all, with its limit on guesses

urlpatterns = [path("admin/", admin.site.urls)] + i18n_patterns(
    path("accounts/", include("allauth.account.urls")),
    path("", include("indicators.urls")),
    path("", include("strategy.urls")),
    path("", include("stocktakes.urls")),
    path("", include("jeffco_plan.pages.urls")),
    prefix_default_language=False,
)
