"""Hypothesis strategies for what people write, paste and attack with."""

from hypothesis import strategies as st

TAGS = (
    "p div h1 h2 h3 h4 ul ol li blockquote b strong i em a br span table tr td th pre script style o:p img section "
    "title del font xml html body button textarea data"
).split()
HREFS = (
    "https://example.com/a?b=1&c=2",
    "http://[bad",
    "http://a b/c",
    "HTTP://EXAMPLE.COM",
    "mailto:desk@example.com",
    "/markets/",
    "//evil.example/",
    "/\\evil.example",
    "#terms",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "\x01javascript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>x</script>",
    "https://www.google.com/url?q=javascript:alert(1)",
    "https://www.google.com/url?q=https://example.com/",
    "https://user@example.com:99999/",
    "https://example.com/\u3000\u00ad x\u0338",
)
STYLES = (
    "font-weight:700",
    "font-weight:normal",
    "font-style:italic",
    "display:none",
    "mso-list:l0 level1 lfo1",
    "mso-list:l1 level3 lfo2",
    "mso-list:Ignore",
    "mso-element:comment-list",
)
IDS = ("p00000000", "p00000000-2", "pfeedbeef", "pFEEDBEEF", "x", "p0000000")
STATEMENT = (
    '<data value="1.2" data-listing="17" data-measure="change-percent" data-direction="down" '
    'data-as-of="2026-11-24T17:50:00Z" data-session="regular">'
)
MARKS = (
    '<span data-company="12">',
    '<span data-company="3">',
    '<span class="x" data-person="3">',
    '<span data-company="0">',
    '<span data-company="1" data-person="2">',
    STATEMENT,
    '<data value="-0.50" data-listing="2" data-measure="level" data-unit="GBX" data-x="y">',
    '<data value="1,2" data-listing="17" data-measure="level">',
    '<data data-as-of="2026-02-30T17:50:00Z" value="1" data-listing="17" data-measure="close">',
)
WORDS = st.sampled_from(
    (
        *(
            "bank",
            "rose",
            "5%",
            "\n",
            "\n\n",
            " ",
            "\u00a0",
            "\u200d",
            "\u200b",
            "e",
            "\u0301",
            "\u0338",
            "<",
            ">",
            "&",
        ),
        *(
            "&lt;",
            "&amp;lt;",
            "&#0;",
            "&#xd800;",
            "&#xffff;",
            "&nbsp;",
            "\ud800",
            "\ufffe",
            "\x00",
            "\x85",
            "\u202e",
            "|",
        ),
        *("\u2067", "\u2028", "\ufeff", "銀行", "بنك", "می\u200cخواهم", "बैंक", "👩\u200d💼", "<!--", "-->", "<![if x]>"),
        *("]]>", "<![CDATA[", "</", "<?", '"', "'", "1.", "·"),
    )
)


@st.composite
def start_tags(draw: st.DrawFn) -> str:
    """Draw a start tag with perhaps a link, a style or an id."""
    attributes = [
        f' {name}="{value}"'
        for name, values in (("href", HREFS), ("style", STYLES), ("id", IDS), ("onclick", ("x()",)))
        if draw(st.booleans())
        for value in [draw(st.sampled_from(values))]
    ]
    return f"<{draw(st.sampled_from(TAGS))}{''.join(attributes)}>"


marked_words = st.builds(
    lambda tag, words: f"{tag}{words}</{tag[1:5].strip()}>",
    st.sampled_from(MARKS),
    st.text("ab \n\u0301&;", max_size=4),
)
end_tags = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
markup = st.lists(
    st.one_of(start_tags(), st.sampled_from(MARKS), end_tags, marked_words, WORDS, st.text(max_size=4)), max_size=30
).map("".join)
any_html = st.one_of(markup, st.text(st.characters(exclude_categories=()), max_size=60))

_words = st.lists(
    st.sampled_from("bank rose fell the of shares 銀行 said outlook <b> & five".split()), min_size=1, max_size=9
)
_texts = _words.map(lambda words: " ".join(words).replace("&", "&amp;").replace("<", "&lt;"))
_blocks = st.one_of(
    _texts.map(lambda text: f"<p>{text}</p>"),
    _texts.map(lambda text: f"<h2>{text}</h2>"),
    _texts.map(lambda text: f"<p><strong>{text}</strong> so far</p>"),
    st.builds(lambda text, tag: f"<p>Now {tag}{text}</{tag[1:5]}> so far</p>", _texts, st.sampled_from(MARKS)),
    st.lists(_texts, min_size=1, max_size=3).map(
        lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
    ),
)
bodies = st.lists(_blocks, max_size=8).map("".join)
