"""The lights of tasks on the record, day by day: what was recorded later never changes an earlier day."""

from datetime import date

from dukao.progress.values import Light
from dukao.site.supervision.seeing.queries import lights_of
from tests.site.supervision.conftest import Year


def test_before_its_first_point_a_task_cannot_be_judged(year: Year) -> None:
    task = year.task("三-1")
    lights = lights_of([task.pk], date(2024, 3, 20))[task.pk]
    assert lights.light is Light.UNKNOWN
    assert "首个节点在3月31日" in lights.progress.reason
    assert "还没有到期" in lights.filing.reason
    assert lights.verified.reason == "还没有报送，无可核验"
