"""The panel beside the text, with mouse and keyboard: names, market figures, money."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Company, DismissedMention, ReferenceRate
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.audit.accessibility import SCHEMES, violations
from tests.browser import desk
from tests.browser.desk import House
from tests.quality import markets

BODY = (
    "<p>Harbor Bank fell 1.2% today, as of 12:50 ET, after Joe Tsai spoke.</p>"
    "<p>Harbor Bank will spend €1.2 billion. Castellan said it would wait.</p>"
)


@pytest.fixture
def harbor(staff: dict[Role, Journalist]) -> Company:
    """List a bank, and two companies of nearly one name."""
    company = markets.listing("Harbor Bank", "NYSE:HBR").company
    factories.company("Castellan Foods", "NASDAQ:CSTF", aliases=["Castellan"])
    factories.company("Castellan Energy", "NYSE:CSTE", aliases=["Castellan"])
    factories.somebody("Joe Tsai")
    return company


@pytest.fixture
def story(staff: dict[Role, Journalist], harbor: Company) -> Article:
    """Begin a story about them."""
    return factories.draft(headline="A bank falls", body=BODY, by=staff[Role.COPY_EDITOR])


def panel_of(page: Page) -> Locator:
    """Return the panel, once the desk has answered."""
    panel = page.get_by_role("region", name="In the copy")
    expect(panel.get_by_role("status")).to_contain_text("look at")
    return panel


def opened(house: House, story: Article, username: str = "colin") -> Page:
    page = house.journalist(username)
    desk.open_story(page, house.url, story)
    desk.editor_of(page)
    return page


def body_of(story: Article) -> str:
    return str(Article.objects.get(pk=story.pk).body)


def test_names_are_confirmed_dismissed_and_chosen(house: House, story: Article, harbor: Company) -> None:
    page = opened(house, story)
    panel = panel_of(page)

    panel.get_by_role("button", name="Confirm Harbor Bank", exact=True).click()
    marked = panel.get_by_role("list", name="Marked in the text")
    expect(marked).to_contain_text("Harbor Bank")
    expect(marked).to_contain_text("Subject")
    expect(page.locator(".ProseMirror [data-company]")).to_have_count(1)
    # The keyboard goes on with what is to be decided next.
    expect(panel.get_by_role("button", name="Confirm Joe Tsai")).to_be_visible()
    panel.get_by_role("button", name="Dismiss Joe Tsai").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="Dismiss Joe Tsai")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")
    to_decide = panel.get_by_role("list", name="To decide")
    expect(to_decide).to_contain_text("“Castellan”: who is it?")
    to_decide.get_by_role("button", name="Castellan Energy").click()
    expect(page.locator(".ProseMirror [data-company]")).to_have_count(2)
    assert desk.save(page).startswith("Saved as revision 2.")

    saved = Article.objects.get(pk=story.pk)
    castellan = Company.objects.get(name="Castellan Energy")
    assert f'<span data-company="{harbor.pk}">Harbor Bank</span> fell' in saved.body
    assert f'<span data-company="{castellan.pk}">Castellan</span> said' in saved.body
    assert [(row.company, row.role) for row in saved.companies.all()] == [(harbor, "subject"), (castellan, "mentioned")]
    # Dismissed stays dismissed, and comes back when it is asked for.
    panel = panel_of(page)
    expect(panel.get_by_role("button", name="Confirm Joe Tsai")).to_have_count(0)
    panel.get_by_text("Dismissed", exact=True).click()
    panel.get_by_role("button", name="Bring back “Joe Tsai”").click()
    expect(panel.get_by_role("button", name="Confirm Joe Tsai")).to_be_visible()
    assert not DismissedMention.objects.exists()
    assert house.complaints == []


def test_somebody_else_is_looked_up_and_a_rule_is_made(house: House, story: Article, harbor: Company) -> None:
    other = factories.company("Harbor Bank of Maine", "NASDAQ:HBM")
    page = opened(house, story)
    panel = panel_of(page)
    item = panel.get_by_role("listitem").filter(has=page.get_by_role("button", name="Confirm Harbor Bank", exact=True))
    item.locator("summary").click()
    search = item.get_by_role("combobox", name="Somebody else")
    search.fill("maine")
    expect(item.get_by_role("option")).to_have_text("Harbor Bank of MaineNASDAQ:HBM")
    search.press("Enter")
    expect(page.locator(f'.ProseMirror [data-company="{other.pk}"]')).to_have_text("Harbor Bank")

    person = panel.get_by_role("listitem").filter(has=page.get_by_role("button", name="Confirm Joe Tsai"))
    person.locator("summary").click()
    person.get_by_role("button", name="“Joe Tsai” is never Joe Tsai").click()
    expect(panel.get_by_role("button", name="Confirm Joe Tsai")).to_have_count(0)
    assert house.complaints == []


def test_what_is_dismissed_in_a_new_story_stays_dismissed(house: House, harbor: Company) -> None:
    page = house.journalist("rita")
    page.goto(f"{house.url}/desk/articles/article/add/")
    desk.editor_of(page).click()
    page.keyboard.type("Harbor Bank fell.")
    panel = panel_of(page)
    panel.get_by_role("button", name="Dismiss Harbor Bank").click()
    expect(panel.get_by_role("status")).to_have_text("Nothing to look at.")
    # A form that comes back with a problem has it still.
    page.get_by_label("Headline", exact=True).fill("New")
    desk.save(page)

    expect(panel_of(page).get_by_role("button", name="Confirm Harbor Bank")).to_have_count(0)
    assert [row.words for row in DismissedMention.objects.all()] == ["Harbor Bank"]
    assert house.complaints == []


def test_figure_is_bound_edited_and_unbound(house: House, story: Article) -> None:
    page = opened(house, story)
    panel = panel_of(page)
    panel.get_by_role("button", name="Bind “fell 1.2% today, as of 12:50 ET”").click()
    dialog = page.get_by_role("dialog", name="Bind a market figure")
    expect(dialog.get_by_role("combobox", name="Listing")).to_have_value("NYSE:HBR, Harbor Bank")
    today = timezone.localdate()
    expect(dialog).to_contain_text(f"The page prints: fell 1.2% as of 12:50 ET on {today.day} {today:%B}")
    dialog.get_by_label("Direction").select_option("Up")
    expect(dialog).to_contain_text("The words say down, the statement says up.")
    dialog.get_by_label("Direction").select_option("Down")
    dialog.get_by_label("Figure").fill("much")
    dialog.get_by_label("Figure").press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text("Write the figure as it is printed: 1.2.")
    dialog.get_by_label("Figure").fill("1.2")
    dialog.get_by_label("Figure").press("Enter")
    expect(page.locator(".ProseMirror data")).to_have_text("fell 1.2% today, as of 12:50 ET")
    expect(panel.get_by_role("list", name="Bound figures")).to_contain_text("NYSE:HBR, Harbor Bank")

    # The same by keyboard, from within the words.
    page.locator(".ProseMirror data").click()
    expect(page.get_by_role("button", name="market figure")).to_contain_class("active")
    page.keyboard.press("Control+Alt+m")
    expect(dialog.get_by_label("Figure")).to_be_focused()
    dialog.get_by_label("As of: time").fill("")
    expect(dialog).to_contain_text("does not say as of when it holds")
    dialog.get_by_role("button", name="Bind", exact=True).click()
    expect(panel.get_by_role("list", name="Bound figures")).to_contain_text("does not say as of when it holds")
    desk.save(page)
    assert 'data-direction="down" data-session="regular">fell 1.2% today' in body_of(story)

    panel_of(page).get_by_role("button", name="Unbind “fell 1.2% today").click()
    expect(page.locator(".ProseMirror data")).to_have_count(0)
    assert house.complaints == []


def test_conversion_is_inserted_behind_the_sum(house: House, story: Article) -> None:
    for currency, rate in (("USD", "1.08"), ("GBP", "0.85")):
        for day in (0, 1):
            date = timezone.localdate() - timedelta(days=day)
            ReferenceRate.objects.create(currency=currency, date=date, rate=Decimal(rate))
    page = opened(house, story)
    panel = panel_of(page)
    panel.get_by_text("Sums without a conversion").click()
    panel.get_by_label("Convert into").select_option("GBP")
    panel.get_by_role("button", name="Insert (£1.0 billion) behind €1.2 billion").click()

    expect(desk.editor_of(page)).to_contain_text("will spend €1.2 billion (£1.0 billion). Castellan")
    expect(panel.get_by_role("list", name="Conversions", exact=True)).to_contain_text("Right")
    desk.save(page)
    assert "€1.2 billion (£1.0 billion). Castellan" in body_of(story)
    assert house.complaints == []


def _copied_behind(page: Page) -> None:
    """Copy the whole text and paste it at its end; the clipboard is another process's, and may be late."""
    pasted = page.locator(".ProseMirror p").count() + 1
    for _ in range(5):
        desk.editor_of(page).press("Control+a")
        page.keyboard.press("Control+c")
        page.wait_for_timeout(300)
        page.keyboard.press("Control+End")
        page.keyboard.press("Control+v")
        page.wait_for_timeout(300)
        if page.locator(".ProseMirror p").count() >= pasted:
            return


def test_marks_hold_while_somebody_writes(house: House, harbor: Company, staff: dict[Role, Journalist]) -> None:
    mark = f'<span data-company="{harbor.pk}">Harbor Bank</span>'
    story = factories.draft(body=f"<p>{mark} fell.</p><p>More.</p>", by=staff[Role.COPY_EDITOR])
    page = opened(house, story)
    panel_of(page)
    name = page.locator(".ProseMirror [data-company]")
    expect(name.locator("[title]")).to_have_attribute("title", "Harbor Bank (NYSE:HBR)")

    # What is typed behind the name is not the name; what is typed in it is.
    desk.overwrite(page, "Harbor Bank", " fell", " plc fell")
    expect(name).to_have_text("Harbor Bank")
    desk.overwrite(page, "Har", "b", "bb")
    expect(name).to_have_text("Harbbor Bank")
    page.wait_for_timeout(700)  # what is typed in one go is undone in one go
    # Other words in its place are not the name. Copied and pasted, it is one again.
    desk.overwrite(page, "", "Harbbor Bank", "It")
    expect(name).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(name).to_have_text("Harbbor Bank")
    _copied_behind(page)
    expect(name).to_have_count(2)
    # A link takes the place of a name.
    name.first.dblclick()
    page.get_by_role("button", name="insert link").click()
    page.get_by_role("dialog").get_by_label("URL").fill("https://example.com/")
    page.get_by_role("dialog").get_by_role("button", name="Update").click()
    expect(page.locator(".ProseMirror p").first.locator("a [data-company], [data-company] a")).to_have_count(0)
    assert house.complaints == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_panel_and_dialog_pass_axe_and_fit_a_phone(house: House, story: Article, scheme: str) -> None:
    page = opened(house, story)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    panel = panel_of(page)
    panel.get_by_role("button", name="Confirm Harbor Bank", exact=True).click()
    expect(panel.get_by_role("list", name="Marked in the text")).to_be_visible()
    panel.locator("summary:visible").first.click()
    assert violations(page) == []

    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= 360")
    panel.get_by_role("button", name="Bind “").first.click()
    dialog = page.get_by_role("dialog", name="Bind a market figure")
    expect(dialog).to_contain_text("The page prints")
    assert violations(page) == []
    assert page.evaluate("document.querySelector('dialog[open]').getBoundingClientRect().right <= 360")


def test_form_without_scripts_has_no_panel(house: House, story: Article) -> None:
    page = house.journalist("colin", scripts=False)
    desk.open_story(page, house.url, story)

    expect(page.locator("#copy-panel")).to_be_hidden()
    expect(page.locator("#statement-dialog")).to_be_hidden()
    page.get_by_label("Headline", exact=True).fill("Without scripts")
    assert desk.save(page).startswith("Saved as revision 2.")
