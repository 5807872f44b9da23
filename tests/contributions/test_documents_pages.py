"""Documents beside an offer: who reads them, who is known to have, and what is refused with a sentence by the field."""

import struct
import zlib
from io import BytesIO

import pikepdf
import pytest
from sqlmodel import select

from app.accounts.models import User
from app.contributions import actions
from app.contributions.models import Contribution, ContributionDocument, DeclineReason
from app.files.models import StoredFile
from app.journal.models import Entry, Subject
from app.profiles.models import GroupMember
from tests.files.samples import jpeg, pdf
from tests.files.test_pictures import acting, bomb


@pytest.fixture
def offer(session, case) -> Contribution:
    return actions.offer(session, case.person, case.need, case.profile, "Je peux aider en août.")


def files(*sent):
    return [("documents", one) for one in sent]


def url(offer, locale="fr"):
    return f"/{locale}/contributions/{offer.id}"


@pytest.fixture
def attached(session, browser, case, offer):
    browser.login(case.person).post(url(offer) + "/documents", files=files(("cv.pdf", pdf())))
    return session.exec(select(ContributionDocument)).one()


def document(found, locale="fr"):
    return f"/{locale}/contributions/documents/{found.id}"


class TestOffering:
    def test_an_offer_goes_with_its_documents(self, browser, session, case):
        page = browser.login(case.person).get(f"/fr/contributions/offer/{case.need.id}")
        sent = files(("cv.pdf", pdf()), ("diplome.jpg", jpeg()))
        page = browser.submit(page, "/offer/", files=sent, message="Je sais trier.")
        assert "cv.pdf" in page.words
        assert "diplome.jpg" in page.words
        assert len(session.exec(select(ContributionDocument)).all()) == 2

    def test_without_any_it_goes_too(self, browser, session, case):
        page = browser.login(case.person).get(f"/fr/contributions/offer/{case.need.id}")
        browser.submit(page, "/offer/", message="Je sais trier.", files=[("documents", ("", b""))])
        assert session.exec(select(Contribution)).one()

    def test_one_that_is_refused_keeps_the_offer_back_and_what_was_typed(self, browser, session, case, locale):
        page = browser.login(case.person).get(f"/{locale}/contributions/offer/{case.need.id}")
        sent = files(("cv.pdf", pdf()), ("virus.pdf", b"MZ"))
        page = browser.submit(page, "/offer/", 422, files=sent, message="Je sais trier.")
        assert page.error_of("documents")
        assert page.select_one("#f-message").text.strip() == "Je sais trier."
        assert session.exec(select(Contribution)).all() == []
        assert session.exec(select(StoredFile)).all() == []
        page = browser.submit(page, "/offer/", message="Je sais trier.", files=files(("cv.pdf", pdf())))
        assert "cv.pdf" in page.words


class TestWhoReads:
    def test_the_person_the_moderators_and_once_approved_the_team(self, browser, session, case, offer, attached):
        readers = [case.person, case.moderator, case.abroad]
        for reader in readers:
            assert browser.login(reader).client.get(document(attached)).content == pdf()
        browser.login(case.agent).get(document(attached), status=404)
        actions.approve(session, case.moderator, offer)
        for reader in (case.agent, case.author):
            assert browser.login(reader).client.get(document(attached)).status_code == 200
            assert "cv.pdf" in browser.get(url(offer)).words

    def test_nobody_else(self, browser, session, make, case, offer, attached):
        actions.approve(session, case.moderator, offer)
        friend = make(User)
        make(GroupMember, profile_id=case.profile.id, user_id=friend.id)
        for stranger in (make(User), make.moderator("01"), friend):
            browser.login(stranger).get(document(attached), status=404)
        page = browser.login(friend).get(url(offer))
        assert "cv.pdf" not in page.words
        browser.logout()
        assert "/account/sign-in" in browser.get(document(attached), status=303).headers["location"]

    def test_once_it_is_over_nobody_keeps_it_but_its_author(self, browser, session, case, offer, attached):
        actions.approve(session, case.moderator, offer)
        actions.decline(session, case.agent, offer, DeclineReason.NOT_NOW)
        for reader in (case.agent, case.moderator):
            browser.login(reader).get(document(attached), status=404)
        assert browser.login(case.person).client.get(document(attached)).status_code == 200
        assert "cv.pdf" in browser.get(url(offer)).words

    def test_each_reading_by_another_is_written_down(self, browser, session, case, attached):
        browser.login(case.person).client.get(document(attached))
        browser.login(case.moderator).client.get(document(attached))
        [entry] = session.exec(select(Entry).where(Entry.verb == "read_document")).all()
        assert (entry.subject_kind, entry.subject_id) == (Subject.PROFILE, case.profile.id)
        assert (entry.actor_id, entry.data["document"]) == (case.moderator.id, attached.id)

    def test_it_is_saved_rather_than_shown_and_does_nothing_by_itself(self, browser, case, attached):
        answer = browser.login(case.person).client.get(document(attached))
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert answer.headers["cache-control"] == "private, no-cache"


class TestRemoving:
    def test_the_person_removes_it_for_everybody(self, browser, session, case, offer, attached):
        address, page = document(attached), browser.login(case.person).get(url(offer))
        page = browser.submit(page, "/remove")
        assert "cv.pdf" not in page.words
        assert session.exec(select(StoredFile)).all() == []
        browser.login(case.moderator).get(address, status=404)

    def test_nobody_else_does(self, browser, session, case, offer, attached):
        actions.approve(session, case.moderator, offer)
        for other in (case.agent, case.moderator):
            browser.login(other).post(document(attached) + "/remove", status=403)
        assert session.exec(select(ContributionDocument)).one()

    def test_whoever_reads_may_not_add_any(self, browser, session, case, offer):
        actions.approve(session, case.moderator, offer)
        browser.login(case.agent).post(url(offer) + "/documents", status=403, files=files(("cv.pdf", pdf())))


def png_of(width: int, height: int) -> bytes:
    """As large as it says, and almost nothing to send: it is decoded before anybody knows."""
    rows = zlib.compress(b"\x00" * (height * (width // 8 + 1)), 9)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


REFUSED = {
    "a program called .pdf": ("cv.pdf", b"MZ\x90\x00 this is a program", "n’est pas un PDF"),
    "a page called .pdf": ("cv.pdf", b"<html><script>alert(1)</script></html>", "n’est pas un PDF"),
    "half a PDF": ("cv.pdf", pdf()[: len(pdf()) // 3], "abîmé"),
    "a PDF with a script": ("cv.pdf", acting("/JavaScript"), "programme"),
    "a PDF that launches": ("cv.pdf", acting("/Launch"), "programme"),
    "a bomb": ("photo.png", bomb(), "trop grande"),
    "a large bomb that is really there": ("photo.png", png_of(20_000, 20_000), "trop grande"),
    "nothing": ("cv.pdf", b"", "vide"),
    "11 MB": ("cv.pdf", b"%PDF-" + b"0" * 11_000_000, "trop lourd"),
    "a text document": ("cv.docx", b"PK\x03\x04" + b"0" * 100, "ne s’ouvre pas"),
    "a drawing that runs": ("cv.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "ne s’ouvre pas"),
    "an archive called .jpg": ("cv.jpg", b"Rar!\x1a\x07\x00", "ne s’ouvre pas"),
}


class TestBadInput:
    @pytest.mark.parametrize(("name", "content", "word"), REFUSED.values(), ids=REFUSED)
    def test_it_is_refused_with_a_sentence_by_the_field(self, browser, session, case, offer, name, content, word):
        page = browser.login(case.person).post(url(offer) + "/documents", 422, files=files((name, content)))
        assert word in page.error_of("documents")
        assert session.exec(select(StoredFile)).all() == []

    @pytest.mark.parametrize("name", ["bomb", "script"])
    def test_the_sentence_is_in_arabic_too(self, browser, case, offer, name):
        content = bomb() if name == "bomb" else acting("/JavaScript")
        page = browser.login(case.person).post(url(offer, "ar") + "/documents", 422, files=files(("cv.pdf", content)))
        assert any("؀" <= letter <= "ۿ" for letter in page.error_of("documents"))

    def test_four_are_too_many_at_once_or_one_after_the_other(self, browser, session, case, offer):
        sent = [(f"{number}.pdf", pdf()) for number in range(4)]
        page = browser.login(case.person).post(url(offer) + "/documents", 422, files=files(*sent))
        assert "Trois documents au plus" in page.error_of("documents")
        browser.post(url(offer) + "/documents", files=files(*sent[:3]))
        browser.post(url(offer) + "/documents", 422, files=files(sent[3]))
        assert len(session.exec(select(ContributionDocument)).all()) == 3

    def test_none_at_all_is_said(self, browser, case, offer):
        page = browser.login(case.person).post(url(offer) + "/documents", 422, files=[("documents", ("", b""))])
        assert page.error_of("documents")

    def test_thirty_megabytes_are_refused_and_nothing_of_them_is_kept(self, browser, session, case, offer):
        heavy = files(("cv.pdf", b"%PDF-" + b"0" * 30_000_000))
        page = browser.login(case.person).post(url(offer) + "/documents", 422, files=heavy)
        assert "trop lourd" in page.error_of("documents")
        assert session.exec(select(StoredFile)).all() == []

    def test_beyond_what_any_form_sends_nothing_is_read(self, browser, case, offer):
        heavy = [("cv.pdf", b"%PDF-" + b"0" * 21_000_000)] * 3
        page = browser.login(case.person).post(url(offer) + "/documents", 413, files=files(*heavy))
        assert "trop" in page.words

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("C:\\Users\\moi\\cv.pdf", "cv.pdf"),
            ("cv\u202efdp.exe.pdf", "cvfdp.exe.pdf"),
            ("سيرتي الذاتية.pdf", "سيرتي الذاتية.pdf"),
            ("<script>alert(1)</script>.pdf", "script>.pdf"),
            ("a" * 300 + ".pdf", "a.pdf"),
        ],
    )
    def test_an_odd_name_is_only_a_name(self, browser, session, case, offer, name, shown):
        page = browser.login(case.person).post(url(offer) + "/documents", files=files((name, pdf())))
        kept = session.exec(select(StoredFile)).one()
        assert kept.name.endswith(shown)
        assert "/" not in kept.name
        assert "\u202e" not in kept.name
        assert len(kept.name) <= 120
        assert not page.select("main script")
        found = session.exec(select(ContributionDocument)).one()
        assert browser.client.get(document(found)).status_code == 200

    def test_a_pdf_with_something_hidden_in_a_page_is_refused(self, browser, case, offer):
        made = pikepdf.new()
        page = made.add_blank_page()
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        page.obj.AA = pikepdf.Dictionary(O=action)
        buffer = BytesIO()
        made.save(buffer)
        page = browser.login(case.person).post(
            url(offer) + "/documents", 422, files=files(("cv.pdf", buffer.getvalue()))
        )
        assert "programme" in page.error_of("documents")
