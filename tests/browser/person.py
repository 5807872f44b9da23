"""Somebody with a phone in their hand: what they press and read, in their language."""

from playwright.sync_api import ConsoleMessage, Page, expect

from app.kernel.i18n import gettext as _

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
PASSWORD = "trois mots ensemble"


class Person:
    def __init__(self, name: str, page: Page, locale: str) -> None:
        self.name = name
        self.page = page
        self.locale = locale
        self.broken: list[str] = []
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.on("console", self._note)
        page.on("response", lambda answer: self.broken.append(answer.url) if answer.status >= 400 else None)

    def _note(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.text.startswith("Failed to load resource"):  # noted with its address
            self.broken.append(said.text)

    def go(self, path: str) -> None:
        self.page.goto(f"/{self.locale}{path}")

    def write(self, **fields: str) -> None:
        """Fill fields by name; what is on the page when the scripts have arrived is what counts."""
        self.page.wait_for_load_state("networkidle")
        for name, text in fields.items():
            self.page.fill(f"#f-{name}", text)

    def tick(self, name: str, value: str) -> None:
        self.page.check(f"main [name={name}][value='{value}']")

    def press(self, sentence: str, **values: object) -> None:
        """Press the button, or follow the link, that says this (a French sentence; it is pressed in their language)."""
        said = _(sentence) % values if values else _(sentence)
        target = self.page.locator("main").get_by_role("button", name=said, exact=True)
        if not target.count():
            target = self.page.locator("main").get_by_role("link", name=said, exact=True)
        target.first.click()
        self.page.wait_for_load_state("networkidle")

    def reads(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def does_not_read(self, text: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text)

    def signs_up(self, phone: str) -> None:
        """Fill the form of the page at hand."""
        self.write(name=self.name, contact=phone, password=PASSWORD)
        self.page.check("#f-charter")
        self.press("Ouvrir mon compte")

    def signs_in(self, contact: str) -> None:
        self.go("/account/sign-in")
        self.write(contact=contact, password=PASSWORD)
        self.press("Me connecter")

    def fits_the_screen(self) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} pixels too wide"
