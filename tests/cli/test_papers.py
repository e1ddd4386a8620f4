"""`dukao breakdown --docx --pdf` and `dukao fonts`, as somebody types them."""

import shutil
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from dukao.cli import font_install
from dukao.cli.failures import Failure
from dukao.cli.main import main
from dukao.papers.official import fonts, pdf
from dukao.sample import sample_path

SAMPLE = str(sample_path("breakdown"))


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def test_the_notice_is_written_both_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docx, pdf_file = tmp_path / "通知.docx", tmp_path / "通知.pdf"
    assert main(["breakdown", SAMPLE, "--docx", str(docx), "--pdf", str(pdf_file)]) == 0
    said = capsys.readouterr()
    assert f"已写好公文：{docx}" in said.out
    assert "临政办〔2024〕7号" in paragraphs(docx)
    assert pdf_file.read_bytes().startswith(b"%PDF-")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["通知.docx", "通知.pdf"]


@pytest.mark.parametrize(
    ("about", "title"),
    [
        ("区住建局", "2024年政府工作报告责任分解（区住建局承担的事项）"),
        ("陆宁", "2024年政府工作报告责任分解（陆宁牵头的事项）"),
        ("摘要", "2024年政府工作报告责任分解情况摘要"),
    ],
)
def test_another_paper_is_asked_for_by_name(tmp_path: Path, about: str, title: str) -> None:
    docx = tmp_path / "件.docx"
    assert main(["breakdown", SAMPLE, "--docx", str(docx), "--paper", about]) == 0
    assert paragraphs(docx)[0].replace("\n", "") == title


def test_a_paper_that_would_not_be_written_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["breakdown", SAMPLE, "--paper", "摘要"]) == 2
    assert "有 --paper 就要有 --docx 或 --pdf" in capsys.readouterr().err


def test_a_name_that_is_not_in_the_breakdown_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docx = tmp_path / "件.docx"
    assert main(["breakdown", SAMPLE, "--docx", str(docx), "--paper", "没有的局"]) == 2
    assert "没有的局" in capsys.readouterr().err
    assert not docx.exists()


def test_a_pdf_that_cannot_be_set_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise pdf.NoGlyph("\U0002b740")

    monkeypatch.setattr(pdf, "render_pdf", refuse)
    target = tmp_path / "通知.pdf"
    target.write_bytes(b"old")
    assert main(["breakdown", SAMPLE, "--pdf", str(target)]) == 1
    assert capsys.readouterr().err.startswith("通知.pdf：这台机器上的字体都没有“\U0002b740”")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--docx", "a.pdf"], "--docx 的文件名要以 .docx 结尾"),
        (["--pdf", "a.docx"], "--pdf 的文件名要以 .pdf 结尾"),
        (["--docx", "a", "--pdf", "a"], "--docx 和 --pdf 不能写到同一个文件"),
    ],
)
def test_names_that_cannot_be_meant(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["breakdown", SAMPLE, *options]) == 2
    assert said in capsys.readouterr().err


def test_fonts_are_listed_with_what_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "find_families", lambda _home: {"SimHei": "黑.ttf", "FandolSong": "宋.otf"})
    assert main(["fonts"]) == 0
    said = capsys.readouterr().out
    assert "缺标准字体：仿宋_GB2312、楷体_GB2312、方正小标宋简体、宋体。" in said
    assert "dukao fonts --install" in said
    assert "fonts-noto-cjk" in said


def test_without_apt_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(Failure, match=r"没有 apt.*直接放进"):
        font_install.install_fonts(tmp_path / "fonts")
    assert not (tmp_path / "fonts").exists()


def test_no_network_is_said_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = fake_programs(tmp_path, "echo 'E: Failed to fetch' >&2; exit 100")
    monkeypatch.setenv("PATH", said)
    with pytest.raises(Failure, match=r"取不到 texlive-lang-chinese（E: Failed to fetch）"):
        font_install.install_fonts(tmp_path / "fonts")


def test_a_package_with_another_checksum_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", fake_programs(tmp_path, f": > {font_install.PACKAGE}_1_all.deb"))
    with pytest.raises(Failure, match="校验值不符"):
        font_install.install_fonts(tmp_path / "fonts")
    assert not list((tmp_path / "fonts").iterdir())


def test_only_the_fonts_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name in (*font_install.NAMES, "../../escape.otf", "readme.txt"):
            data = b"OTTO" + name.encode()
            member = tarfile.TarInfo(f"./usr/share/{name}")
            member.size = len(data)
            archive.addfile(member, BytesIO(data))
    (tmp_path / "data.tar").write_bytes(held.getvalue())
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    path = fake_programs(
        tmp_path,
        f": > {font_install.PACKAGE}_1_all.deb",
        show=f"echo 'SHA256: {empty}'",
        unpack=f"cat {tmp_path}/data.tar",
    )
    monkeypatch.setenv("PATH", path)
    assert font_install.install_fonts(tmp_path / "fonts") == sorted(font_install.NAMES)
    assert {path.name for path in (tmp_path / "fonts").iterdir()} == set(font_install.NAMES)


def fake_programs(folder: Path, download: str, *, show: str = ":", unpack: str = ":") -> str:
    """A PATH on which apt and dpkg are these shell commands."""
    place = folder / "bin"
    place.mkdir()
    for name, does in (("apt-get", download), ("apt-cache", show), ("dpkg-deb", unpack)):
        program = place / name
        program.write_text(f"#!/bin/sh\n{does}\n")
        program.chmod(0o755)
    return f"{place}:/bin:/usr/bin"
