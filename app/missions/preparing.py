"""What is to be ready before a mission, what each side asks the other, and the documents that it produced."""

from sqlmodel import Session

from app.accounts.models import User
from app.contributions import sides
from app.files import actions as files
from app.files.receiving import Received
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, NotFound
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.missions import queries, rules
from app.missions.models import Mission, MissionDocument, MissionState, Preparation, Side

STANDARD: dict[str, tuple[Side, str]] = {
    "host": (Side.TEAM, N_("Qui accueille, et où se retrouve-t-on ?")),
    "room": (Side.TEAM, N_("La salle et le matériel sont-ils réservés ?")),
    "audience": (Side.TEAM, N_("Qui participe, et combien de personnes ?")),
    "tried": (Side.TEAM, N_("Qu’a-t-on déjà essayé, et qu’est-ce qui a manqué ?")),
    "programme": (Side.CONTRIBUTOR, N_("Comment la mission se déroule-t-elle, en quelques lignes ?")),
    "wishes": (Side.CONTRIBUTOR, N_("De quoi avez-vous besoin : matériel, langue, accès ?")),
    "reading": (Side.CONTRIBUTOR, N_("Qu’aimeriez-vous lire ou savoir avant ?")),
}
MOST_POINTS = 40
MOST_DOCUMENTS = 20


def question(point: Preparation) -> str:
    """In the reader's language, where every mission asks it."""
    return _(STANDARD[point.standard][1]) if point.standard else point.text


def ask_the_usual(session: Session, mission: Mission) -> None:
    """Once, when a first version was agreed to."""
    if not queries.preparations(session, mission):
        session.add_all(
            Preparation(mission_id=mission.id, standard=key, asked_of=side) for key, (side, _words) in STANDARD.items()
        )
        session.flush()


def ask(session: Session, actor: User, mission: Mission, text: str, asked_of: Side) -> None:
    """A point of one's own, for either side. Raises Forbidden, Invalid (`text`)."""
    _side(session, actor, mission)
    if len(queries.preparations(session, mission)) >= MOST_POINTS:
        raise Invalid(N_("La liste est longue déjà : réglez d’abord quelques points."), "text")
    session.add(Preparation(mission_id=mission.id, text=text, asked_of=asked_of, created_by_id=actor.id))
    session.flush()


def answer(session: Session, actor: User, mission: Mission, point_id: int, words: str) -> None:
    """The side that is asked says it is ready, with or without words; said empty again, it is open again.

    Raises NotFound, Forbidden.
    """
    point = session.get(Preparation, point_id) if 0 < point_id <= queries.MAX_ID else None
    if point is None or point.mission_id != mission.id:
        raise NotFound
    if _side(session, actor, mission) is not point.asked_of:
        raise Forbidden
    reopened = point.done_at is not None and not words
    point.answer = words
    point.done_at, point.done_by_id = (None, None) if reopened else (now(), actor.id)
    session.flush()


def add_document(session: Session, actor: User, mission: Mission, title: str, sent: Received) -> MissionDocument:
    """Raises Forbidden, Invalid (`file`)."""
    _side(session, actor, mission, also=(MissionState.CLOSED,))
    if len(queries.documents(session, mission)) >= MOST_DOCUMENTS:
        raise Invalid(N_("Vingt documents au plus : retirez-en un d’abord."), "file")
    kept = files.keep_document(session, actor.id, sent, "file")
    document = MissionDocument(mission_id=mission.id, file_id=kept.id, title=title, added_by_id=actor.id)
    session.add(document)
    session.flush()
    return document


def remove_document(session: Session, actor: User, mission: Mission, document_id: int) -> None:
    """By the side that added it. Raises NotFound, Forbidden."""
    document = document_of(session, mission, document_id)
    _side(session, actor, mission, also=(MissionState.CLOSED,))
    if document.added_by_id != actor.id:
        raise Forbidden
    file_id = document.file_id
    session.delete(document)
    session.flush()
    files.remove(session, file_id)


def document_of(session: Session, mission: Mission, document_id: int) -> MissionDocument:
    """Raises NotFound."""
    document = session.get(MissionDocument, document_id) if 0 < document_id <= queries.MAX_ID else None
    if document is None or document.mission_id != mission.id:
        raise NotFound
    return document


def _side(session: Session, actor: User, mission: Mission, also: tuple[MissionState, ...] = ()) -> Side:
    """Raises Forbidden."""
    side = rules.side_of(sides.ties(session, actor), mission.contribution)
    if side is None or mission.state not in (*rules.LIVE, *also):
        raise Forbidden
    return side
