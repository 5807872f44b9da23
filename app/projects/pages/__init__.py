from app.projects.pages.chronogram import router as chronogram_router
from app.projects.pages.coauthors import router as coauthors_router
from app.projects.pages.fiche import router as fiche_router
from app.projects.pages.idea import router as idea_router
from app.projects.pages.list import router as list_router
from app.projects.pages.moderation import router as moderation_router
from app.projects.pages.needs import router as needs_router
from app.projects.pages.photos import router as photos_router
from app.projects.pages.project import router as project_router
from app.projects.pages.suggestions import router as suggestions_router
from app.projects.pages.translations import router as translations_router

ROUTERS = (
    list_router,
    idea_router,
    project_router,
    moderation_router,
    fiche_router,
    chronogram_router,
    coauthors_router,
    needs_router,
    suggestions_router,
    photos_router,
    translations_router,
)
