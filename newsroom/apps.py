"""The site as a Django app: its journalists, roles and start-up checks."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.admin import autodiscover
from django.db.models.signals import post_migrate


class NewsroomConfig(AppConfig):
    """Give the roles their permissions after each `migrate`, and check the settings at each start."""

    name = "newsroom"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        """Connect what must run once the apps are loaded."""
        from newsroom import checks, roles  # noqa: F401 - checks register themselves on import

        post_migrate.connect(roles.give_permissions, sender=self)


class DeskConfig(admin_apps.SimpleAdminConfig):
    """Put the desk where Django has its admin."""

    default = False
    default_site = "newsroom.desk.Desk"
    #: Whether the rooms of the desk are loaded with the rest, as checks need them, or when somebody comes to the desk.
    is_open_at_once = True

    def ready(self) -> None:
        """Load the rooms; a worker that serves leaves it to `newsroom.desk_urls`, so that readers need not wait."""
        super().ready()
        if self.is_open_at_once:
            autodiscover()
