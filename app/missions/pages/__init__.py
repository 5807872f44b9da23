from app.missions.pages.missions import router as missions
from app.missions.pages.papers import router as papers
from app.missions.pages.preparation import router as preparation
from app.missions.pages.telling import router as telling

ROUTERS = (missions, preparation, telling, papers)
