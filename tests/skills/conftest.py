from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bharatvoice.skills.answering import Assistant

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Kolkata"))


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    return Assistant.load("Asia/Kolkata")
