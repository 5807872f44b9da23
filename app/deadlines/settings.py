from sqlmodel import Session

from app.deadlines.models import StepDelay
from app.deadlines.queries import delay_of
from app.deadlines.steps import DELAYS, Delay, Step
from app.journal import actions as journal
from app.journal.models import Subject


def change(session: Session, administrator_id: int, step: Step, delay: Delay) -> None:
    """From the next step of that kind on: a day that was told stays. The usual delay leaves no row."""
    before = delay_of(session, step)
    if before == delay:
        return
    row = session.get(StepDelay, step)
    if delay == DELAYS[step]:
        session.delete(row)
    else:
        row = row or StepDelay(step=step, days=delay.days)
        session.add(row.sqlmodel_update({"days": delay.days, **vars(delay.rhythm)}))
    values = {"step": step.value, "days": delay.days, **vars(delay.rhythm)}
    journal.record(session, administrator_id, Subject.USER, administrator_id, "set_delay", **values)
