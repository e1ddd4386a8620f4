"""LibreOffice as the office's Word: a .docx printed to PDF, with the fonts the PDF of dukao is set in."""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from dukao.papers.official.fonts import FACES, find_families
from tests.lacking import say_lacking

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def needs_office() -> None:
    """Skip with the reason where there is no LibreOffice; fail where the build promises one."""
    if not OFFICE:
        say_lacking("LibreOffice is not installed: papers as .docx are not measured")


@functools.cache
def _fonts_said(folder: Path) -> Path:
    """A fontconfig file that gives LibreOffice the stand-ins the PDF is set in."""
    families = find_families()
    aliases = []
    for names in FACES.values():
        found = [name.removesuffix(" R") for name in names if name in families]
        prefer = "".join(f"<family>{name}</family>" for name in found)
        for name in names:
            if name not in families:
                aliases.append(
                    f'<alias binding="same"><family>{name}</family><prefer>{prefer}</prefer></alias>'
                )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"{''.join(aliases)}</fontconfig>",
        "utf-8",
    )
    return path


def print_docx(docx: Path, folder: Path, profile: Path) -> Path:
    """The PDF LibreOffice makes of a .docx; `profile` is its own folder, kept between calls."""
    assert OFFICE
    profile = profile.resolve()
    profile.mkdir(parents=True, exist_ok=True)
    command = [
        OFFICE,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(docx),
    ]
    environment = {**os.environ, "FONTCONFIG_FILE": str(_fonts_said(profile))}
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=environment)
    return folder / f"{docx.stem}.pdf"


if __name__ == "__main__":
    paper = Path(sys.argv[1])
    print(print_docx(paper, paper.parent, Path(sys.argv[2])))
