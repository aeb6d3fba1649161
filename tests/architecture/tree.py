"""The project's own files, as git sees them, and copies of them in which something wrong may be planted."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("domain", "projections", "adapters", "scheduler")


def files(root: Path = ROOT) -> list[Path]:
    """Every file that is, or is about to be, part of the project: relative, sorted; ignored files are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
    ).stdout
    paths = {Path(name) for name in listed.decode().split("\0") if name}
    return sorted(path for path in paths if (root / path).is_file())


def shipped(root: Path = ROOT) -> list[Path]:
    """The files a wheel must hold: code and data of the four places, and the command line."""
    return [path for path in files(root) if path.parts[0] in PLACES or path == Path("cli.py")]


def copy(destination: Path) -> Path:
    """A copy of the project's files to plant something in; no git, no caches."""
    for path in files():
        target = destination / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, target)
    return destination
