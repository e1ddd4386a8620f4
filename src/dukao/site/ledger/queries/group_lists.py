"""Groups a breakdown names whose members the program proposed and nobody has looked at."""

from django.db.models import Count, Q, QuerySet

from dukao.site.ledger.models import Breakdown, Responsibility
from dukao.site.people.models import UnitGroup


def groups_to_check(breakdown: Breakdown) -> QuerySet[UnitGroup]:
    """The groups with their `size`, in the order they were met; one query."""
    named = Responsibility.objects.at(None).filter(task__breakdown=breakdown).values("group_id")
    size = Count("memberships", filter=Q(memberships__until__isnull=True))
    return UnitGroup.objects.filter(is_proposed=True, pk__in=named).annotate(size=size)
