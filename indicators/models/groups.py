"""Which students a number is about."""

from django.db import models


class Dimension(models.Model):
    """A way of dividing students, such as race or grade."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    adds_up = models.BooleanField(help_text="Every student stands in exactly one category, so the counts add up.")

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name


class Category(models.Model):
    """One part of a dimension."""

    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="categories")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["dimension", "position"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(fields=["dimension", "code"], name="one_category_per_dimension_and_code")
        ]

    def __str__(self):
        return self.name


class CategoryName(models.Model):
    """A name that a category carries in some publisher's files."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=120, unique=True)

    def __str__(self):
        return self.name


class StudentGroupQuerySet(models.QuerySet):
    def by_name(self):
        """Group ids under every name that files use, in lower case."""
        names = {name.casefold(): pk for pk, name in self.values_list("pk", "name")}
        alone = self.filter(memberships__category__names__isnull=False).annotate(
            size=models.Count("categories", distinct=True)
        )
        for pk, name in alone.filter(size=1).values_list("pk", "memberships__category__names__name"):
            names.setdefault(name.casefold(), pk)
        return names


class StudentGroup(models.Model):
    """A set of categories, at most one of each dimension; all students are the empty set."""

    code = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=200, unique=True)
    categories = models.ManyToManyField(Category, through="GroupCategory", related_name="groups")
    position = models.PositiveSmallIntegerField(default=0)

    objects = StudentGroupQuerySet.as_manager()

    ALL = "all"

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class GroupCategory(models.Model):
    """A category in a group; the dimension stands here too, so the database can refuse two of one dimension."""

    group = models.ForeignKey(StudentGroup, on_delete=models.CASCADE, related_name="memberships")
    category = models.ForeignKey(Category, on_delete=models.PROTECT)
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "dimension"], name="a_group_has_one_category_per_dimension")
        ]

    def __str__(self):
        return f"{self.group_id}: {self.category_id}"
