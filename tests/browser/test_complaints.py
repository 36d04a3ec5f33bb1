"""What the other tests rely on: a window that hears every complaint of its browser."""

from tests.browser.desk import House


def test_complaints_of_a_browser_are_heard(house: House) -> None:
    reader = house.reader()
    reader.goto(house.url)

    reader.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">Red</p>')")
    reader.evaluate("setTimeout(() => { throw new Error('a mistake') })")
    with reader.expect_response("**/nothing/"):
        reader.evaluate("fetch('/nothing/')")

    heard = " ".join(house.complaints)
    assert "Content Security Policy" in heard
    assert "a mistake" in heard
    assert f"404 {house.url}/nothing/" in heard
