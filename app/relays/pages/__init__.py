from app.relays.pages.opened import router as opened_router
from app.relays.pages.relays import router as relays_router

ROUTERS = (opened_router, relays_router)
