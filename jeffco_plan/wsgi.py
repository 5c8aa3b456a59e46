"""The WSGI entry for production servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jeffco_plan.settings")

application = get_wsgi_application()
