"""The order of the load, with a word of progress for each part."""

from django.db import transaction

from accounts.models import Grant
from jeffco_plan.demonstration import content
from jeffco_plan.demonstration.indicators import load_indicators
from jeffco_plan.demonstration.learning import create_learning
from jeffco_plan.demonstration.observations import load_observations
from jeffco_plan.demonstration.people import load_grants, load_people
from jeffco_plan.demonstration.plans import create_plan
from jeffco_plan.demonstration.promises import create_goals, create_milestones
from jeffco_plan.demonstration.stocktakes import create_stocktakes
from jeffco_plan.demonstration.translations import load_translations
from strategy.models import Plan

PARTS = (create_goals, create_milestones, create_learning, create_stocktakes)


def is_loaded():
    """Every plan and, what comes last, the grants are there. From then on the data belong to whoever uses them."""
    return Plan.objects.filter(slug__in=content.PLANS).count() == len(content.PLANS) and Grant.objects.exists()


def load(say=print):
    """Bring in everything that is not there yet."""
    say("People and log-ins …")
    load_people()
    say("Organizations, student groups and indicators …")
    load_indicators()
    say("Figures, file by file, through the import …")
    load_observations(say)
    for slug in content.PLANS:
        if not Plan.objects.filter(slug=slug).exists():
            say(f"Plan {slug} …")
            load_plan(slug)
    say("Translations and grants …")
    load_translations()
    load_grants()


@transaction.atomic
def load_plan(slug):
    """A plan with its promises, its learning and its stocktakes; all of it or nothing."""
    text = content.read_plan(slug)
    plan = create_plan(text)
    for create in PARTS:
        create(plan, text)
