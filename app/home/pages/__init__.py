from app.home.pages.front import router as front_router
from app.home.pages.texts import router as texts_router

ROUTERS = (front_router, texts_router)
