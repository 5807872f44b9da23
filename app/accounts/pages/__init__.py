from app.accounts.pages.access import router as access_router
from app.accounts.pages.account import router as account_router
from app.accounts.pages.messages import router as messages_router
from app.accounts.pages.people import router as people_router

ROUTERS = (access_router, account_router, messages_router, people_router)
