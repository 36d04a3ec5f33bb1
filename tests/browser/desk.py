"""What people do at the desk with mouse and keyboard, in the words of the desk's own labels and buttons."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from articles.models import Article
from newsroom.models import Journalist

PASSWORD = "secret"
WIDE = {"width": 1280, "height": 1000}


@dataclass
class House:
    """The newsroom's address, a browser for everybody who comes, and what these browsers complained of."""

    url: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    def reader(self, *, scripts: bool = True) -> Page:
        """Return a window of somebody whom nobody knows."""
        # The machine's own zone must not matter, so it is one that no newsroom of the tests is in.
        context = self.browser.new_context(
            viewport=WIDE,  # type: ignore[arg-type]
            timezone_id="Asia/Tokyo",
            java_script_enabled=scripts,
        )
        page = context.new_page()
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._note_failure)
        return page

    def journalist(self, username: str, *, scripts: bool = True) -> Page:
        """Return a window of somebody who has logged in at the desk."""
        visitor = Client()
        visitor.force_login(Journalist.objects.get(username=username))
        page = self.reader(scripts=scripts)
        session = visitor.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.url}])
        return page

    def log_in(self, username: str) -> Page:
        """Return a window of somebody who has just come in by the front door."""
        page = self.reader()
        page.goto(f"{self.url}/desk/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", name="The desk", level=1)).to_be_visible()
        return page

    def _note_message(self, message: ConsoleMessage) -> None:
        # An address that answers 404 or 410 is noted by its answer below, where it is known whether it was a page.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _note_failure(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type != "document"):
            self.complaints.append(f"{response.status} {response.url}")


def editor_of(page: Page) -> Locator:
    """Return the place where the body is written, once it is ready for writing."""
    editor = page.locator(".field-body [contenteditable=true]")
    editor.wait_for()
    return editor


def write_paragraph(page: Page, *runs: str) -> None:
    """Type a paragraph at the cursor, in turns plain and bold, and begin the next one."""
    for number, run in enumerate(runs):
        if number % 2:
            page.keyboard.press("Control+b")
        page.keyboard.type(run)
        if number % 2:
            page.keyboard.press("Control+b")
    page.keyboard.press("Enter")


def link_last(page: Page, characters: int, address: str) -> None:
    """Make a link of the last characters before the cursor."""
    for _ in range(characters):
        page.keyboard.press("Shift+ArrowLeft")
    page.get_by_role("button", name="insert link").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("URL").fill(address)
    dialog.get_by_role("button", name="Update").click()
    page.keyboard.press("ArrowRight")


def overwrite(page: Page, before: str, old: str, new: str) -> None:
    """Put other words in the place of some in the body; `before` is all that stands before them, with line ends."""
    editor_of(page).click()
    # The editor looks at where a click has put the cursor a moment later, perhaps when the first keys are pressed.
    for attempt in range(20):
        page.wait_for_timeout(attempt * 20)
        page.keyboard.press("Control+Home")
        for _ in before:
            page.keyboard.press("ArrowRight")
        for _ in old:
            page.keyboard.press("Shift+ArrowRight")
        if page.evaluate("getSelection().toString()") == old:
            break
    assert page.evaluate("getSelection().toString()") == old
    page.keyboard.type(new)


def add_row(page: Page, group: str, typed: str, name: str) -> None:
    """Add an author, a company or a story to its list, by typing a part of the name and taking what is found."""
    rows = page.get_by_role("group", name=group)
    rows.get_by_role("button", name=re.compile("^Add an? ")).click()
    page.keyboard.press("Enter")
    await_search(page)
    take(page, typed, name)
    expect(rows.get_by_title(re.compile(rf"^{re.escape(name)}(?!\w)"))).to_be_visible()


def await_search(page: Page) -> None:
    """Wait until the autocomplete that has just been opened listens."""
    expect(page.locator(".select2-container--open .select2-search__field")).to_be_focused()


def take(page: Page, typed: str, name: str) -> None:
    """Type into the autocomplete that has the focus, and take what is found."""
    page.keyboard.type(typed)
    # Behind the name stands what tells its bearer from others of the name.
    page.get_by_role("option", name=re.compile(rf"^{re.escape(name)}(?!\w)")).first.click()


def offered(page: Page, typed: str) -> list[str]:
    """Return what the open autocomplete offers for what is typed."""
    page.keyboard.type(typed)
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.filter(has_text="Searching")).to_have_count(0)
    return options.all_inner_texts()


def save(page: Page) -> str:
    """Press the button and return what the desk says."""
    page.get_by_role("button", name=re.compile("^Save( draft)?$")).click()
    return said(page)


def said(page: Page) -> str:
    """Return the desk's answer above the page."""
    messages = page.locator(".messagelist li")
    messages.first.wait_for()
    return " ".join(messages.all_inner_texts())


def problems(page: Page) -> list[str]:
    """Return what the desk asks to be mended, at the top of the page and beside the fields."""
    page.locator(".problems, .problem").first.wait_for()
    return page.locator(".problems li, .problem li").all_inner_texts()


def buttons(page: Page) -> list[str]:
    """Return the verbs offered, in order."""
    return page.get_by_role("region", name="What next").get_by_role("link").all_inner_texts()


def ask(page: Page, verb: str) -> Locator:
    """Press a verb's button and return the form that asks for confirmation."""
    page.get_by_role("region", name="What next").get_by_role("link", name=verb, exact=True).click()
    form = page.locator("form.question-card")
    form.wait_for()
    return form


def use(page: Page, verb: str, **answers: str) -> str:
    """Use a verb, answering its page by the labels of its fields, and return what the desk says."""
    form = ask(page, verb)
    for label, answer in answers.items():
        form.get_by_label(re.compile(label.replace("_", " "), re.IGNORECASE)).fill(answer)
    form.get_by_role("button", name=verb, exact=True).click()
    return said(page)


def choose_instant(form: Locator, group: str, at: datetime) -> None:
    """Choose a date and a time of day, which are those of the newsroom."""
    instant = form.get_by_role("group", name=group)
    instant.get_by_label("Date").fill(f"{at:%Y-%m-%d}")
    instant.get_by_label("Time", exact=True).fill(f"{at:%H:%M}")


def find_story(page: Page, url: str, headline: str) -> None:
    """Find a story as somebody does who has just come to the desk: on its first page."""
    page.goto(f"{url}/desk/")
    page.get_by_role("link", name=headline, exact=True).first.click()
    page.get_by_role("region", name="Where the story stands").wait_for()


def open_story(page: Page, url: str, story: Article) -> None:
    """Open a story by its address at the desk."""
    page.goto(f"{url}/desk/articles/article/{story.pk}/change/", wait_until="domcontentloaded")
    page.get_by_role("region", name="Where the story stands").wait_for()


def state(page: Page) -> str:
    """Return the state of the working copy and what readers have, as the story's page prints them."""
    return " ".join(page.get_by_role("region", name="Where the story stands").locator(".badge").all_inner_texts())
