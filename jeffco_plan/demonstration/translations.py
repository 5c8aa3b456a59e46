"""Our own translations of what is written in fixtures/, loaded from fixtures/LANGUAGE/*.toml; none is reviewed yet."""

import tomllib

from django.db import transaction

from accounts.models import Translation, text_hash
from jeffco_plan.demonstration.content import FOLDER

AUTHOR = "Jeffco Plan demonstration"
LANGUAGES = ("es",)


def translated(language):
    """Original → translation, from every file of a language."""
    found = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        with path.open("rb") as file:
            found |= tomllib.load(file)
    return found


@transaction.atomic
def load_translations():
    """Those that are not there yet: what somebody has translated since is left alone."""
    for language in LANGUAGES:
        known = set(Translation.objects.filter(language=language).values_list("original_hash", flat=True))
        Translation.objects.bulk_create(
            Translation(original_hash=key, language=language, original=original, text=text, author=AUTHOR)
            for original, text in translated(language).items()
            if (key := text_hash(original)) not in known
        )
