"""Every curl line and every command of the README works as printed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
CURLS = [line for block in BLOCKS for line in block.replace("\\\n", " ").splitlines() if line.startswith("curl ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


def test_there_are_curl_lines() -> None:
    assert len(CURLS) >= 8


@pytest.mark.parametrize("line", CURLS)
def test_a_curl_line_works_as_printed(line: str, server: str, folder: Path) -> None:
    printed = line.replace("http://127.0.0.1:8000", server) + " --fail-with-body --noproxy '*'"
    ran = subprocess.run(["bash", "-c", printed], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stdout
    written = re.search(r"-o (\S+)", line)
    assert (folder / written[1]).stat().st_size > 4000 if written else ran.stdout.strip()


@pytest.mark.parametrize("line", re.findall(r"^\.venv/bin/bharatvoice (ask .*|doctor)$", README, re.MULTILINE))
def test_a_command_works_as_printed(line: str, server: str, folder: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BHARATVOICE_")}
    command = f"{sys.executable} -m bharatvoice.cli {line}"
    ran = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, env=clean, timeout=90, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip()


def test_every_setting_is_in_the_readme() -> None:
    from bharatvoice.settings import Settings

    missing = [name for name in Settings.model_fields if f"`BHARATVOICE_{name.upper()}`" not in README]
    assert missing == []
