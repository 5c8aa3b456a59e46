"""Which roles a visitor holds where, asked once a request and then answered from memory."""

from accounts.models import Grant, Role, Scope

__all__ = ["Role", "holds", "rights_of"]


class Rights:
    """What one visitor holds on one day: scopes by role, read in two queries at first use."""

    def __init__(self, user, day):
        self.person = getattr(user, "person", None) if user.is_authenticated else None
        self.is_superuser = user.is_authenticated and user.is_superuser
        self.day = day
        self._scopes_by_role = None

    def _load(self):
        if self._scopes_by_role is None:
            self._scopes_by_role = {}
            if self.person:
                for role, scope in (
                    Grant.objects.filter(person=self.person).in_force(self.day).values_list("role", "scope")
                ):
                    self._scopes_by_role.setdefault(role, set()).add(scope)
            self._parents = dict(Scope.objects.values_list("pk", "parent")) if self._scopes_by_role else {}
        return self._scopes_by_role

    def holds(self, scope_id, *roles):
        """True if one of the roles is held in the scope or in one that contains it."""
        if self.is_superuser:
            return True
        granted = set().union(*(self._load().get(role, ()) for role in roles))
        while scope_id is not None and granted:
            if scope_id in granted:
                return True
            scope_id = self._parents.get(scope_id)
        return False

    def scopes(self, *roles):
        """Every scope in which one of the roles holds, those within included."""
        granted = set().union(*(self._load().get(role, ()) for role in roles))
        if not granted:
            return set()
        return {scope for scope in self._parents if self._lies_within(scope, granted)}

    def _lies_within(self, scope, granted):
        while scope is not None:
            if scope in granted:
                return True
            scope = self._parents.get(scope)
        return False

    def holds_anywhere(self, *roles):
        return self.is_superuser or any(self._load().get(role) for role in roles)


def rights_of(request, day):
    """The visitor's rights on a day, kept with the request."""
    rights = getattr(request, "_rights", None)
    if rights is None or rights.day != day:
        rights = request._rights = Rights(request.user, day)
    return rights


def holds(request, day, scope_id, *roles):
    return rights_of(request, day).holds(scope_id, *roles)
