from fastapi import APIRouter

from app.kernel.errors import NotFound

router = APIRouter()


@router.get("/profiles/mine", name="contributor_profile")
def contributor_profile() -> None:
    raise NotFound
