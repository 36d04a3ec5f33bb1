"""The story: one app, one migration history."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Register the story app."""

    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Newsroom"
