"""The watch on misspelt template variables works, and keeps silent where Django's own admin needs silence."""

from pathlib import Path

import pytest
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.template.base import Origin

from tests.misspelt import TEMPLATES, MisspeltVariable


def render(text: str, file: Path, **context: object) -> str:
    engine = Engine(string_if_invalid=MisspeltVariable())
    return Template(text, origin=Origin(str(file)), engine=engine).render(Context(context))


@pytest.mark.parametrize(
    "text",
    [
        "{{ headlin }}",
        "{{ headlin|upper }}",
        "{{ headlin|default:'none' }}",
        "{{ story.headlin }}",
        "{% with headline=headlin %}{{ headline }}{% endwith %}",
        "{% if story %}{{ headlin }}{% endif %}",
    ],
)
def test_misspelt_variable_in_our_template_fails(text: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=r"pages/story\.html names .*headlin"):
        render(text, TEMPLATES / "pages" / "story.html", story={"headline": "Quiet day"})


@pytest.mark.parametrize(
    "file", [TEMPLATES / "admin" / "base_site.html", Path("/venv/django/contrib/admin/templates/admin/base.html")]
)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<{{ subtitle }}>", "<>"),
        ("<{{ subtitle|default:'none' }}>", "<none>"),
        ("<{{ subtitle|upper }}>", "<>"),
        ("<{% if subtitle %}x{% endif %}>", "<>"),
    ],
)
def test_admin_template_keeps_djangos_silence(file: Path, text: str, expected: str) -> None:
    assert render(text, file) == expected


def test_variable_that_exists_is_printed() -> None:
    assert render("{{ headline }}", TEMPLATES / "story.html", headline="Quiet day") == "Quiet day"
