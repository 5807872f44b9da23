from app.projects.pages.idea import router as idea_router
from app.projects.pages.list import router as list_router
from app.projects.pages.moderation import router as moderation_router
from app.projects.pages.project import router as project_router

ROUTERS = (list_router, idea_router, project_router, moderation_router)
