"""What every page knows of the site: its languages, its theme, and the links that lead on."""

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

from accounts.translations import reader_of
from jeffco_plan.pages import navigation

THEMES = ("light", "dark")


def site(request):
    reader_of(request).load()
    path, now = request.get_full_path(), get_language()
    match = request.resolver_match
    theme = request.COOKIES.get("theme")
    return {
        "is_demonstration_site": settings.DEMONSTRATION,
        "theme": theme if theme in THEMES else "",
        "languages": [
            {
                "code": code,
                "name": get_language_info(code)["name_local"].capitalize(),
                "url": translate_url(path, code),
                "is_current": code == now,
            }
            for code, _name in settings.LANGUAGES
        ],
        "plan_nav": navigation.plan_links(match.kwargs["plan"]) if match and "plan" in match.kwargs else [],
        **(_demonstration_logins() if settings.DEMONSTRATION and match and match.url_name == "account_login" else {}),
        "working_nav": navigation.working_links(request) if request.user.is_authenticated else [],
    }


def _demonstration_logins():
    """Shown beside the sign-in form, and only in the demonstration."""
    from jeffco_plan.demonstration.people import PASSWORD, logins

    return {"demonstration_password": PASSWORD, "demonstration_logins": logins()}
