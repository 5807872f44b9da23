from datetime import datetime

from sqlalchemy import tuple_
from sqlmodel import Session, col

from app.kernel import pagination
from app.kernel.pagination import Page
from app.projects.models import Project
from app.projects.queries import visible_to, with_place

PAGE = 20


def newest(session: Session, after: str) -> Page[Project]:
    statement = (
        with_place(visible_to(None)).order_by(col(Project.published_at).desc(), col(Project.id).desc()).limit(PAGE + 1)
    )
    match pagination.decode(after):
        case (datetime() as published, int() as number):
            statement = statement.where(tuple_(col(Project.published_at), col(Project.id)) < (published, number))
    return pagination.cut(session.exec(statement).all(), PAGE, lambda project: (project.published_at, project.id))
