"""Everything that can be set, read once from the environment (`BHARATVOICE_...`). Nothing else reads it."""

import ipaddress
import os
from importlib.resources import files
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bharatvoice.errors import SettingsRejected

STARTER = "starter"
"""The value of `model` that means the model shipped with the project."""
STARTER_REFUSED = (
    "the starter model knows synthetic voices only and is refused in production: set BHARATVOICE_MODEL to "
    "real weights, or BHARATVOICE_ALLOW_STARTER=true"
)
SHORTEST_KEY = 16


class Settings(BaseSettings):
    """Settings of one process. Raises SettingsRejected through `read` when they do not fit together."""

    model_config = SettingsConfigDict(env_prefix="BHARATVOICE_", frozen=True, extra="ignore")

    profile: Literal["development", "production"] = "development"
    """`production` refuses the starter model unless `allow_starter` is set."""
    host: str = "127.0.0.1"
    """Address to listen on. Any but loopback needs `api_keys`."""
    port: int = Field(8000, ge=0, le=65535)
    """TCP port; 0 takes a free one."""
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    """Comma-separated keys that callers send as `Authorization: Bearer ...`."""

    model: str = STARTER
    """`starter`, a directory, or a Whisper name or Hugging Face id."""
    allow_starter: bool = False
    """Let the production profile run on the starter model."""
    offline: bool = True
    """Load models from local files only; false lets faster-whisper download them."""
    device: str = "auto"
    """Where to infer: auto, cpu or cuda."""
    compute_type: str = "default"
    """CTranslate2 compute type, as in int8 or float16."""
    threads: int = Field(default_factory=lambda: max(1, len(os.sched_getaffinity(0))), ge=1, le=256)
    """Cores that recognition may use, all recordings together."""
    short_windows: bool = True
    """Decode short recordings in short windows, where the model's card says that this was measured."""

    max_upload_bytes: int = Field(25 * 1024 * 1024, ge=1024)
    """Largest recording accepted."""
    max_audio_seconds: float = Field(1800, gt=0)
    """Longest recording accepted, decoded."""
    max_text_characters: int = Field(4096, ge=16)
    """Longest text accepted, to answer or to speak."""
    max_waiting: int = Field(16, ge=1)
    """Recordings that may wait for recognition before callers are told to come back."""
    timezone: str = "Asia/Kolkata"
    """Whose clock and calendar the answers use."""

    @field_validator("api_keys", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [key.strip() for key in value.split(",") if key.strip()] if isinstance(value, str) else value

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (OSError, ValueError, ZoneInfoNotFoundError):
            raise ValueError(f"{value!r} is no time zone; use a name such as Asia/Kolkata") from None
        return value

    @model_validator(mode="after")
    def _are_safe(self) -> "Settings":
        if any(len(key.get_secret_value()) < SHORTEST_KEY for key in self.api_keys):
            raise ValueError(f"BHARATVOICE_API_KEYS: each key needs at least {SHORTEST_KEY} characters")
        if not self.is_loopback and not self.api_keys:
            raise ValueError(
                f"BHARATVOICE_HOST={self.host} is reachable from other machines: set BHARATVOICE_API_KEYS, "
                "or listen on 127.0.0.1"
            )
        if self.model == STARTER and self.refuses_starter:
            raise ValueError(STARTER_REFUSED)
        return self

    @property
    def refuses_starter(self) -> bool:
        """Whether the starter model may not serve here, however it is named."""
        return self.profile == "production" and not self.allow_starter

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def model_location(self) -> str:
        """What to load: the starter's directory, or the setting itself."""
        return str(files("starter").joinpath("model")) if self.model == STARTER else self.model


def read(**overrides: object) -> Settings:
    """Settings from the environment, with overrides. Raises SettingsRejected with one clear line."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        where = "BHARATVOICE_" + str(first["loc"][0]).upper() + ": " if first["loc"] else ""
        raise SettingsRejected(where + first["msg"].removeprefix("Value error, ")) from None
