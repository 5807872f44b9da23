from app.organisations.pages.join import router as join_router
from app.organisations.pages.organisation import router as organisation_router

ROUTERS = (join_router, organisation_router)
