"""核验: what a filing or a close-out says of a task, each step of it once."""

from datetime import date

import pytest

from dukao.progress.values import Light
from dukao.progress.verification import CloseOut, Closing, Filed, Ruling, judge_verification

DAY = date(2024, 7, 10)
ON, RULED = date(2024, 6, 25), date(2024, 6, 28)


@pytest.mark.parametrize(
    ("filed", "light", "said"),
    [
        (None, Light.UNKNOWN, "还没有报送"),
        (Filed("6月", ON, Ruling.WAITING), Light.UNKNOWN, "督查室还没有审核"),
        (Filed("6月", ON, Ruling.RETURNED, RULED, "缺验收"), Light.YELLOW, "6月28日退回：缺验收"),
        (Filed("6月", ON, Ruling.ACCEPTED, RULED, claims=True), Light.YELLOW, "只有单位自己的说明"),
        (Filed("6月", ON, Ruling.ACCEPTED, RULED), Light.GREEN, "只有文字进展，不需佐证"),
        (
            Filed("6月", ON, Ruling.ACCEPTED, RULED, claims=True, evidence=("验收文件", "验收文件")),
            Light.GREEN,
            "佐证2份（验收文件）",
        ),
    ],
)
def test_a_filing_is_worth_what_proves_it(filed: Filed | None, light: Light, said: str) -> None:
    judged = judge_verification(filed, None, DAY)
    assert judged.light is light
    assert said in judged.reason


@pytest.mark.parametrize(
    ("step", "light"),
    [
        (CloseOut.APPLIED, Light.UNKNOWN),
        (CloseOut.RETURNED, Light.YELLOW),
        (CloseOut.VERIFIED, Light.GREEN),
        (CloseOut.CLOSED, Light.GREEN),
        (CloseOut.REOPENED, Light.YELLOW),
    ],
)
def test_a_close_out_says_more_than_a_filing(step: CloseOut, light: Light) -> None:
    filed = Filed("6月", ON, Ruling.WAITING)
    assert judge_verification(filed, Closing(step, RULED, "贺主任", "外墙脱落"), DAY).light is light
