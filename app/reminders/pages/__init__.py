from app.reminders.pages.delays import router as delays_router
from app.reminders.pages.left_waiting import router as left_waiting_router
from app.reminders.pages.times import router as times_router

ROUTERS = (delays_router, times_router, left_waiting_router)
