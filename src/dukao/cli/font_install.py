"""`dukao fonts --install`: the Fandol fonts out of Debian's own package, into dukao's own folder.

The package is fetched and checked by apt against Debian's signed index, and once more here; not installed,
nothing of it but the fonts is unpacked, and nothing of it is run.
"""

import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from dukao.cli.failures import Failure
from dukao.cli.output import whole_file

PACKAGE = "texlive-lang-chinese"
NAMES = (
    "FandolFang-Regular.otf",
    "FandolHei-Regular.otf",
    "FandolKai-Regular.otf",
    "FandolSong-Bold.otf",
    "FandolSong-Regular.otf",
)
_OPENTYPE = b"OTTO"
_LARGEST = 32 * 1024 * 1024
_BY_HAND = "也可以把字体文件（.otf、.ttf）直接放进 {folder}"


def install_fonts(folder: Path) -> list[str]:
    """Put the Fandol fonts into `folder` and give their names. Raises Failure where that cannot be."""
    if not all(map(shutil.which, ("apt-get", "apt-cache", "dpkg-deb"))):
        raise Failure(f"这台机器没有 apt（Debian 的装包程序），不能自动取字体：{_by_hand(folder)}。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(
            f"{folder}：建不了这个文件夹（{error.strerror}）：请用 DUKAO_HOME 另指一个位置。"
        ) from error
    with tempfile.TemporaryDirectory(prefix="dukao-fonts-") as held:
        package = _download(Path(held), folder)
        _check(package)
        return _unpack(package, folder)


def _by_hand(folder: Path) -> str:
    return _BY_HAND.format(folder=folder)


def _download(held: Path, folder: Path) -> Path:
    # `_apt` may not read a folder of ours: the sandbox of apt is no concern in a folder made for this.
    command = ["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", PACKAGE]
    done = subprocess.run(command, cwd=held, capture_output=True, text=True, check=False)
    found = list(held.glob(f"{PACKAGE}_*.deb"))
    if done.returncode or len(found) != 1:
        said = (done.stderr.strip().splitlines() or ["没有说明原因"])[-1]
        raise Failure(
            f"取不到 {PACKAGE}（{said}）：请检查网络，先运行 apt-get update，再试一次；{_by_hand(folder)}。"
        )
    return found[0]


def _check(package: Path) -> None:
    """The package's sha256 is one that Debian's index gives for it."""
    told = subprocess.run(["apt-cache", "show", PACKAGE], capture_output=True, text=True, check=False).stdout
    known = re.findall(r"^SHA256: ([0-9a-f]{64})$", told, re.MULTILINE)
    if hashlib.sha256(package.read_bytes()).hexdigest() not in known:
        raise Failure(
            f"{package.name}：与 Debian 目录里的校验值不符，没有使用：请运行 apt-get update 后再试。"
        )


def _unpack(package: Path, folder: Path) -> list[str]:
    """Take the fonts out of the package, each whole or not at all."""
    reader = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE)
    written = []
    assert reader.stdout
    with reader, tarfile.open(fileobj=reader.stdout, mode="r|") as archive:
        for member in archive:
            name = PurePosixPath(member.name).name
            if name not in NAMES or not member.isfile() or member.size > _LARGEST:
                continue
            file = archive.extractfile(member)
            data = file.read() if file else b""
            if data.startswith(_OPENTYPE):
                with whole_file(folder / name) as draft:
                    draft.write_bytes(data)
                written.append(name)
    if missing := sorted(set(NAMES) - set(written)):
        raise Failure(f"{package.name} 里没有 {'、'.join(missing)}：{_by_hand(folder)}。")
    return sorted(written)
