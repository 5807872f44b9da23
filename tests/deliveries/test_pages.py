"""Objects on their pages: promised, sent, received with a photograph, in both languages and on both sides."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.contributions import actions
from app.contributions.models import State
from app.deliveries.models import Delivery, DeliveryState
from app.files.models import StoredFile
from app.kernel.database import at, now
from app.kernel.days import today
from app.profiles.models import Profile
from app.projects.models import NeedState
from tests.files.samples import jpeg, pdf
from tests.files.test_pictures import bomb


def url(gift, locale="fr"):
    return f"/{locale}/deliveries/{gift.id}"


@pytest.fixture
def on_the_way(session, browser, library, gift) -> Delivery:
    page = browser.login(library.giver).get(url(gift))
    browser.submit(page, "/send", quantity="10", carrier="Mon cousin Hassan", note="Trois cartons")
    return session.exec(select(Delivery)).one()


def photo(content=None, name="livres.jpg"):
    return [("photo", (name, jpeg(exif=True) if content is None else content))]


class TestTheWholeWay:
    def test_books_are_promised_sent_and_received_and_each_page_says_where_they_are(
        self, browser, session, library, gift, locale
    ):
        page = browser.login(library.giver).get(url(gift, locale))
        day = (today() + timedelta(days=5)).isoformat()
        page = browser.submit(page, "/send", quantity="١٠", carrier="Mon cousin", expected_on=day)
        parcel = session.exec(select(Delivery)).one()
        assert (parcel.quantity, parcel.carrier, parcel.state) == (10, "Mon cousin", DeliveryState.ON_THE_WAY)
        page = browser.login(library.agent).get(url(gift, locale))
        page = browser.submit(
            page,
            f"/parcels/{parcel.id}/receive",
            quantity="9",
            photo_text="Neuf livres sur une table",
            word="Merci, il en manque un.",
            files=photo(),
        )
        shown = page.select_one("img.photo")
        assert shown["alt"] == "Neuf livres sur une table"
        assert browser.client.get(shown["src"]).headers["content-type"] == "image/webp"
        page = browser.login(library.giver).get(url(gift, locale))
        assert "Merci, il en manque un." in page.words
        assert (library.need.promised, library.need.on_the_way, library.need.received) == (25, 0, 9)
        project = browser.get(f"/{locale}/projects/{library.project.id}")
        words = project.select_one(f"#need-{library.need.id} .progress").get_text(" ", strip=True)
        assert "25" in words and "40" in words and "9" in words

    def test_the_team_sees_all_givers_of_a_need_the_late_ones_first(self, browser, session, library, gift):
        actions.accept(session, library.agent, library.offers[1], one_more=True)
        page = browser.login(library.agent).get(f"/fr/deliveries/needs/{library.need.id}")
        assert [one.get_text(strip=True) for one in page.select(".card-title")] == ["Claire Donatrice", "Omar Donateur"]
        with at(now() + timedelta(days=100)):
            browser.login(library.agent)
            assert "En retard" in browser.get(f"/fr/deliveries/needs/{library.need.id}").words

    def test_a_need_without_givers_says_what_to_do(self, browser, library):
        page = browser.login(library.agent).get(f"/fr/deliveries/needs/{library.need.id}")
        assert "Personne n’a encore promis d’objet." in page.words


class TestOffering:
    def test_an_offer_of_objects_says_how_many(self, browser, session, make, library, gift, locale):
        person = make(User)
        make(Profile, owner_id=person.id)
        page = browser.login(person).get(f"/{locale}/contributions/offer/{library.need.id}")
        assert "15" in page.select_one("#f-pledged-hint").text
        page = browser.submit(page, "/offer/", 422, message="J’en ai.")
        assert page.error_of("pledged")
        assert page.select_one("#f-message").text.strip() == "J’en ai."
        for wrong in ("0", "-3", "beaucoup", "99999999999", "1.5"):
            assert browser.submit(page, "/offer/", 422, message="J’en ai.", pledged=wrong).error_of("pledged")
        browser.submit(page, "/offer/", message="J’en ai.", pledged="12")

    def test_the_team_reads_what_is_missing_and_takes_less_than_is_offered(self, browser, library, gift, locale):
        address = f"/{locale}/contributions/{library.offers[1].id}"
        page = browser.login(library.agent).get(address)
        assert page.form("/accept")["pledged"] == "15"
        page = browser.submit(page, "/accept", 422, pledged="20")
        assert "15" in page.error_of("accept-pledged")
        assert page.form("/accept")["pledged"] == "20"
        browser.submit(page, "/accept", pledged="15")
        assert library.need.state is NeedState.FILLED
        assert library.offers[1].pledged == 15

    def test_or_more_than_is_missing_by_a_tick(self, browser, library, gift):
        page = browser.login(library.agent).get(f"/fr/contributions/{library.offers[1].id}")
        browser.submit(page, "/accept", pledged="20", one_more="yes")
        assert (library.offers[1].state, library.need.promised) == (State.ACCEPTED, 45)


class TestWhoSees:
    def test_the_two_sides_and_their_moderators(self, browser, library, gift, on_the_way):
        for person in (library.giver, library.agent, library.moderator):
            assert "Mon cousin Hassan" in browser.login(person).get(url(gift)).words

    def test_nobody_else_neither_the_other_giver(self, browser, make, library, gift, on_the_way):
        for stranger in (library.other, make(User), make.moderator("01")):
            browser.login(stranger).get(url(gift), status=404)
            browser.post(f"/fr/deliveries/parcels/{on_the_way.id}/receive", 404, quantity="1")

    def test_a_moderator_may_only_say_that_it_does_not_come(self, browser, library, gift, on_the_way):
        page = browser.login(library.moderator).get(url(gift))
        ways = [str(form["action"]) for form in page.select("main form") if "/deliveries/" in str(form["action"])]
        assert ways and all(way.endswith("/cancel") for way in ways)

    def test_what_is_no_gift_is_absent(self, browser, library):
        browser.login(library.giver).get(url(library.offers[0]), status=404)

    def test_the_photograph_is_for_the_same_people(self, browser, make, library, gift, on_the_way):
        page = browser.login(library.agent).get(url(gift))
        browser.submit(page, f"/parcels/{on_the_way.id}/receive", files=photo(), photo_text="Des livres")
        address = f"/fr/deliveries/parcels/{on_the_way.id}/photo"
        assert browser.login(library.giver).client.get(address).status_code == 200
        browser.login(make(User)).get(address, status=404)


class TestBadInput:
    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"quantity": "26"}, "quantity"),
            ({"quantity": "0"}, "quantity"),
            ({"quantity": "99999999999999"}, "quantity"),
            ({"quantity": "dix"}, "quantity"),
            ({"expected_on": "2020-01-01"}, "expected_on"),
            ({"expected_on": "0001-01-01"}, "expected_on"),
            ({"expected_on": "2026-02-31"}, "expected_on"),
            ({"carrier": "x" * 300}, "carrier"),
            ({"note": "x" * 2000}, "note"),
        ],
    )
    def test_what_cannot_be_sent_comes_back_with_everything_typed(self, browser, session, library, gift, fields, field):
        page = browser.login(library.giver).get(url(gift))
        page = browser.submit(page, "/send", 422, **{"carrier": "Mon cousin", **fields})
        assert page.error_of(f"send-{field}")
        assert page.select_one(f"#f-send-{field}").get("value", "…") in (*fields.values(), "…")
        assert session.exec(select(Delivery)).all() == []

    @pytest.mark.parametrize(
        ("fields", "content", "field"),
        [
            ({"received_on": "2099-01-01"}, b"", "received_on"),
            ({"received_on": ""}, b"", "received_on"),
            ({"photo_text": ""}, None, "photo_text"),
            ({"photo_text": "Une photo"}, bomb(), "photo"),
            ({"photo_text": "Une photo"}, pdf(), "photo"),
            ({"photo_text": "Une photo"}, b"0" * 11_000_000, "photo"),
        ],
    )
    def test_what_cannot_be_received_either(self, browser, session, library, gift, on_the_way, fields, content, field):
        page = browser.login(library.agent).get(url(gift))
        files = photo(content) if content != b"" else [("photo", ("", b""))]
        page = browser.submit(
            page, f"/parcels/{on_the_way.id}/receive", 422, **{"word": "Merci à vous", **fields}, files=files
        )
        assert page.error_of(f"receive-{on_the_way.id}-{field}")
        assert page.select_one(f"#f-receive-{on_the_way.id}-word").text.strip() == "Merci à vous"
        assert on_the_way.state is DeliveryState.ON_THE_WAY
        assert session.exec(select(StoredFile)).all() == []

    def test_a_reason_is_asked_for(self, browser, library, gift, on_the_way):
        page = browser.login(library.giver).get(url(gift))
        page = browser.submit(page, f"/parcels/{on_the_way.id}/cancel", 422, word="Perdu à la gare.")
        assert page.error_of(f"cancel-{on_the_way.id}-reason")
        assert page.select_one(f"#f-cancel-{on_the_way.id}-word").text.strip() == "Perdu à la gare."

    def test_an_old_page_says_that_things_have_moved(self, browser, library, gift, on_the_way):
        page = browser.login(library.agent).get(url(gift))
        browser.submit(page, f"/parcels/{on_the_way.id}/receive")
        again = page.form(f"/parcels/{on_the_way.id}/receive") | {"once": ""}
        page = browser.post(f"/fr/deliveries/parcels/{on_the_way.id}/receive", 422, **again)
        assert "avancé entre-temps" in page.words

    def test_sent_twice_it_leaves_once(self, browser, session, library, gift):
        page = browser.login(library.giver).get(url(gift))
        for _ in range(2):
            browser.submit(page, "/send", quantity="5")
        assert len(session.exec(select(Delivery)).all()) == 1


class TestChangingOnesMind:
    def test_what_was_said_is_taken_back_from_the_page(self, browser, session, library, gift):
        page = browser.login(library.giver).get(url(gift))
        page = browser.submit(page, "/send", quantity="5")
        browser.submit(page, "/undo/")
        assert session.exec(select(Delivery)).all() == []

    def test_some_of_what_was_promised_is_given_up_with_a_reason(self, browser, library, gift, locale):
        page = browser.login(library.giver).get(url(gift, locale))
        browser.submit(page, f"/{gift.id}/cancel", quantity="5", reason="no_longer", word="Mon frère les garde.")
        assert (gift.pledged, library.need.promised) == (20, 20)

    def test_more_is_promised(self, browser, library, gift):
        page = browser.login(library.giver).get(url(gift))
        page = browser.submit(page, "/promise", 422, pledged="41")
        assert "15" in page.error_of("promise-pledged")
        browser.submit(page, "/promise", pledged="40")
        assert library.need.state is NeedState.FILLED
