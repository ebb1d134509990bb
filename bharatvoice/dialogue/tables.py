"""Reading the tables of this package, which are YAML beside the code."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bharatvoice.errors import SettingsRejected


@cache
def read_table(name: str) -> Mapping[str, Any]:
    """The table at `bharatvoice/dialogue/<name>.yaml`. Raises SettingsRejected when it is missing or empty."""
    file = files("bharatvoice.dialogue").joinpath(f"{name}.yaml")
    table = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else None
    if not table or not isinstance(table, dict):
        raise SettingsRejected(f"bharatvoice/dialogue/{name}.yaml is missing or empty")
    return table
