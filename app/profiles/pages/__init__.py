from app.profiles.pages.chips import router as chips_router
from app.profiles.pages.group import router as group_router
from app.profiles.pages.pause import router as pause_router
from app.profiles.pages.profile import router as profile_router

ROUTERS = (group_router, chips_router, pause_router, profile_router)
