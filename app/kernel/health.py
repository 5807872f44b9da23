"""For whoever watches the server: alive, and ready (the database answers and is migrated)."""

from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse

from app.kernel.migrating import is_migrated

router = APIRouter(prefix="/health")


@router.get("/live")
def live() -> JSONResponse:
    return JSONResponse({"alive": True})


@router.get("/ready")
def ready(request: Request) -> JSONResponse:
    try:
        with request.app.state.engine.connect() as connection:
            migrated = is_migrated(connection)
    except SQLAlchemyError:
        return JSONResponse({"ready": False, "because": "the database does not answer"}, 503)
    if not migrated:
        return JSONResponse({"ready": False, "because": "the database is not migrated"}, 503)
    return JSONResponse({"ready": True})
