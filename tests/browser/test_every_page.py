"""Each page that somebody may see, opened on a narrow phone in both languages: it fits, and nothing is broken."""

import pytest
from playwright.sync_api import Browser

from app.accounts.passwords import hash_password
from tests.browser.person import PASSWORD
from tests.factories import Factory
from tests.test_access import ROLES, World, build, expected, routes

pytestmark = pytest.mark.browser

SHOWN_TO = ("author", "contributor", "agent", "moderator", "administrator", "nobody")
"""Who is asked to open a page: the first of these who may."""
NOT_PAGES = {"find_communes", "find_territories", "find_concepts", "robots", "sitemap", "favicon"}
NOT_PAGES |= {"photo", "delivery_photo", "read_document", "mission_document", "call_booklet", "call_meeting"}
FILES = (".json", ".zip", ".pdf", ".ics", ".jpg", ".png", ".svg")
"""What is saved, or shown by something else."""


def pages(world: World) -> dict[str, list[str]]:
    """Role → the paths that this role opens."""
    table = expected()
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    for name, method, route in routes():
        role = next((one for one in SHOWN_TO if table[name][one] == "page"), None)
        if method == "GET" and role and name not in NOT_PAGES:
            values = {**world.ids[""], **world.ids.get(name, {})}
            path = str(route.url_path_for(name, **{key: values[key] for key in route.param_convertors}))
            if not path.endswith(FILES):
                found[role].append(path)
    return found


def test_every_page_fits_a_narrow_phone(person, committed: Factory, chromium: Browser):
    world = build(committed)
    kept = hash_password(PASSWORD)
    for user in world.people.values():
        if user is not None:
            user.password_hash = kept
            committed.session.add(user)
    committed.session.commit()
    opened = 0
    for role, paths in pages(world).items():
        if not paths:
            continue
        somebody = person(role)
        if user := world.people[role]:
            somebody.signs_in(user.email)
        for path in paths:
            somebody.go(path)
            somebody.fits_the_screen()
            opened += 1
        assert somebody.broken == [], role
    assert opened > 40
