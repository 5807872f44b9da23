from app.relays.pages.known import router as known_router
from app.relays.pages.opened import router as opened_router
from app.relays.pages.people import router as people_router
from app.relays.pages.relays import router as relays_router

ROUTERS = (opened_router, people_router, known_router, relays_router)
