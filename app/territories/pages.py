from fastapi import APIRouter

from app.kernel.errors import NotFound

router = APIRouter(prefix="/territories")


@router.get("", name="territories")
def territories() -> None:
    raise NotFound


@router.get("/find", name="find_communes")
def find_communes() -> None:
    raise NotFound
