from fastapi import APIRouter

from app.kernel.errors import NotFound

router = APIRouter()


@router.get("/feedback", name="feedback")
def feedback() -> None:
    raise NotFound


@router.get("/call-me", name="call_me")
def call_me() -> None:
    raise NotFound
