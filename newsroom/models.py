"""The people who work here."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.db import transaction

if TYPE_CHECKING:
    from newsroom.roles import Role


class JournalistManager(UserManager["Journalist"]):
    """Find and hire journalists."""

    use_in_migrations = False

    @transaction.atomic
    def create_journalist(
        self, username: str, *, role: "Role", password: str | None = None, **fields: Any
    ) -> "Journalist":
        """Create a journalist who may open the desk and do what `role` allows.

        Without a password nobody can log in until one is set. The roles exist after `migrate`.
        """
        journalist = self.create_user(username, password=password, is_staff=True, **fields)
        journalist.groups.add(Group.objects.get(name=role))
        return journalist


class Journalist(AbstractUser):
    """Somebody with a login to the desk."""

    objects: ClassVar[JournalistManager] = JournalistManager()

    class Meta(AbstractUser.Meta):
        verbose_name = "journalist"
        verbose_name_plural = "journalists"

    @property
    def name(self) -> str:
        """The name to print: the full name, or the username of somebody who gave none."""
        return self.get_full_name() or self.username

    def __str__(self) -> str:
        return self.name
