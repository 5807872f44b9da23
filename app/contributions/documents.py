"""The documents of an offer: a CV, a diploma. Private to whoever sent them and to those who decide; each reading is
written down, under the profile, so that people may know who read what they sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.contributions import moving, queries, rules
from app.contributions.models import Contribution, ContributionDocument
from app.contributions.rules import Party, Ties
from app.files import actions as files
from app.files.models import StoredFile
from app.files.receiving import Received
from app.journal import actions as journal
from app.journal.models import Subject
from app.kernel.errors import Forbidden, Invalid, NotFound
from app.kernel.i18n import N_

MOST = 3
FIELD = "documents"
READ = "read_document"


@dataclass(frozen=True)
class Shown:
    """As much of a document as a list shows: its content stays where it is."""

    id: int
    name: str
    kilobytes: int


def of_contributions(session: Session, ties: Ties, found: Collection[Contribution]) -> dict[int, list[Shown]]:
    """Of those of these contributions whose documents this person may read, by contribution."""
    readable = {one.id for one in found if rules.reads_documents(ties, one)}
    shown: dict[int, list[Shown]] = {one.id: [] for one in found}
    rows = session.exec(
        select(ContributionDocument.contribution_id, ContributionDocument.id, StoredFile.name, StoredFile.size)
        .join(StoredFile, col(StoredFile.id) == ContributionDocument.file_id)
        .where(col(ContributionDocument.contribution_id).in_(readable))
        .order_by(col(ContributionDocument.id))
    )
    for contribution_id, number, name, size in rows:
        shown[contribution_id].append(Shown(number, name, max(1, round(size / 1000))))
    return shown


def get(session: Session, ties: Ties, document_id: int) -> tuple[ContributionDocument, Contribution]:
    """Raises NotFound, also for a document that this person may not read."""
    found = session.get(ContributionDocument, document_id) if 0 < document_id <= queries.MAX_ID else None
    if found is None:
        raise NotFound
    contribution = queries.get(session, ties, found.contribution_id)
    if not rules.reads_documents(ties, contribution):
        raise NotFound
    return found, contribution


def attach(session: Session, ties: Ties, contribution: Contribution, sent: Sequence[Received]) -> None:
    """Raises Forbidden, and Invalid (`documents`) for too many of them or one that is none."""
    moving.lock(session, contribution)
    if not rules.adds_documents(ties, contribution):
        raise Forbidden
    there = session.exec(
        select(ContributionDocument.id).where(ContributionDocument.contribution_id == contribution.id)
    ).all()
    if not sent:
        raise Invalid(N_("Choisissez un fichier."), FIELD)
    if len(there) + len(sent) > MOST:
        raise Invalid(N_("Trois documents au plus : choisissez les plus utiles."), FIELD)
    for one in sent:
        kept = files.keep_document(session, ties.user.id, one, FIELD)
        session.add(ContributionDocument(contribution_id=contribution.id, file_id=kept.id))
    session.flush()


def remove(session: Session, ties: Ties, document: ContributionDocument, contribution: Contribution) -> None:
    """By whoever sent it, at any time, for good. Raises Forbidden."""
    if Party.CONTRIBUTOR not in rules.parties(ties, contribution):
        raise Forbidden
    session.delete(document)
    session.flush()
    files.remove(session, document.file_id)


def note_reading(session: Session, ties: Ties, document: ContributionDocument, contribution: Contribution) -> None:
    """Somebody else than the person who sent it opens it."""
    if Party.CONTRIBUTOR in rules.parties(ties, contribution):
        return
    journal.record(
        session,
        ties.user.id,
        Subject.PROFILE,
        contribution.profile_id,
        READ,
        contribution=contribution.id,
        document=document.id,
    )
