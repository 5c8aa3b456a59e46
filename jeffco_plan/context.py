"""What every page knows of the site: its languages, its theme, and the links that lead on."""

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from jeffco_plan.pages import navigation

THEMES = ("light", "dark")


def site(request):
    path, now = request.get_full_path(), get_language()
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
        "plan_nav": SimpleLazyObject(lambda: navigation.plan_links(request)),
        "working_nav": SimpleLazyObject(lambda: navigation.working_links(request)),
    }
