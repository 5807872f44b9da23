import pytest

from app.accounts.models import User
from app.kernel.errors import TooMany
from app.kernel.security import RateLimits, local_path
from app.kernel.text import prose


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://testserver"}, 303),
        ({}, 303),
    ],
)
def test_a_post_from_another_site_is_refused(browser, make, headers, status):
    browser.login(make(User))
    answer = browser.client.post("/fr/account", data={"name": "N", "locale": "fr"}, headers=headers)
    assert answer.status_code == status


def test_every_answer_carries_our_headers(browser):
    for path in ("/fr/account/sign-in", "/static/twiza.css", "/health/live", "/fr/nowhere"):
        headers = browser.client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-request-id"]


def test_the_session_cookie_is_out_of_reach_of_scripts(browser):
    fields = {"name": "F", "contact": "0612345678", "password": "trois mots ensemble", "charter": "yes"}
    answer = browser.client.post("/fr/account/sign-up", data=fields)
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("twiza_session"))
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\\b", "evil", "", None, "/a\nb", "\t//x"]
)
def test_only_our_own_paths_are_gone_back_to(path):
    assert local_path(path, "/fr/") == "/fr/"


def test_our_own_path_is_kept():
    assert local_path("/fr/projects?q=eau&x=1", "/fr/") == "/fr/projects?q=eau&x=1"


def test_one_account_may_not_try_for_ever_and_its_neighbour_still_may():
    limits = RateLimits()
    for _ in range(3):
        limits.hit("3 per minute", "sign_in", "a@example.org")
    with pytest.raises(TooMany):
        limits.hit("3 per minute", "sign_in", "a@example.org")
    limits.hit("3 per minute", "sign_in", "b@example.org")


def test_what_people_write_cannot_act():
    page = prose(
        "<script>alert(1)</script> **fort** [lien](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n- un\n- deux"
    )
    assert "<script" not in page and "<img" not in page and "<a" not in page
    assert "<strong>fort</strong>" in page and "<li>un</li>" in page
