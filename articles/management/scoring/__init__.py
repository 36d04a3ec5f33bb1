"""How well the pure code of `articles.markets` does on labeled text: files in, figures out, no database."""
