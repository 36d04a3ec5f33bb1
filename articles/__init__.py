"""The story: one app, one migration history."""
