"""A giver leaves: their papers and what they noted go, the books stay."""

from sqlmodel import select

from app.contributions import documents, sides
from app.contributions.models import ContributionDocument
from app.deliveries import actions
from app.deliveries.forms import SendForm
from app.deliveries.models import Delivery, DeliveryState
from app.files.models import StoredFile
from app.files.receiving import Received
from app.kernel.database import now
from app.personal_data.leaving import forget
from tests.files.samples import pdf


def test_papers_and_notes_go_and_what_was_sent_still_counts(session, library, gift):
    documents.attach(session, sides.ties(session, library.giver), gift, [Received("cv.pdf", pdf())])
    part = actions.part_of(session, library.giver, gift, 5)
    actions.send(session, library.giver, part, SendForm(quantity=5, carrier="Mon cousin Hassan", note="Gare de Tiznit"))
    library.giver.closed_at = now()
    forget(session, library.giver)
    session.expire_all()
    assert session.exec(select(ContributionDocument)).all() == []
    assert session.exec(select(StoredFile)).all() == []
    [left] = session.exec(select(Delivery)).all()
    assert (left.carrier, left.note, left.state) == ("", "", DeliveryState.ON_THE_WAY)
    assert (library.need.promised, library.need.on_the_way) == (5, 5)
