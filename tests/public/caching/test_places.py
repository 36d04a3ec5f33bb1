"""Which addresses are for readers, and what tells two requests apart."""

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from articles.public.caching import places
from articles.public.instant import Public, declared

PLAIN = Public((), kept=True)
PAGED = Public(("before",), kept=True)
PRICED = Public(("before", "stories", "chart"), kept=True, prices=True)


def request(path: str, **environment: Any) -> HttpRequest:
    return RequestFactory().get(path, **environment)


@pytest.mark.parametrize(
    ("path", "view"),
    [
        ("/", PLAIN),
        ("/latest/", PAGED),
        ("/latest", PAGED),
        ("/markets/", PAGED),
        ("/topics/acme/", PAGED),
        ("/companies/acme/", PRICED),
        ("/market-data/", Public((), kept=True, prices=True)),
        ("/quote/prices.json", Public(("story", "listings"), kept=True, prices=True)),
        ("/corrections/", PAGED),
        ("/markets/copper-rises-abcd2345/", PLAIN),
        ("/rss.xml", PLAIN),
        ("/sitemap.xml", PLAIN),
        ("/robots.txt", PLAIN),
        ("/no/such/page/at/all/", PLAIN),
        ("/no/such/" + "x" * 5000, PLAIN),
        ("/media/pictures/a.jpg", Public((), kept=False)),
        ("/desk/", None),
        ("/desk/login/", None),
        ("/desk/articles/article/1/change/", None),
        ("/desk/nothing/", None),
        ("/desk", None),
    ],
)
def test_views_themselves_say_what_is_for_readers(path: str, view: Public | None) -> None:
    assert places.public_view(request(path)) == view
    assert places.public_view(request(path)) == view


def test_what_is_remembered_is_bounded() -> None:
    places._remembered.cache_clear()
    for number in range(200):
        places.public_view(request(f"/{'x' * 400}{number}/"))
    assert places._remembered.cache_info().currsize == 0
    assert places._remembered.cache_info().maxsize == 4096


def address(path: str, view: Public = PAGED, **environment: Any) -> tuple[str, ...]:
    return places.address(request(path, **environment), view)


@pytest.mark.parametrize(
    "query",
    [
        "?utm_source=newsletter&utm_medium=email",
        "?fbclid=x",
        "?Before=abc",
        "?before",
        "?before=",
        "?&&&=&=x",
        "?%",
        "?%zz=%zz&%ff%fe=%00",
        "?before[]=abc",
        "?xbefore=abc",
        "?" + "&".join(f"p{number}=x" for number in range(3000)),
        "?junk=" + "x" * 60_000,
    ],
)
def test_other_parameters_make_no_difference(query: str) -> None:
    assert address(f"/latest/{query}") == address("/latest/") == ("testserver", "/latest/", "")


@pytest.mark.parametrize(
    ("query", "before"),
    [
        ("?before=abc", "abc"),
        ("?utm_source=x&before=abc&y", "abc"),
        ("?before=one&before=two", "two"),
        ("?%62efore=abc", "abc"),
        ("?before=a%2Bb+c", "a+b c"),
        ("?before=%ff", "�"),
        ("?before=a=b", "a=b"),
    ],
)
def test_declared_parameters_do(query: str, before: str) -> None:
    assert address(f"/latest/{query}") == ("testserver", "/latest/", before)
    assert address(f"/latest/{query}", PLAIN) == ("testserver", "/latest/")


@given(st.text(st.characters(codec="latin-1")))
def test_any_query_is_read(query: str) -> None:
    asked = RequestFactory().get("/latest/", QUERY_STRING=query)
    assert list(declared(asked, ("before",))) == ["before"]


def test_no_view_sees_what_it_has_not_declared(settings: Settings) -> None:
    from articles.public.instant import at_one_instant

    seen: list[dict[str, Any]] = []

    @at_one_instant(parameters=("before",))
    def view(asked: HttpRequest, at: object) -> HttpResponse:
        seen.append(asked.GET.dict())
        return HttpResponse()

    view(request("/?a=1&before=x&before=y&" + "b=2&" * 3000))
    view(request("/?a=1"))
    assert seen == [{"before": "y"}, {"before": ""}]


@pytest.mark.parametrize("host", ["TestServer", "testserver:80", "testserver:8443", "testserver."])
def test_a_host_is_the_same_however_it_is_written(host: str) -> None:
    assert address("/", PLAIN, HTTP_HOST=host) == ("testserver", "/")


def test_hosts_are_told_apart(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["a.example", "[::1]"]
    assert address("/", PLAIN, HTTP_HOST="a.example") == ("a.example", "/")
    assert address("/", PLAIN, HTTP_HOST="[::1]:8000") == ("[::1]", "/")


@pytest.mark.parametrize("host", ["evil.example", "", "testserver@evil.example", "testserver:80:80", "a b", "x" * 5000])
def test_other_hosts_are_refused(host: str) -> None:
    with pytest.raises(DisallowedHost):
        address("/", PLAIN, HTTP_HOST=host)


@pytest.mark.parametrize(
    ("cookie", "is_from_the_desk"),
    [
        ("", False),
        ("theme=dark; _ga=1", False),
        ("xsessionid=1", False),
        ("sessionid_x=1", False),
        ("theme=sessionid", False),
        ("sessionid={key}", True),
        ("theme=dark; sessionid={key}", True),
        ("xsessionid={key}", False),
        ("sessionid={key}x", False),
        ("sessionid", False),
        (";;;=;sessionid", False),
    ],
)
@pytest.mark.django_db
def test_the_cookie_of_the_desk_is_known_by_its_whole_name(
    cookie: str, is_from_the_desk: bool, admin_client: Client
) -> None:
    key = admin_client.cookies[settings.SESSION_COOKIE_NAME].value
    asked = request("/", HTTP_COOKIE=cookie.format(key=key)) if cookie else request("/")
    assert places.is_from_the_desk(asked) is is_from_the_desk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "look_ups"), [("", 0), ("abc", 0), ("a" * 31, 0), ("A" * 32, 0), ("' OR 1=1", 0), ("a" * 32, 1)]
)
def test_a_cookie_that_anybody_can_send_costs_one_look_up_at_the_most(
    value: str, look_ups: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(look_ups):
        assert not places.is_from_the_desk(request("/", HTTP_COOKIE=f"sessionid={value}"))
