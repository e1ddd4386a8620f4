"""Views of the ledger a person keeps: an address under a name."""

from django.db import models

from dukao.site.people.models import User


class SavedView(models.Model):
    """A name for a state of the ledger page; `query` is its query string."""

    user = models.ForeignKey(User, models.CASCADE, related_name="views")
    name = models.CharField("名称", max_length=40)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("user", "name"), name="one_view_by_name"),)

    def __str__(self) -> str:
        return self.name
