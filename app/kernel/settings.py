"""What an installation may set, all of it through the environment (`TWIZA_…`) or a `.env` file."""

import contextlib
import secrets
from pathlib import Path
from typing import Literal

from pydantic import model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """Works as it is on a developer's machine; a production server must set `secret` and `base_url`."""

    model_config = SettingsConfigDict(env_prefix="TWIZA_", env_file=".env", env_ignore_empty=True, extra="ignore")

    environment: Literal["development", "production", "test"] = "development"
    secret: str = ""
    """Signs the session cookies. Empty: made once and kept under `var/` (development only)."""
    base_url: str = "http://127.0.0.1:8000"
    """Where people reach the site: the links in messages begin with it."""
    database_url: str = ""
    """`postgresql://…`. Empty: an embedded PostgreSQL with its data under `var/`."""
    smtp_url: str = ""
    """`smtp://user:password@host:587`. Empty: messages go to the console and to the developers' page."""
    smtp_timeout: float = 30
    """Seconds that the mail server may take for each of its answers."""
    mail_from: str = "Twiza <ne-pas-repondre@twiza.example.org>"
    responsible: str = ""
    """Who answers for personal data, as the page on privacy says: name and address of the association that runs it."""
    declaration: str = ""
    """The number that the CNDP gave to it, if it did."""
    hosting: str = ""
    """Who keeps the server, and in which country."""
    var: Path = ROOT / "var"

    @model_validator(mode="after")
    def production_is_explicit(self) -> "Settings":
        """Refuses to start a production server on values that were meant for a laptop."""
        if self.environment == "production":
            if len(self.secret) < 32:
                raise ValueError("TWIZA_SECRET must be set to at least 32 random characters in production")
            if not self.base_url.startswith("https://"):
                raise ValueError("TWIZA_BASE_URL must begin with https:// in production")
        elif not self.secret:
            self.secret = _kept_secret(self.var)
        return self

    @property
    def secure_cookies(self) -> bool:
        return self.base_url.startswith("https://")


def _kept_secret(var: Path) -> str:
    """One secret for all processes of this machine, so that a restart signs nobody out."""
    path = var / "secret"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        fresh.chmod(0o600)
        with contextlib.suppress(FileExistsError):  # first process wins, whole file or nothing
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text(encoding="utf-8")
