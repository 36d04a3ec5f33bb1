"""The demo newsroom: a small paper with its people, companies and stories, dated relative to its loading."""
