"""What every error must look like."""

import httpx

KINDS = {"invalid_request_error", "authentication_error", "rate_limit_error", "server_error"}


def assert_error(response: httpx.Response, status: int, code: str, param: str | None = None) -> str:
    """The error has the one shape, this status, code and param, and a request id. Returns its message."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-request-id"]
    assert response.headers["x-content-type-options"] == "nosniff"
    error = response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert (error["code"], error["param"]) == (code, param)
    assert error["type"] in KINDS
    assert error["message"]
    return str(error["message"])
