"""The web page is served as it lies in its folder."""

from pathlib import Path

import httpx
import pytest

from handlers.page import CONTENT_TYPES, DIRECTORY, found_files
from tests.handlers.shape import assert_error

FILES = sorted(found_files())


def test_the_first_page_is_html_with_a_policy(client: httpx.Client) -> None:
    response = client.get("/")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.content == (DIRECTORY / "index.html").read_bytes()
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", FILES)
def test_every_file_has_its_content_and_type(client: httpx.Client, name: str) -> None:
    response = client.get(f"/page/{name}")
    assert response.content == (DIRECTORY / name).read_bytes()
    assert response.headers["content-type"] == CONTENT_TYPES[Path(name).suffix]


def test_an_unchanged_file_is_not_sent_again(client: httpx.Client) -> None:
    etag = client.get("/").headers["etag"]
    again = client.get("/", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/", headers={"if-none-match": '"old"'}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/page/absent.js", "/page/%2e%2e%2fpage.py", "/page/..%2fapp.py", "/page/", "/page.py"]
)
def test_nothing_else_is_served(client: httpx.Client, path: str) -> None:
    assert_error(client.get(path), 404, "not_found")


def test_files_of_unknown_types_are_left_out(tmp_path: Path) -> None:
    for name in ("a.html", "b.py", "c"):
        (tmp_path / name).write_text("x")
    assert list(found_files(tmp_path)) == ["a.html"]
