"""The application: middleware, refusals, and the routers of every domain. Nothing else."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Thread

from anyio import to_thread
from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from starlette.middleware.gzip import GZipMiddleware

import app.models  # noqa: F401  every table, or the mappers miss one another
from app.accounts.pages import ROUTERS as ACCOUNTS
from app.accounts.pages.messages import count_messages
from app.accounts.refusing import HANDLERS
from app.accounts.sessions import identify
from app.assistance.pages import router as assistance_router
from app.contributions.pages import ROUTERS as CONTRIBUTIONS
from app.conversations.pages import ROUTERS as CONVERSATIONS
from app.conversations.pages.mine import count_unread
from app.deliveries.pages import router as deliveries_router
from app.deliveries.under import under_contribution as objects_under_contribution
from app.home.pages import ROUTERS as HOME
from app.invitations.pages import router as invitations_router
from app.kernel import health
from app.kernel.assets import Assets
from app.kernel.database import create_database_engine
from app.kernel.embedded import EmbeddedPostgres
from app.kernel.failing import FaultMiddleware
from app.kernel.i18n import LocaleMiddleware
from app.kernel.logging import RequestLogMiddleware, configure_logging
from app.kernel.security import RateLimits, SecurityMiddleware
from app.kernel.settings import ROOT, Settings
from app.kernel.templating import create_environment
from app.matching import artefacts
from app.matching.queries import analyse, linker, nearest
from app.missions.pages import ROUTERS as MISSIONS
from app.missions.under import under_contribution as missions_under_contribution
from app.moderation.pages import count_waiting
from app.moderation.pages import router as moderation_router
from app.news.pages import router as news_router
from app.notifications.pages import router as notifications_router
from app.organisations.pages import ROUTERS as ORGANISATIONS
from app.personal_data.pages import ROUTERS as PERSONAL_DATA
from app.profiles import chips as profile_chips
from app.profiles.pages import ROUTERS as PROFILES
from app.projects import chips as need_chips
from app.projects import indexing
from app.projects.pages import ROUTERS as PROJECTS
from app.relays.known import chips as known_chips
from app.relays.pages import ROUTERS as RELAYS
from app.reminders.pages import ROUTERS as REMINDERS
from app.sharing.pages import router as sharing_router
from app.territories.pages import router as territories_router
from app.territories.queries import finders

ROUTERS = (
    *HOME,
    *ACCOUNTS,
    *PERSONAL_DATA,
    territories_router,
    *ORGANISATIONS,
    invitations_router,
    *PROJECTS,
    *PROFILES,
    *CONTRIBUTIONS,
    *MISSIONS,
    *RELAYS,
    deliveries_router,
    news_router,
    *CONVERSATIONS,
    assistance_router,
    moderation_router,
    *REMINDERS,
    notifications_router,
    sharing_router,
)


COUNTS = [Depends(identify), Depends(count_waiting), Depends(count_unread), Depends(count_messages)]
"""Who is looking, and the numbers in the header: `count_messages` reads what waits, so it comes after."""


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    application = FastAPI(title="Twiza", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    assets = Assets(ROOT / "frontend")
    application.state.settings = settings
    application.state.limits = RateLimits(enabled=settings.environment != "test")
    application.state.templates = create_environment(assets)
    application.state.contribution_parts = (missions_under_contribution, objects_under_contribution)
    application.state.route_parameters = {
        route.name: set(route.param_convertors)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
    }
    for router in ROUTERS:
        application.include_router(router, dependencies=COUNTS)
    application.include_router(health.router)
    application.router.routes.append(assets.route())
    for error, handler in HANDLERS.items():
        application.add_exception_handler(error, handler)
    # The last added is the outermost. Tests see faults as they are.
    application.add_middleware(FaultMiddleware, shown=settings.environment != "test")
    application.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    application.add_middleware(LocaleMiddleware)
    application.add_middleware(SecurityMiddleware, secure=settings.secure_cookies)
    application.add_middleware(RequestLogMiddleware)
    return application


@asynccontextmanager
async def _lifespan(application: FastAPI) -> AsyncIterator[None]:
    settings: Settings = application.state.settings
    configure_logging(as_json=settings.environment == "production")
    # Fewer threads answer more and sooner: the work between two waits is Python, one processor's at a time.
    threads = max(2, os.cpu_count() or 2)
    to_thread.current_default_thread_limiter().total_tokens = threads
    server = None
    url = settings.database_url
    if not url:
        server = EmbeddedPostgres(settings.var)
        url = server.start()
    application.state.engine = create_database_engine(url, pool_size=threads)
    Thread(target=_warm, args=(application.state.engine,), daemon=True).start()
    yield
    application.state.engine.dispose()
    if server is not None:
        server.stop()


def _warm(engine: Engine) -> None:
    """Read now what the first visitor would wait for: names of concepts and communes, who is nearest (some seconds).

    Raises ArtefactError: an installation that can rank nobody does not start.
    """
    artefacts.check()
    with suppress(SQLAlchemyError), Session(engine) as session:  # a database that is not ready yet: `ready` says so
        linker(session)
        finders(session)
        for kind in (profile_chips.KIND, need_chips.DOCUMENT, indexing.KIND, known_chips.KIND):
            nearest(session, kind, analyse([]), limit=1)
    # All that is there by now stays: walking it again at each full collection would hold a page up a tenth of a second.
    gc.collect()
    gc.freeze()
