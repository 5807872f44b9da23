"""The `twiza` command: every verb explains itself, and the doctor sees what is wrong."""

import pytest
from sqlmodel import Session
from typer.main import get_command
from typer.testing import CliRunner

from app.cli import cli
from app.doctor import examine
from app.kernel.settings import Settings

VERBS = {"serve", "worker", "migrate", "reference", "demo", "create-admin", "match", "matches", "catalogues", "doctor"}


def test_the_verbs_of_an_installation_are_there():
    assert set(get_command(cli).commands) >= VERBS
    assert set(get_command(cli).commands["catalogues"].commands) == {"extract", "update", "compile"}


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_each_verb_says_what_it_is_for(verb):
    shown = CliRunner().invoke(cli, [verb, "--help"])
    assert shown.exit_code == 0
    assert len(shown.output.split()) > 10


def test_the_doctor_says_what_lacks_and_how_to_mend_it(engine, tmp_path):
    settings = Settings(var=tmp_path, base_url="http://127.0.0.1:9", smtp_url="smtp://127.0.0.1:9")
    found = {finding.about: finding for finding in examine(settings, engine)}
    assert found["tables"].mend == "" and found["database"].mend == ""
    assert "1503 communes" in found["reference data"].found
    assert "create-admin" in found["administrators"].mend
    assert "TWIZA_SMTP_URL" in found["mail"].mend
    assert "twiza serve" in found["site"].mend


def test_the_doctor_stops_at_a_database_that_does_not_answer(tmp_path):
    from app.kernel.database import create_database_engine

    gone = create_database_engine(f"postgresql://nobody@/nothing?host={tmp_path}")
    last = list(examine(Settings(var=tmp_path), gone))[-1]
    assert last.about == "database" and last.mend
    gone.dispose()


def test_an_administrator_is_made_and_a_weak_password_is_refused(engine):
    from app.accounts.models import Role
    from app.accounts.rights import make_administrator
    from app.kernel.errors import Invalid

    with Session(engine) as session:
        made = make_administrator(session, "Admin", "admin@example.org", "une phrase longue", "fr")
        assert made.role is Role.ADMINISTRATOR and made.email_confirmed_at
        with pytest.raises(Invalid):
            make_administrator(session, "Admin", "admin@example.org", "court", "fr")
        session.rollback()
