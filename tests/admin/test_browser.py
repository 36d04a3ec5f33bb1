"""A writer at the desk with a mouse and a keyboard, in a real browser under the site's own policy."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import workflow
from articles.models import Article
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.admin.pages import ADD, change
from tests.browser.desk import await_search

pytestmark = pytest.mark.django_db(transaction=True)

type OpenDesk = Callable[[Journalist], Page]
#: A form that is refused comes back with a status that Chromium mentions; the test looks at the form itself.
EXPECTED = ("the server responded with a status of 409", "the server responded with a status of 400", "status of 403")


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def open_desk(live_server: LiveServer, browser: Browser, complaints: list[str]) -> OpenDesk:
    """Return a function that logs a journalist in with a browser of their own and collects what it complains of."""

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(words in message.text for words in EXPECTED):
            complaints.append(message.text)

    def log_in(journalist: Journalist) -> Page:
        page = browser.new_context(base_url=live_server.url).new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/desk/login/")
        page.get_by_label("Username").fill(journalist.username)
        page.get_by_label("Password").fill("secret")
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/desk/")
        return page

    return log_in


def body(page: Page) -> Locator:
    return page.locator(".field-body .ProseMirror[contenteditable=true]")


def pick(page: Page, box: Locator, words: str) -> None:
    """Choose from an autocomplete with the keyboard."""
    box.click()
    await_search(page)
    page.keyboard.type(words)
    expect(page.locator(".select2-results__option--highlighted").last).to_contain_text(words)
    page.keyboard.press("Enter")


def save(page: Page) -> None:
    page.locator(".card-save").get_by_role("button", name="Save").click()


def test_reporter_writes_a_story_makes_a_mistake_and_mends_it(open_desk: OpenDesk, complaints: list[str]) -> None:
    factories.author("Mei Lindqvist")
    factories.company("Acme")
    factories.company("Zenith")
    factories.topic("Takeovers")
    page = open_desk(factories.person(Role.REPORTER))
    page.get_by_role("link", name="New story").click()
    expect(body(page)).to_be_visible()

    page.get_by_label("Headline", exact=True).fill("Acme buys Zenith")
    body(page).click()
    page.keyboard.type("Acme said it would ")
    page.keyboard.press("Control+b")
    page.keyboard.type("buy Zenith")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    page.keyboard.type("Shares rose.")
    expect(page.locator("[data-word-count]")).to_have_text("8 words")
    assert body(page).get_attribute("spellcheck") != "false"
    page.get_by_role("button", name="Add an author").click()
    pick(page, page.locator("#rows-bylines .row:visible .select2-selection"), "Mei")
    for name in ("Zenith", "Acme"):
        page.get_by_role("button", name="Add a company").click()
        pick(page, page.locator("#rows-companies .row:visible .select2-selection").last, name)
    page.locator("#rows-companies .row:visible").last.get_by_role("button", name="Move up").click()
    topics = page.locator(".field-topics .select2-search__field")
    topics.click()
    page.keyboard.type("Roadrunners,")
    page.locator("summary", has_text="Embargo").click()
    page.locator("[name=embargo_at_0]").fill("2031-12-01")
    expect(page.locator("[data-unsaved-mark]")).to_be_visible()
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_role("alert")).to_contain_text("Give the time of day too")
    expect(body(page)).to_contain_text("Shares rose.")
    page.locator("[name=embargo_at_1]").fill("09:00")
    page.get_by_role("button", name="Save draft").click()

    expect(page.locator(".messagelist")).to_contain_text("The story has begun as a draft")
    article = Article.objects.get()
    assert "<strong>buy Zenith</strong>" in article.body
    assert [item.company.name for item in article.companies.all()] == ["Acme", "Zenith"]
    assert [item.author.name for item in article.bylines.all()] == ["Mei Lindqvist"]
    assert [item.tag.name for item in article.topic_items.all()] == ["Roadrunners"]
    assert article.revisions.count() == 1
    assert complaints == []


@pytest.mark.parametrize(
    ("html", "becomes"),
    [
        (
            (
                '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr"><span '
                'style="font-weight:700">Heading</span></h1><p dir="ltr" style="line-height:1.38"><span '
                'style="font-weight:400;font-style:normal">Plain </span>'
                '<span style="font-weight:700">bold</span><span style="font-style:'
                'italic"> slanted</span></p></b>'
            ),
            "<h2>Heading</h2><p>Plain <strong>bold</strong><em> slanted</em></p>",
        ),
        (
            (
                "<p class=MsoNormal><b>Bold</b> text<o:p></o:p></p><p style='mso-list:l0 level1 lfo1'>"
                "<![if !supportLists]><span style='font-family:Symbol'>"
                "<span style='mso-list:Ignore'>·<span>&nbsp; </span></span></span>"
                "<![endif]>First</p><p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Second</p>"
                "<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>One</p>"
                "<p style='mso-element:comment'>Hidden</p>"
            ),
            (
                "<p><strong>Bold</strong> text</p><ul><li><p>First</p></li><li><p>Second</p></li></ul>"
                "<ol><li><p>One</p></li></ol>"
            ),
        ),
        (
            "<p>A <b>bold</b> <i>word</i> about style=this</p>",
            "<p>A <strong>bold</strong> <em>word</em> about style=this</p>",
        ),
    ],
    ids=["Google Docs", "Word", "plain"],
)
def test_pasted_text_keeps_what_its_writer_saw(
    html: str, becomes: str, open_desk: OpenDesk, complaints: list[str]
) -> None:
    page = open_desk(factories.person(Role.REPORTER))
    page.goto(ADD)
    body(page).click()

    body(page).evaluate(
        """(editor, html) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", html);
          editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        html,
    )

    assert re.sub("<ol [^>]*>", "<ol>", body(page).inner_html()) == becomes
    assert complaints == []


def test_saving_an_opened_story_unchanged_writes_nothing(open_desk: OpenDesk, complaints: list[str]) -> None:
    article = factories.draft(
        standfirst="One line.\nAnother line.",
        body='<h2>A heading</h2><p>Words with <a href="https://a.example/">a link</a>,<br>a break.</p>'
        "<ul><li>One</li><li>Two</li></ul><ol><li>First</li></ol><blockquote><p>Quoted.</p></blockquote>",
    )
    page = open_desk(article.created_by)
    page.goto(change(article))
    expect(body(page)).to_contain_text("Quoted.")

    expect(page.locator("[data-unsaved-mark]")).to_be_hidden()
    save(page)

    expect(page.locator(".messagelist")).to_contain_text("Nothing was changed")
    assert article.revisions.count() == 1
    assert complaints == []


def test_leaving_with_unsaved_words_asks_first(open_desk: OpenDesk, complaints: list[str]) -> None:
    article = factories.draft()
    page = open_desk(article.created_by)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(change(article))
    expect(body(page)).to_be_visible()
    body(page).click()
    page.keyboard.type("New words. ")
    expect(page.locator("[data-unsaved-mark]")).to_be_visible()

    page.get_by_role("link", name="Submit for review").click(no_wait_after=True)
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    assert page.url.endswith(change(article))
    assert complaints == []


def test_who_left_without_saving_finds_their_words_on_coming_back(open_desk: OpenDesk, complaints: list[str]) -> None:
    article = factories.draft(headline="Old", body="<p>The first paragraph.</p><p>The second.</p>")
    page = open_desk(article.created_by)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(change(article))
    expect(page.locator("[data-unsaved-mark]")).to_be_hidden()
    page.get_by_label("Headline", exact=True).fill("New")
    body(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Words of mine.")
    page.goto("/desk/")
    page.go_back()

    expect(page.locator("[data-unsaved-mark]")).to_be_visible()
    expect(body(page)).to_contain_text("The second. Words of mine.")
    save(page)

    expect(page.locator(".messagelist")).to_contain_text("Saved as revision 2")
    article.refresh_from_db()
    assert (article.headline, "Words of mine." in article.body) == ("New", True)
    assert complaints == []


def test_session_that_ends_while_somebody_writes_costs_no_word(open_desk: OpenDesk, complaints: list[str]) -> None:
    article = factories.draft(body="<p>The first paragraph.</p>")
    page = open_desk(article.created_by)
    page.goto(change(article))
    body(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Words of mine.")
    page.context.clear_cookies(name="sessionid")
    save(page)

    expect(page.get_by_role("alert")).to_contain_text("Nothing you typed is lost")
    page.get_by_label("Username").fill(article.created_by.username)
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Send it again").click()

    expect(page.locator(".messagelist")).to_contain_text("Saved as revision 2")
    article.refresh_from_db()
    assert "Words of mine." in article.body
    assert complaints == []


def test_two_editors_write_at_once_and_bring_their_words_together(open_desk: OpenDesk, complaints: list[str]) -> None:
    article = factories.draft(body="<p>The first paragraph.</p><p>The second paragraph.</p>")
    page = open_desk(article.created_by)
    page.goto(change(article))
    expect(body(page)).to_be_visible()
    workflow.save(
        Article.objects.get(pk=article.pk),
        {"body": "<p>The first paragraph.</p><p>The second paragraph, by a colleague.</p>"},
        by=factories.person(Role.COPY_EDITOR),
    )
    body(page).locator("p").first.click()
    page.keyboard.press("End")
    page.keyboard.type(" With my words.")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Somebody else was faster")

    page.get_by_role("button", name="Bring both together").click()
    expect(body(page)).to_contain_text("With my words.")
    expect(body(page)).to_contain_text("by a colleague.")
    save(page)

    expect(page.locator(".messagelist")).to_contain_text("Saved as revision 3")
    assert complaints == []


def test_rows_move_by_keyboard(open_desk: OpenDesk, complaints: list[str]) -> None:
    first, second = factories.author("First"), factories.author("Second")
    article = factories.draft(bylines=[first, second])
    page = open_desk(article.created_by)
    page.goto(change(article))
    expect(body(page)).to_be_visible()

    page.locator("#rows-bylines .row:visible").first.locator(".select2-selection").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.locator("#rows-bylines .row:visible").last.get_by_role("button", name="Remove").focus()
    page.keyboard.press("Enter")
    save(page)

    expect(page.locator(".messagelist")).to_contain_text("Saved as revision 2")
    assert [item.author for item in article.bylines.all()] == [second]
    assert complaints == []


def test_desk_fits_a_phone(open_desk: OpenDesk, complaints: list[str]) -> None:
    article = factories.approved(headline="A headline that is long enough to need several lines on a small screen")
    page = open_desk(factories.person(Role.PUBLISHER))
    page.set_viewport_size({"width": 390, "height": 844})

    for address in ("/desk/", "/desk/articles/article/", ADD, change(article), f"{change(article)}../release/"):
        page.goto(address)
        # The widgets take their width when their scripts have run.
        page.wait_for_function("document.documentElement.scrollWidth <= 390", timeout=10_000)
    assert complaints == []
