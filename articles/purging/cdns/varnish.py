"""Varnish with its module xkey, and the VCL of `docs/varnish.vcl`.

https://github.com/varnish/varnish-modules/blob/master/src/vmod_xkey.vcc
"""

from collections.abc import Collection, Mapping
from typing import Self, override
from urllib.parse import SplitResult, urlsplit

from articles.asking import Answer, Request
from articles.purging.cdn import ASK_FIRST, Cdn, required


class Varnish(Cdn):
    """One or several servers of one's own, on a network of one's own: each of them has to answer."""

    name = "Varnish"
    example = "varnish://127.0.0.1:6081"
    #: Varnish gives a header line of an answer 8 KB (http_resp_hdr_len), and one of a request as much.
    most_tag_bytes = 4_096
    most_purged = 64

    def __init__(self, hosts: Collection[str], token: str) -> None:
        self._urls = tuple(f"http://{host}/" for host in hosts)
        self._token = token

    @classmethod
    def at(cls, address: SplitResult, options: Mapping[str, str], token: str) -> Self:
        """Return the servers that CDN_URL names, with commas between them. A token is for a VCL that asks for one."""
        if options:
            raise ValueError(f"CDN_URL has an option {min(options)!r}; Varnish has none. Write it as {cls.example}.")
        hosts = [host.strip() for host in address.netloc.split(",")]
        for host in hosts:
            required("CDN_URL", host, f"names no server; write it as {cls.example}, several with commas between them.")
            if not _is_host_and_port(host):
                raise ValueError(f"CDN_URL names {host!r}, which is no host and port; write it as {cls.example}.")
        return cls(hosts, token)

    def headers(self, keys: Collection[str], seconds: int) -> dict[str, str]:
        """Return what Varnish goes by: s-maxage, and Surrogate-Control, beside which it does not heed "no-cache".

        The VCL takes both off again.
        """
        if not seconds:
            return {"Cache-Control": ASK_FIRST, "Surrogate-Control": "no-store"}
        return {
            "Cache-Control": f"{ASK_FIRST}, s-maxage={seconds}",
            "Surrogate-Control": f"max-age={seconds}",
            "xkey": self.tags(keys, " "),
        }

    def requests(self, keys: Collection[str]) -> tuple[Request, ...]:
        """Return a purge for each server."""
        headers = {"xkey-purge": " ".join(self.to_purge(keys))}
        if self._token:
            headers["xkey-token"] = self._token
        return tuple(Request("PURGE", url, headers) for url in self._urls)

    @override
    def refusal(self, answer: Answer, keys: Collection[str]) -> str:
        """Return why Varnish has not purged: the VCL says how many answers are gone, no other server does."""
        if answer.status != 200:
            return f"HTTP {answer.status}"
        return "" if answer.headers.get("xkey-purged", "").isdigit() else "it does not have the VCL that purges"


def _is_host_and_port(text: str) -> bool:
    try:
        parts = urlsplit(f"http://{text}")
        return bool(parts.hostname) and parts.port != 0 and parts.netloc == text and " " not in text
    except ValueError:
        return False


ADAPTER = Varnish
