from app.projects.pages.list import router as list_router

ROUTERS = (list_router,)
