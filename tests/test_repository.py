"""What the repository promises about itself."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
AT_TOP = {
    ".ci", ".gitattributes", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile",
    "README.md", "benchmarks", "bharatvoice", "handlers", "pyproject.toml", "requirements-test.lock",
    "requirements.lock", "scripts", "starter", "tests",
}  # fmt: skip
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|placeholder|for now|in production, use)\b", re.IGNORECASE)
LONGEST_MODULE, LONGEST_FUNCTION = 300, 50


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def test_the_root_holds_only_what_is_listed() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= AT_TOP


def test_no_file_holds_a_conflict_marker() -> None:
    marker = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    texts = [
        path for path in tracked() if path.suffix in {".py", ".yaml", ".md", ".toml", ".js", ".html", ".css", ".sh"}
    ]
    assert [path for path in texts if marker.search(path.read_text(encoding="utf-8"))] == []


def test_nothing_is_left_for_later() -> None:
    product = [p for p in python_files() if p.relative_to(ROOT).parts[0] in {"bharatvoice", "handlers", "starter"}]
    assert [p for p in product if UNFINISHED.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", python_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_and_functions_stay_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_MODULE
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION] == []


def test_lock_files_hold_names_versions_and_hashes_only() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "http" not in text.replace("http-", "").replace("httpx", "").replace("httpcore", "").replace(
            "httptools", ""
        )
        assert "--index" not in text
        assert text.count("==") <= text.count("--hash")


def test_the_readme_names_both_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme
