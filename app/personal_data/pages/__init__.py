from app.personal_data.pages.data import router as data_router
from app.personal_data.pages.leave import router as leave_router

ROUTERS = (data_router, leave_router)
