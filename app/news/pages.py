from fastapi import APIRouter

from app.kernel.errors import NotFound

router = APIRouter()


@router.get("/news", name="news")
def news() -> None:
    raise NotFound
