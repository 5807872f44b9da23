from fastapi import APIRouter

from app.kernel.errors import NotFound

router = APIRouter()


@router.get("/desk", name="desk")
def desk() -> None:
    raise NotFound
