"""What people do to promises: each act writes all its rows, or none."""

from django.db import IntegrityError, transaction

from strategy.models import Evidence, MilestoneUpdate


class ReportedMeanwhile(Exception):
    """Somebody else's report has just taken this number."""


@transaction.atomic
def report_milestone(milestone, *, number, author, known_on, evidence=(), **report):
    """Append a report and its evidence. The number is the one the author's form showed: the database decides races.

    Raises ReportedMeanwhile where a report with that number already stands; nothing is written then, no file either.
    """
    try:
        with transaction.atomic():
            update = MilestoneUpdate.objects.create(
                milestone=milestone,
                number=number,
                author=author,
                known_on=known_on,
                is_illustration=milestone.is_illustration or milestone.tactic.strategy.plan.is_demonstration,
                **report,
            )
    except IntegrityError as error:
        if milestone.updates.filter(number=number).exists():
            raise ReportedMeanwhile from error
        raise
    for values in evidence:
        Evidence.objects.create(update=update, **values)
    return update
