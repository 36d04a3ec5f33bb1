"""Work at the desk and at stock admins: `python -m tests.bench.desk_pages ROUNDS`, in the environment of a site.

Prints JSON: the medians of what it cost, how many saves there were at the desk, and how many revisions these made. The
site's stories are changed afterwards.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import SimpleCookie
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from wsgiref.util import setup_testing_defaults

if TYPE_CHECKING:
    from articles.models import Article

#: Where each of them has its rooms.
SITES = {"desk": "/desk/", "stock": "/stock/", "uncounted": "/uncounted/"}
_ROOM = "articles/article/"
_FORM = {"desk": "story-form", "stock": "article_form"}
_STORIES = 20
_SEED = 1
_PAGE_LENGTH, _FURTHER_ON = 50, 10
_ROW = b'name="_selected_action"'
#: The desk finds beginnings of words, and any word in the text of the newest stories; stock finds any letters in a row.
_MAY_DIFFER = ("list, search",)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and the milliseconds of processor time that it took."""

    content: bytes
    cpu: float


class Browser:
    """Somebody who is logged in. Raises `RuntimeError` when an answer is not what it should be."""

    def __init__(self, application: Any, origin: str, session: str) -> None:
        self.application = application
        self.origin = origin
        self.cookies = {"sessionid": session}

    def open(self, address: str) -> Answer:
        """Return a page."""
        return self._ask(address, HTTPStatus.OK)

    def post(self, address: str, data: Mapping[str, Any]) -> Answer:
        """Return the answer to a form that leads on to another page."""
        return self._ask(address, HTTPStatus.FOUND, urlencode(data, doseq=True).encode())

    def _ask(self, address: str, expected: HTTPStatus, body: bytes = b"") -> Answer:
        environ = self._environ(address, body)
        said: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]]) -> None:
            said.update(status=status, headers=headers)

        begin = time.process_time()
        chunks = self.application(environ, start_response)
        content = b"".join(chunks)
        chunks.close()
        cpu = (time.process_time() - begin) * 1000
        if not said["status"].startswith(str(expected.value)):
            raise RuntimeError(f"{address} is answered with {said['status']}.")
        for name, value in said["headers"]:
            # What was said of a save is read nowhere, so it does not pile up.
            if name == "Set-Cookie" and (token := SimpleCookie(value).get("csrftoken")):
                self.cookies["csrftoken"] = token.value
        return Answer(content, cpu)

    def _environ(self, address: str, body: bytes) -> dict[str, Any]:
        parts = urlsplit(address)
        environ = {
            "REQUEST_METHOD": "POST" if body else "GET",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": urlsplit(self.origin).netloc,
            "HTTP_ORIGIN": self.origin,
            "HTTP_X_FORWARDED_PROTO": urlsplit(self.origin).scheme,
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "wsgi.input": BytesIO(body),
        }
        setup_testing_defaults(environ)
        return environ


def work(rounds: int) -> dict[str, Any]:
    """Do so many rounds, after one in which everybody gets to know every page, and return what they cost."""
    from articles.models import Revision

    browser, stories = _browser(), _stories()
    lists = _lists(stories)
    list(_round(browser, 0, lists, stories[0]))
    before = Revision.objects.count()
    spells: dict[str, dict[str, list[float]]] = {}
    for turn in range(1, rounds + 1):
        for page, name, cpu in _round(browser, turn, lists, stories[turn % len(stories)]):
            spells.setdefault(page, {}).setdefault(name, []).append(cpu)
    costs = [
        {"page": page, **{name: statistics.median(cpus) for name, cpus in found.items()}}
        for page, found in spells.items()
    ]
    return {"costs": costs, "saves": rounds, "revisions": Revision.objects.count() - before}


def _round(browser: Browser, turn: int, lists: Mapping[str, str], story: "Article") -> Iterator[tuple[str, str, float]]:
    """Ask everybody for everything once, and yield what was asked for, who was asked, and what it cost."""
    for page, query in lists.items():
        answers = {name: browser.open(f"{SITES[name]}{_ROOM}{query}") for name in _in_turn(list(SITES), turn)}
        rows = {answer.content.count(_ROW) for answer in answers.values()}
        if rows == {0} or (len(rows) > 1 and page not in _MAY_DIFFER):
            raise RuntimeError(f"A {page} has {rows} rows, depending on who is asked.")
        yield from ((page, name, answer.cpu) for name, answer in answers.items())
    for name in _in_turn(list(_FORM), turn):
        address = f"{SITES[name]}{_ROOM}{story.pk}/change/"
        form = browser.open(address)
        data = _changed(form, _FORM[name], turn)
        saved = browser.post(address, data)
        story.refresh_from_db(fields=["headline"])
        if story.headline != data["headline"]:
            raise RuntimeError(f"{address} has not saved the headline.")
        yield "form", name, form.cpu
        yield "save", name, saved.cpu


def _in_turn(names: Sequence[str], turn: int) -> list[str]:
    first = turn % len(names)
    return [*names[first:], *names[:first]]


def _changed(form: Answer, form_id: str, turn: int) -> dict[str, Any]:
    from tests.admin.pages import posted

    data = posted(form, form_id)
    data["headline"] = f"{turn}: {data['headline']}"[:250].strip()
    data["body"] += f"<p>Paragraph {turn} of somebody who measures.</p>"
    return data | {"_save": ""}


def _browser() -> Browser:
    """Log a superuser in, who may do everything everywhere."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.test import Client

    from newsroom.models import Journalist

    application, client = get_wsgi_application(), Client()
    client.force_login(Journalist.objects.create_superuser("bench-desk", password=None))
    return Browser(application, settings.SITE_URL, client.cookies[settings.SESSION_COOKIE_NAME].value)


def _stories() -> list["Article"]:
    from articles.models import Article

    keys = list(Article.objects.filter(confidential=False).order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(_SEED).sample(keys, min(_STORIES, len(keys)))
    return list(Article.objects.filter(pk__in=chosen).select_related("section"))


def _lists(stories: Sequence["Article"]) -> dict[str, str]:
    """Return the addresses of lists: the first page, a page further on, those of a section, those with a word."""
    from articles.models import Article

    pages = max(1, Article.objects.count() // _PAGE_LENGTH)
    story = stories[0]
    return {
        "list, first page": "",
        "list, further on": f"?p={min(_FURTHER_ON, pages)}",
        "list, filter": f"?section__id__exact={story.section_id}",
        "list, search": f"?q={story.headline.split()[0]}",
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(work(int(sys.argv[1]))))  # noqa: T201
