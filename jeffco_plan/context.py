"""What every page knows of the site."""

from django.conf import settings


def site(request):
    return {"is_demonstration_site": settings.DEMONSTRATION}
