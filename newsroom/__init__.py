"""The site: how Newsroom runs and who works here."""
