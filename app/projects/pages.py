from fastapi import APIRouter

from app.kernel.errors import NotFound

router = APIRouter()


@router.get("/projects", name="projects")
def projects() -> None:
    raise NotFound


@router.get("/projects/new", name="new_project")
def new_project() -> None:
    raise NotFound
