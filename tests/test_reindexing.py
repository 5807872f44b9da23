from sqlmodel import Session, text

from app.matching.actions import store
from app.matching.queries import stale
from app.profiles import chips
from app.profiles.models import Profile
from app.reindexing import store_again
from tests.factories import Factory


def test_what_another_table_made_is_made_again_and_what_is_gone_is_forgotten(session: Session, make: Factory) -> None:
    profile = make(Profile)
    chips.remember(session, profile)
    store(session, chips.KIND, profile.id + 1000, ["nobody any more"], "fr")
    session.execute(text("UPDATE match_document SET made_with = 'older'"))
    assert stale(session, chips.KIND) == [profile.id, profile.id + 1000]
    assert store_again(session) == 2
    assert stale(session, chips.KIND) == []
    assert store_again(session) == 0
