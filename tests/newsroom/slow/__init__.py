"""An app of the tests whose one migration takes SLOW_SECONDS, notes that it runs, and may wait to be let go."""
