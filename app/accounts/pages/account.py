from fastapi import APIRouter

from app.kernel.errors import NotFound

router = APIRouter(prefix="/account")


@router.get("", name="account")
def account() -> None:
    raise NotFound
