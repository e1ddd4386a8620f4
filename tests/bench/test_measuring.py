"""The bench measures what it says it measures."""

import time

import pytest

from dukao.bench import measuring, peer

TEXT = "政府工作报告\n" + "".join(f"（{n}）第{n}节\n{'全区新增绿道10公里以上，' * 12}。\n" for n in range(40))


@pytest.mark.parametrize("size", [4_000, 20_000, 300_000])
def test_a_grown_text_is_one_report_of_about_that_size(size: int) -> None:
    grown = measuring.grow_text(TEXT, size)
    assert 0.8 * size <= len(grown.encode()) <= 1.1 * size
    assert grown.count("政府工作报告") == 1
    assert grown[:6] == TEXT[:6]


@pytest.mark.parametrize("size", [5_000, 20_000, 300_000])
def test_a_grown_text_has_the_same_mixture_of_prose(size: int) -> None:
    text = "政府工作报告\n" + "".join(
        f"{'全区新增绿道10公里以上。' * 9}\n{'全区大力弘扬实干的作风。' * 9}\n" for _ in range(30)
    )
    grown = measuring.grow_text(text, size)
    assert 0.7 <= grown.count("绿道") / grown.count("实干") <= 1.4
    # The two kinds stay mixed: the first half has as many figures as the second.
    first, second = grown[: len(grown) // 2], grown[len(grown) // 2 :]
    assert 0.6 <= first.count("绿道") / second.count("绿道") <= 1.6


def test_turns_are_taken_by_all_and_the_middle_one_counts() -> None:
    turns: list[str] = []
    naps = iter([0.0, 0.4, 0.0, 0.0, 0.0, 0.2])

    def nap() -> None:
        turns.append("nap")
        time.sleep(next(naps, 0.0))

    def rest() -> None:
        turns.append("rest")

    nap_time, rest_time = measuring.time_in_turns(nap, rest)
    assert turns[:6] == ["nap", "rest"] * 3
    assert nap_time < 0.1
    assert rest_time < 0.1


def test_the_source_as_it_stands_is_not_compiled() -> None:
    assert not measuring.is_compiled()


def test_a_ratio_is_compile_to_scan() -> None:
    speed = measuring.Speed("a", chars=1000, size=3000, scan=0.001, whole=0.02)
    assert speed.ratio == pytest.approx(20)
    assert speed.per_char == pytest.approx(2e-5)


def test_the_bare_scan_finds_numbers_with_units() -> None:
    found = [match.group() for match in measuring.BARE_SCAN.finditer("投资1.2 亿元，增长6%，建成3公里、5 处")]
    assert found == ["1.2 亿元", "6%", "3公里"]


def test_a_source_made_of_text_is_like_a_file() -> None:
    source = measuring.as_source("a", TEXT)
    assert source.as_json()["chars"] == len(TEXT)
    assert len(source.sha256) == 64


def test_the_peer_is_an_extra() -> None:
    count = peer.load_peer()
    if count is None:
        pytest.skip(f"the peer is not installed ({peer.INSTALL})")
    assert count("增长6%，投资12亿元") >= 2
