from app.conversations.pages.mine import router as mine_router
from app.conversations.pages.posts import router as posts_router
from app.conversations.pages.thread import router as thread_router

ROUTERS = (mine_router, posts_router, thread_router)
