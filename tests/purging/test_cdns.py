"""The layouts of the CDNs: what they are told, what they are asked, and which answers mean that they have purged."""

import json

import pytest

from articles.asking import Answer
from articles.purging import keys
from articles.purging.cdn import Cdn
from articles.purging.cdns import adapters, find

FASTLY = find("fastly://Svc1aB", "secret-token")
CLOUDFLARE = find("cloudflare://0a1b2c", "secret-token")
VARNISH = find("varnish://127.0.0.1:6081", "")
ALL = [FASTLY, CLOUDFLARE, VARNISH]
TAGS = ("story-1", "section-markets")


def answer(status: int, body: object = b"", **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


def test_every_file_is_a_cdn() -> None:
    assert sorted(adapters()) == ["cloudflare", "fastly", "varnish"]
    assert [adapter.name for adapter in adapters().values()] == ["Cloudflare", "Fastly", "Varnish"]


def test_fastly_is_told_by_headers_of_its_own() -> None:
    assert FASTLY.headers(TAGS, 300) == {
        "Cache-Control": "no-cache",
        "Surrogate-Control": "max-age=300",
        "Surrogate-Key": "section-markets site story-1",
    }
    assert FASTLY.headers(TAGS, 0) == {"Cache-Control": "private, no-cache", "Surrogate-Control": "max-age=0"}


def test_cloudflare_is_told_by_headers_of_its_own() -> None:
    assert CLOUDFLARE.headers(TAGS, 300) == {
        "Cache-Control": "no-cache",
        "Cloudflare-CDN-Cache-Control": "max-age=300, s-maxage=300, must-revalidate",
        "Cache-Tag": "section-markets,site,story-1",
    }
    assert CLOUDFLARE.headers(TAGS, 0) == {
        "Cache-Control": "no-cache",
        "Cloudflare-CDN-Cache-Control": "no-store",
    }


def test_varnish_is_told_by_headers_of_its_own() -> None:
    assert VARNISH.headers(TAGS, 300) == {
        "Cache-Control": "no-cache, s-maxage=300",
        "Surrogate-Control": "max-age=300",
        "xkey": "section-markets site story-1",
    }
    assert VARNISH.headers(TAGS, 0) == {"Cache-Control": "no-cache", "Surrogate-Control": "no-store"}


@pytest.mark.parametrize("cdn", ALL, ids=lambda cdn: cdn.name)
@pytest.mark.parametrize("seconds", [0, 1, 540])
def test_nobody_is_told_to_give_out_what_is_stale(cdn: Cdn, seconds: int) -> None:
    said = " ".join(cdn.headers(TAGS, seconds).values())

    assert "stale-" not in said
    assert "no-cache" in cdn.headers(TAGS, seconds)["Cache-Control"]


@pytest.mark.parametrize("cdn", ALL, ids=lambda cdn: cdn.name)
def test_too_many_tags_become_those_that_every_change_purges(cdn: Cdn) -> None:
    """An answer with `site` alone would outlive the change of a story."""
    fitting = cdn.most_tag_bytes // len("company-100000,") - 2
    between = "," if cdn is CLOUDFLARE else " "

    def told(count: int) -> list[str]:
        headers = cdn.headers([keys.noun("company", 100_000 + number) for number in range(count)], 60)
        return list(headers.values())[-1].split(between)

    assert len(told(fitting)) == fitting + 1
    assert told(fitting + 5) == [keys.LISTS, keys.SITE]


@pytest.mark.parametrize("cdn", ALL, ids=lambda cdn: cdn.name)
def test_too_many_tags_to_purge_purge_the_site(cdn: Cdn) -> None:
    most = [f"company-{number}" for number in range(cdn.most_purged)]

    assert cdn.to_purge(most) == tuple(sorted(most))
    assert cdn.to_purge([*most, "topic-1"]) == ("site",)
    assert cdn.to_purge(["site", "topic-1"]) == ("site",)


def test_fastly_is_asked_for_a_hard_purge_of_all_tags_at_once() -> None:
    (request,) = FASTLY.requests(TAGS)

    assert (request.method, request.url) == ("POST", "https://api.fastly.com/service/Svc1aB/purge")
    assert json.loads(request.body) == {"surrogate_keys": ["section-markets", "story-1"]}
    assert dict(request.headers) == {
        "Fastly-Key": "secret-token",
        "Accept": "application/json",
        "Content-Type": "application/json",
    }


def test_cloudflare_is_asked_for_a_purge_by_tags() -> None:
    (request,) = CLOUDFLARE.requests(TAGS)

    assert (request.method, request.url) == ("POST", "https://api.cloudflare.com/client/v4/zones/0a1b2c/purge_cache")
    assert json.loads(request.body) == {"tags": ["section-markets", "story-1"]}
    assert dict(request.headers) == {"Authorization": "Bearer secret-token", "Content-Type": "application/json"}


def test_each_varnish_is_asked() -> None:
    requests = find("varnish://10.0.0.1:6081, 10.0.0.2:6081", "word").requests(TAGS)

    assert [(request.method, request.url) for request in requests] == [
        ("PURGE", "http://10.0.0.1:6081/"),
        ("PURGE", "http://10.0.0.2:6081/"),
    ]
    assert dict(requests[0].headers) == {"xkey-purge": "section-markets story-1", "xkey-token": "word"}
    assert dict(VARNISH.requests(TAGS)[0].headers) == {"xkey-purge": "section-markets story-1"}


def test_a_request_does_not_print_its_token() -> None:
    assert "secret-token" not in repr([*FASTLY.requests(TAGS), *CLOUDFLARE.requests(TAGS)])


PURGED = [
    (FASTLY, answer(200, {"story-1": "1-2", "section-markets": "1-3"})),
    (CLOUDFLARE, answer(200, {"success": True, "errors": [], "result": {"id": "1"}})),
    (VARNISH, answer(200, b"", xkey_purged="0")),
]
NOT_PURGED = [
    (FASTLY, answer(200, {"story-1": "1-2"}), "no purge of section-markets in its answer"),
    (FASTLY, answer(200, b"<html>welcome</html>"), "no purge of section-markets in its answer"),
    (FASTLY, answer(200, ["story-1"]), "no purge of section-markets in its answer"),
    (FASTLY, answer(401, {"msg": "Provided credentials are missing"}), "HTTP 401 Provided credentials are missing"),
    (FASTLY, answer(429), "HTTP 429"),
    (FASTLY, answer(301, {"story-1": "1-2", "section-markets": "1-3"}), "HTTP 301"),
    (CLOUDFLARE, answer(200, {"success": False, "errors": [{"message": "Zone is gone"}]}), "HTTP 200 Zone is gone"),
    (CLOUDFLARE, answer(200, b"\xff\xfe"), "HTTP 200"),
    (CLOUDFLARE, answer(200, {"success": "true"}), "HTTP 200"),
    (CLOUDFLARE, answer(500, {"success": True}), "HTTP 500"),
    (CLOUDFLARE, answer(403, {"errors": ["?"]}), "HTTP 403"),
    (VARNISH, answer(200, b"<h1>The Test Ledger</h1>"), "it does not have the VCL that purges"),
    (VARNISH, answer(200, b"", xkey_purged="all"), "it does not have the VCL that purges"),
    (VARNISH, answer(403, b"", xkey_purged="3"), "HTTP 403"),
    (VARNISH, answer(405), "HTTP 405"),
]


@pytest.mark.parametrize(("cdn", "said"), PURGED)
def test_answer_that_means_a_purge(cdn: Cdn, said: Answer) -> None:
    assert cdn.refusal(said, TAGS) == ""


@pytest.mark.parametrize(("cdn", "said", "why"), NOT_PURGED)
def test_answer_that_means_none(cdn: Cdn, said: Answer, why: str) -> None:
    assert cdn.refusal(said, TAGS) == why


@pytest.mark.parametrize(
    ("url", "token", "why"),
    [
        ("fastly.com", "t", "CDN_URL is 'fastly.com', which is none that is known; write it as one of:"),
        ("akamai://x", "t", "CDN_URL is 'akamai://x', which is none that is known; write it as one of:"),
        ("fastly://", "t", "CDN_URL names no service; write it as fastly://SERVICE_ID."),
        ("cloudflare://", "t", "CDN_URL names no zone; write it as cloudflare://ZONE_ID."),
        ("fastly://Svc", "", "CDN_TOKEN is not set. Fastly wants an API token with the scope purge_select."),
        ("cloudflare://z", "", "CDN_TOKEN is not set. Cloudflare wants an API token with the permission Cache Purge."),
        ("fastly://token@Svc", "t", "CDN_URL is 'fastly://token@Svc'; write it as fastly://SERVICE_ID, the token goes"),
        ("fastly://Svc/path", "t", "CDN_URL is 'fastly://Svc/path'; write it as fastly://SERVICE_ID, the token goes"),
        ("fastly://Svc", "täken", "CDN_TOKEN has characters that no header can carry."),
        ("fastly://Svc", "to\nken", "CDN_TOKEN has characters that no header can carry."),
        ("fastly://Svc?api=http://api.example", "t", "CDN_URL has the option api='http://api.example', which is no"),
        ("fastly://Svc?api=https://[", "t", "CDN_URL has the option api='https://[', which is no https address."),
        ("fastly://Svc?soft=1", "t", "CDN_URL has an option 'soft'; there is only api=https://…."),
        ("varnish://", "", "CDN_URL names no server; write it as varnish://127.0.0.1:6081, several with commas"),
        ("varnish://a:1,,b:2", "", "CDN_URL names no server; write it as varnish://127.0.0.1:6081, several with"),
        ("varnish://a:port", "", "CDN_URL names 'a:port', which is no host and port; write it as varnish://127.0.0.1"),
        ("varnish://a b", "", "CDN_URL names 'a b', which is no host and port; write it as varnish://127.0.0.1"),
        ("varnish://a?api=https://b", "", "CDN_URL has an option 'api'; Varnish has none. Write it as varnish://127."),
    ],
)
def test_wrong_address_is_refused_with_the_variable_and_why(url: str, token: str, why: str) -> None:
    with pytest.raises(ValueError, match=r"^CDN_") as refused:
        find(url, token)

    assert str(refused.value).startswith(why)


def test_an_api_elsewhere_is_asked_over_https_or_on_this_machine() -> None:
    there = find("fastly://Svc?api=https://api.example/v1/", "t").requests(TAGS)
    here = find("cloudflare://z?api=http://127.0.0.1:8099", "t").requests(TAGS)

    assert there[0].url == "https://api.example/v1/service/Svc/purge"
    assert here[0].url == "http://127.0.0.1:8099/zones/z/purge_cache"


def test_tags_are_words_that_headers_can_carry() -> None:
    assert keys.story("abcd2345") == "story-abcd2345"
    assert keys.noun("company", 45) == "company-45"
    odd = ("市场", "a" * 200, "a" * 201, "a,b", "a b", "Markets", "")
    for key in odd:
        assert keys.story(key).isascii()
        assert len(keys.story(key)) == len("story-") + 24
    assert len({keys.story(key) for key in (*odd, "markets")}) == len(odd) + 1


def test_a_picture_and_its_renditions_have_one_tag() -> None:
    names = ("pictures/abcdefghjkmn/tower.jpg", "pictures/abcdefghjkmn/tower.640.jpg")

    assert {keys.file(name) for name in names} == {"file-abcdefghjkmn"}
    assert keys.file("portraits/bbcdefghjkmn/ada.jpg") == "file-bbcdefghjkmn"
    assert keys.file("elsewhere.jpg") != keys.file("other.jpg")
