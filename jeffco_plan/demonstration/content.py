"""Reading fixtures/: content as TOML, one file per subject."""

import tomllib

from django.conf import settings

from strategy.models import GoalRevision

FOLDER = settings.BASE_DIR / "fixtures"
PLANS = ("jeffco-generations", "jeffco-thrives-2025", "vision-2020", "goals-and-guardrails")
FILES = {
    "jeffco-generations": (
        "generations", "generations-goals", "generations-milestones", "generations-learning", "generations-stocktakes",
    ),
    "jeffco-thrives-2025": ("thrives",),
    "vision-2020": ("vision2020",),
    "goals-and-guardrails": ("goals-and-guardrails",),
}  # fmt: skip


def read(name):
    """The content of fixtures/NAME.toml."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def read_plan(slug):
    """Everything written about one plan; its files share no top-level name."""
    merged = {}
    for name in FILES[slug]:
        merged |= read(f"plans/{name}")
    return merged


# Keys under which authored text stands; the rest are codes, days and figures.
TEXT_KEYS = frozenset(
    """
    title subtitle motto headline vision mission theory_then picture_text predecessor_text source name short_name text
    theory_if description lede ifs then statement specific measurable achievable relevant time_bound reason_words
    reason note scale question prediction study words followed successes challenges new_course support agenda answer
    body document method noun steward shows
    """.split()
)
REASON_CODES = frozenset(GoalRevision.Reason.values)  # a revision's "reason" is a code, an update's is text


def authored_texts(content):
    """Every authored text in nested content, once, in order of appearance.

    >>> list(authored_texts({"title": "Plan", "slug": "plan", "value": [{"name": "Care"}, {"name": "Care"}]}))
    ['Plan', 'Care']
    """
    return dict.fromkeys(_texts(content))


def _texts(content, key=""):
    if isinstance(content, dict):
        for name, part in content.items():
            if name not in ("vocabulary", "names"):
                yield from _texts(part, name)
    elif isinstance(content, list):
        for part in content:
            yield from _texts(part, key)
    elif isinstance(content, str) and key in TEXT_KEYS and content and content not in REASON_CODES:
        yield content
