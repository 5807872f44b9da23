"""A browser without a screen, which checks every page that it fetches."""

from collections.abc import Container
from datetime import timedelta
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag
from fastapi import FastAPI
from sqlmodel import Session
from starlette.testclient import TestClient

from app.accounts.models import AccountSession, User
from app.accounts.sessions import COOKIE
from app.kernel import tokens
from app.kernel.database import now


class Page(BeautifulSoup):
    """A parsed page, with its answer."""

    status: int
    url: str
    headers: dict[str, str]

    @property
    def words(self) -> str:
        """All the text that a person sees, on one line."""
        return " ".join(self.get_text(" ").split())

    def error_of(self, field: str) -> str:
        """The sentence by a field, empty when there is none."""
        found = self.select_one(f"#f-{field}-error")
        return " ".join(found.get_text(" ").split()) if found else ""

    def form(self, action_part: str) -> dict[str, Any]:
        """The values that the first form whose action contains `action_part` would send, as it stands."""
        return form_values(self.form_to(action_part))

    def form_to(self, action_part: str) -> Tag:
        """The form with exactly this action, else the first whose action contains it."""
        forms = self.select("form")
        for fits in (str.__eq__, str.__contains__):
            for form in forms:
                if fits(str(form.get("action", "")), action_part):
                    return form
        raise AssertionError(f"no form leads to {action_part}: {[f.get('action') for f in forms]}")


class Browser:
    def __init__(self, app: FastAPI, session: Session) -> None:
        self.app = app
        self.session = session
        self.client = TestClient(app, raise_server_exceptions=True, follow_redirects=False)

    def login(self, user: User) -> "Browser":
        row = AccountSession(user_id=user.id, device="test", expires_at=now() + timedelta(days=1))
        self.session.add(row)
        self.session.flush()
        token = tokens.sign({"sid": str(row.id)}, self.app.state.settings.secret, row.expires_at)
        self.client.cookies.set(COOKIE, token)
        return self

    def logout(self) -> "Browser":
        self.client.cookies.clear()
        return self

    def get(self, url: str, status: int | Container[int] = 200) -> Page:
        """`status`: the one that is expected, or those that are all right."""
        return self._answer("GET", url, status)

    def post(
        self, url: str, status: int | Container[int] = 303, follow: bool = True, files: Any = None, **fields: Any
    ) -> Page:
        """Send a form; after an accepted one (303) the page that follows comes back, unless `follow` is False.

        `files`: pairs of a field and (name, content), as httpx takes them.
        """
        return self._answer("POST", url, status, follow, data=fields, files=files)

    def submit(
        self,
        page: Page,
        action_part: str,
        status: int | Container[int] = 303,
        follow: bool = True,
        files: Any = None,
        **changes: Any,
    ) -> Page:
        """Send the form of a page that leads to `action_part`, with some fields changed."""
        form = page.form_to(action_part)
        return self.post(str(form["action"]), status, follow, files, **{**form_values(form), **changes})

    def _answer(self, method: str, url: str, status: int | Container[int], follow: bool = True, **options: Any) -> Page:
        self.session.flush()
        answer = self.client.request(method, url, **options)
        self.session.expire_all()
        expected = answer.status_code == status if isinstance(status, int) else answer.status_code in status
        assert expected, f"{method} {url}: {answer.status_code}, not {status}\n{answer.text[:2000]}"
        hops = 0
        while follow and answer.is_redirect and method == "POST":
            hops += 1
            assert hops < 6, f"{url} leads in a circle"
            answer = self.client.get(answer.headers["location"])
        page = Page(answer.text, "html.parser")
        page.status, page.url, page.headers = answer.status_code, str(answer.url), dict(answer.headers)
        if answer.headers.get("content-type", "").startswith("text/html") and answer.text:
            check_page(page, answer.text)
        return page


def form_values(form: Tag) -> dict[str, Any]:
    """What a browser would send for a form, before anybody changes anything."""
    values: dict[str, Any] = {}

    def put(name: str, value: str) -> None:
        if name in values:
            values[name] = [*(values[name] if isinstance(values[name], list) else [values[name]]), value]
        else:
            values[name] = value

    for control in form.select("input, textarea, select"):
        name = control.get("name")
        if not name or control.has_attr("disabled"):
            continue
        if control.name == "textarea":
            put(str(name), control.text.removeprefix("\n"))
        elif control.name == "select":
            options = control.select("option[selected]") or control.select("option")[:1]
            for option in options:
                put(str(name), str(option.get("value", option.text)))
        elif control.get("type") in ("checkbox", "radio"):
            if control.has_attr("checked"):
                put(str(name), str(control.get("value", "on")))
        elif control.get("type") not in ("submit", "file"):
            put(str(name), str(control.get("value", "")))
    return values


def check_page(page: Page, source: str) -> None:
    """What holds for every page of ours; a failure names the page and the thing."""
    where = page.url
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(source)
    serious = [e for e in parser.errors if e[1] not in ("expected-doctype-but-got-start-tag",)]
    assert not serious, f"{where}: invalid HTML {serious[:3]}"
    html = page.select_one("html")
    assert html is not None
    path = page.url.split("://", 1)[-1].split("/", 1)[-1]
    if path[:2] in ("fr", "ar"):
        assert html["lang"] == path[:2], f"{where}: lang is {html['lang']}"
    assert html["dir"] == {"fr": "ltr", "ar": "rtl"}[str(html["lang"])], f"{where}: dir does not go with lang"
    headings = page.select("h1")
    assert len(headings) == 1 and headings[0].get_text(strip=True), f"{where}: {len(headings)} h1"
    assert page.title is not None and page.title.get_text(strip=True).removesuffix("· Twiza").strip(), (
        f"{where}: no title"
    )
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    twice = {one for one in ids if ids.count(one) > 1}
    assert not twice, f"{where}: ids used twice {twice}"
    for form in page.select("form"):
        assert form.get("action"), f"{where}: a form without action"
        assert form.get("method", "get") in ("get", "post"), f"{where}: a form with a strange method"
    for control in page.select("input:not([type=hidden]):not([type=submit]), textarea, select"):
        labelled = (
            control.find_parent("label")
            or (control.get("id") and page.select_one(f'label[for="{control["id"]}"]'))
            or control.get("aria-label")
            or control.get("aria-labelledby")
        )
        assert labelled, f"{where}: no label for {control.get('name')}"
        for target in str(control.get("aria-describedby", "")).split():
            assert target in ids, f"{where}: {control.get('name')} is described by {target}, which is not there"
    for image in page.select("img"):
        assert image.has_attr("alt"), f"{where}: a picture without alternative text"
    for link in page.select("a"):
        assert link.get("href"), f"{where}: a link that leads nowhere: {link}"
        named = link.get_text(strip=True) or link.get("aria-label") or link.select('img[alt]:not([alt=""])')
        assert named, f"{where}: a link without words: {link}"
    for button in page.select("button"):
        assert button.get_text(strip=True) or button.get("aria-label"), f"{where}: a button without words"
    assert not page.select("[style], style, script:not([src])"), f"{where}: inline style or script"
    for tag in page.select("*"):
        assert not any(str(name).startswith("on") for name in tag.attrs), f"{where}: an inline handler on {tag.name}"
