"""The WSGI entry for production servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jeffco_plan.settings")

application = get_wsgi_application()

# What is loaded now stays as long as the process. Set apart, it is not looked through again and again for garbage,
# which cost a long page up to a tenth of its time; and views are loaded here instead of in somebody's first request.
get_resolver().url_patterns  # noqa: B018 read for what it loads
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)  # a long page makes as many objects; few of them hold each other in rings
