from app.contributions.pages.answers import router as answers_router
from app.contributions.pages.comparing import router as comparing_router
from app.contributions.pages.documents import router as documents_router
from app.contributions.pages.invitations import router as invitations_router
from app.contributions.pages.judging import router as judging_router
from app.contributions.pages.offers import router as offers_router
from app.contributions.pages.thanks import router as thanks_router

ROUTERS = (
    offers_router,
    invitations_router,
    judging_router,
    comparing_router,
    documents_router,
    thanks_router,
    answers_router,
)
