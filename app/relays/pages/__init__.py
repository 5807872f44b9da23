from app.relays.pages.calls import router as calls_router
from app.relays.pages.known import router as known_router
from app.relays.pages.making import router as making_router
from app.relays.pages.opened import router as opened_router
from app.relays.pages.people import router as people_router
from app.relays.pages.relays import router as relays_router

ROUTERS = (opened_router, people_router, known_router, calls_router, making_router, relays_router)
