import pytest
from pydantic import ValidationError

from app.kernel.settings import Settings


def test_a_production_server_does_not_start_on_a_laptops_secret(tmp_path):
    with pytest.raises(ValidationError, match="TWIZA_SECRET"):
        Settings(environment="production", secret="short", base_url="https://twiza.example.org", var=tmp_path)
    with pytest.raises(ValidationError, match="TWIZA_BASE_URL"):
        Settings(environment="production", secret="x" * 40, base_url="http://twiza.example.org", var=tmp_path)


def test_a_restart_signs_nobody_out(tmp_path, monkeypatch):
    monkeypatch.delenv("TWIZA_SECRET")
    first = Settings(environment="development", var=tmp_path)
    assert len(first.secret) > 40
    assert Settings(environment="development", var=tmp_path).secret == first.secret


def test_a_variable_that_is_left_empty_counts_as_not_given(monkeypatch):
    monkeypatch.setenv("TWIZA_MAIL_FROM", "")
    assert Settings().mail_from == Settings.model_fields["mail_from"].default
