from app.home.pages.front import router as front_router
from app.home.pages.mine import router as mine_router
from app.home.pages.places import router as places_router
from app.home.pages.robots import router as robots_router
from app.home.pages.texts import router as texts_router

ROUTERS = (front_router, mine_router, places_router, robots_router, texts_router)
