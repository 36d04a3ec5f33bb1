"""Addresses of the desk, and what a browser would post from its story form."""

from typing import Any

import lxml.html
from django.test import Client
from django.urls import reverse

from articles.models import Article

LIST = "/desk/articles/article/"
ADD = "/desk/articles/article/add/"


def change(article: Article) -> str:
    """Return the address of a story's form."""
    return reverse("admin:articles_article_change", args=[article.pk])


def verb(article: Article, name: str) -> str:
    """Return the address of a verb's page."""
    return f"{LIST}{article.pk}/{name}/"


def filled(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """Open a story form and return what a browser would post from it, with some fields typed over."""
    return posted(client.get(address), "story-form") | changes


def rows(name: str, *items: Any) -> dict[str, Any]:
    """Return what a browser posts for an ordered list of the form: keys, or (key, role) pairs."""
    data: dict[str, Any] = {f"{name}-TOTAL_FORMS": len(items), f"{name}-INITIAL_FORMS": 0}
    for place, item in enumerate(items):
        key, role = item if isinstance(item, tuple) else (item, "")
        data |= {f"{name}-{place}-item": key, f"{name}-{place}-ORDER": place + 1}
        if role:
            data[f"{name}-{place}-role"] = role
    return data


def asked(client: Client, article: Article, name: str, **answers: Any) -> dict[str, Any]:
    """Open a verb's page and return what a browser would post from it."""
    return posted(client.get(verb(article, name)), "question") | answers


def at(prefix: str, day: str, time: str) -> dict[str, str]:
    """Return what a browser posts for "at this time"."""
    return {f"{prefix}_which": "timed", f"{prefix}_time_0": day, f"{prefix}_time_1": time}


def posted(page: Any, form_id: str) -> dict[str, Any]:
    """Return what a browser without scripts would post from a form of a page."""
    document: Any = lxml.html.fromstring(page.content.decode())
    form = document.get_element_by_id(form_id)
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        if "__prefix__" not in name:
            data.setdefault(name, []).append(value.removeprefix("\n"))
    return {name: values if len(values) > 1 else values[0] for name, values in data.items()}
