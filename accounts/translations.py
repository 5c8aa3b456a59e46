"""Authored texts in the reader's language: stored once, translated in one table, read in one query a page."""

import unicodedata

from django.core.cache import cache
from django.db.models import Count, Max
from django.utils.translation import get_language

from accounts.models import Translation, text_hash


def language_code():
    return (get_language() or "en").split("-")[0]


def texts_in(language):
    """Every translated text of a language by the hash of its original; kept in memory while the table stands still."""
    if language == "en":
        return {}
    state = Translation.objects.filter(language=language).aggregate(last=Max("pk"), count=Count("pk"))
    key = f"translations:{language}:{state['last']}:{state['count']}"
    texts = cache.get(key)
    if texts is None:
        texts = dict(Translation.objects.filter(language=language).values_list("original_hash", "text"))
        cache.set(key, texts, 3600)
    return texts


class Reader:
    """Reads authored texts in one language; made once a request."""

    def __init__(self, language=None):
        self.language = language or language_code()
        self._texts = None

    def load(self):
        """Fetch the translations now: a template may not ask the database."""
        if self._texts is None:
            self._texts = texts_in(self.language)
        return self

    def read(self, text):
        """The text in the reader's language, and whether it is that language."""
        if not text or self.language == "en":
            return text, True
        found = self.load()._texts.get(text_hash(text))
        return (found, True) if found is not None else (text, False)

    def __call__(self, text):
        return self.read(text)[0]


def reader_of(request):
    """The request's reader: one for views, context and templates."""
    if not hasattr(request, "authored_reader"):
        request.authored_reader = Reader()
    return request.authored_reader


def in_order(choices):
    """Pairs of value and name sorted as the reader reads them, not as they are stored; accents follow their letter."""
    return sorted(choices, key=lambda choice: unicodedata.normalize("NFKD", choice[1]).casefold())
