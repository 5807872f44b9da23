from fastapi import APIRouter

from app.kernel.errors import NotFound

router = APIRouter(prefix="/projects")


@router.get("", name="projects")
def projects() -> None:
    raise NotFound


@router.get("/new", name="new_project")
def new_project() -> None:
    raise NotFound
