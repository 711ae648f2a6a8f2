"""What is installed: the wheel holds the tree, works alone, and is the same from every build."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

import reported_losses as rl
from package import test_core_install
from reported_losses.definition.location import package_dir
from wheel_builds import build

pytestmark = pytest.mark.slow

ROOT = package_dir()
PACKAGE = "reported_losses/_package"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_tree_and_nothing_else(wheel: Path) -> None:
    tree = {
        f"reported_losses/{name}": data
        for name, data in files(ROOT / "src/reported_losses").items()
    }
    for folder in ("data", "schemas"):
        tree |= {f"{PACKAGE}/{folder}/{name}": data for name, data in files(ROOT / folder).items()}
    with zipfile.ZipFile(wheel) as archive:
        info = f"reported_losses-{rl.__version__}.dist-info/"
        held = {name: archive.read(name) for name in archive.namelist()}
    descriptor = json.loads(held.pop(f"{PACKAGE}/datapackage.json"))
    metadata = {name.removeprefix(info) for name in held if name.startswith(info)}
    assert {name: data for name, data in held.items() if not name.startswith(info)} == tree
    assert metadata == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "licenses/LICENSE",
        "licenses/LICENSE-DATA",
    }
    for resource in descriptor["resources"]:
        data = tree[f"{PACKAGE}/{resource['path']}"]
        assert resource.pop("bytes") == len(data)
        assert resource.pop("hash") == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource.pop("rows") == rl.load(resource["name"], engine="arrow").num_rows
    assert descriptor == json.loads((ROOT / "datapackage.json").read_bytes())


def test_a_second_build_gives_the_same_bytes(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    for name in ("wheel", "sdist"):
        (tmp_path / name).mkdir()
    assert build("wheel", ROOT, tmp_path / "wheel").read_bytes() == wheel.read_bytes()
    assert build("sdist", ROOT, tmp_path / "sdist").read_bytes() == sdist.read_bytes()


def unpacked(sdist: Path, folder: Path) -> Path:
    """Return the folder that is in an sdist, unpacked."""
    # Python before 3.11.4 has no filters; the archive is our own.
    safe: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, **safe)  # noqa: S202 - see above
    (source,) = folder.iterdir()
    return source


def test_the_sdist_is_enough_to_build_the_same_wheel(
    wheel: Path, sdist: Path, tmp_path: Path
) -> None:
    source = unpacked(sdist, tmp_path / "source")
    (tmp_path / "wheel").mkdir()
    assert build("wheel", source, tmp_path / "wheel").read_bytes() == wheel.read_bytes()
    for name in (
        "tests",
        "docs",
        "hatch_build.py",
        "Makefile",
        "requirements-dev.lock",
        "CITATION.cff",
    ):
        assert (source / name).exists()


def test_what_a_cut_off_commit_leaves_is_in_no_build(sdist: Path, tmp_path: Path) -> None:
    source = unpacked(sdist, tmp_path / "source")
    left = (".commit.lock", ".commit.json", "data/.series.csv.new")
    for name in left:
        (source / name).write_text("x", encoding="utf-8")
    for kind in ("wheel", "sdist"):
        (tmp_path / kind).mkdir()
    with zipfile.ZipFile(build("wheel", source, tmp_path / "wheel")) as zipped:
        names = zipped.namelist()
    with tarfile.open(build("sdist", source, tmp_path / "sdist")) as archive:
        names += archive.getnames()
    assert not [name for name in names if name.endswith(left)]


USE = """
import importlib.util, json, sys
import reported_losses as rl
print(json.dumps({
    "file": rl.__file__,
    "version": rl.__version__,
    "rows": {name: len(rl.load(name)) for name in rl.tables()},
    "tanks": int(rl.daily("tanks").set_index("report_date").loc["2023-02-22", "total"]),
    "issues": len(rl.check()),
    "paths": [rl.path(name).is_file() for name in rl.tables()],
    "extras": [n for n in ("polars", "duckdb", "pandera") if importlib.util.find_spec(n)],
}))
"""


@pytest.mark.engines
def test_the_wheel_works_alone_with_core_dependencies(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=elsewhere, env=clean, check=True, capture_output=True, text=True
        )
        return done.stdout

    run(scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel)
    looked_around = json.loads(run(scripts / "python", test_core_install.SCRIPT))
    test_core_install.judge(looked_around)
    facts = json.loads(run(scripts / "python", "-c", USE))
    assert Path(facts["file"]).is_relative_to(environment)
    assert facts["version"] == rl.__version__
    assert facts["rows"] == {name: rl.load(name, engine="arrow").num_rows for name in rl.tables()}
    assert facts["tanks"] == 3334
    assert facts["issues"] == 0
    assert all(facts["paths"])
    assert facts["extras"] == []
    assert "145,060" in run(scripts / "reported-losses", "summary", "--date", "2023-02-22")
    assert not list(elsewhere.iterdir())
