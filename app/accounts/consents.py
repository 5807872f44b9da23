"""What people agreed to, each use apart, with its date and the words that were on the screen.

A domain asks `holds` before it makes that use, and calls `give` and `withdraw` where its own page asks. Withdrawing
here stops the use from then on; what has to be undone besides is in `personal_data/consenting.py`.
"""

from collections.abc import Collection

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from app.accounts.models import Consent, Purpose, User
from app.kernel.database import now
from app.kernel.i18n import N_

VERSION = "2026-11"
"""Of these words: changed with them."""
WORDS: dict[Purpose, tuple[str, str]] = {
    Purpose.PROPOSED: (
        N_("Être proposé(e) aux communes et aux associations"),
        N_("Les équipes des projets voient une carte sans votre nom : savoir-faire, pays, territoires, langues."),
    ),
    Purpose.SHOWN_BY_NAME: (
        N_("Montrer mon nom sur cette carte"),
        N_("Les équipes vérifiées lisent votre nom avant même que vous leur ayez dit oui."),
    ),
    Purpose.THANKED: (
        N_("Être remercié(e) par mon nom"),
        N_("Votre nom est écrit sur la page publique de ce que vous avez aidé à faire."),
    ),
    Purpose.PHOTOGRAPHED: (
        N_("Apparaître sur des photos"),
        N_("Des photos où l’on vous reconnaît sont montrées sur les pages publiques."),
    ),
    Purpose.NEWS_BY_EMAIL: (
        N_("Recevoir des nouvelles par e-mail"),
        N_("En plus de ce qui vous concerne : ce que font les communes qui comptent pour vous."),
    ),
    Purpose.RELAYED: (
        N_("Être nommé(e) quand je transmets un besoin"),
        N_("La personne à qui vous envoyez un lien lit de qui il vient, et l’équipe du projet peut vous remercier."),
    ),
}
"""What each is called, and what it means."""


def give(session: Session, user: User, purpose: Purpose, place: str) -> None:
    """A yes, on this page. Twice is as good as once."""
    statement = insert(Consent).values(
        user_id=user.id, purpose=purpose, version=VERSION, place=place, given_at=now(), withdrawn_at=None
    )
    session.execute(statement.on_conflict_do_nothing())


def withdraw(session: Session, user: User, purpose: Purpose) -> None:
    session.execute(
        update(Consent)
        .where(col(Consent.user_id) == user.id, col(Consent.purpose) == purpose, col(Consent.withdrawn_at).is_(None))
        .values(withdrawn_at=now())
    )


def holds(session: Session, user: User, purpose: Purpose) -> bool:
    return user.id in holders(session, [user.id], purpose)


def holders(session: Session, user_ids: Collection[int], purpose: Purpose) -> set[int]:
    """Those of these people who agree, in one query."""
    if not user_ids:
        return set()
    return set(
        session.exec(
            select(Consent.user_id).where(
                col(Consent.user_id).in_(user_ids), Consent.purpose == purpose, col(Consent.withdrawn_at).is_(None)
            )
        )
    )
