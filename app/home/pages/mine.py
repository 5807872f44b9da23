from fastapi import APIRouter

from app.kernel.errors import NotFound

router = APIRouter()


@router.get("/me", name="my_page")
def my_page() -> None:
    raise NotFound
