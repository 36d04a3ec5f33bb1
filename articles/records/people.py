"""Whom stories name."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PersonRole:
    """What somebody does or did, and where: at a company with its path, at another body, or at a part of a company.

    `is_present` says whether they hold it on the day that was asked for; `since` and `until` are None where unknown.
    """

    title: str
    body: str
    company: str
    path: str
    since: date | None
    until: date | None
    is_present: bool

    @property
    def place(self) -> str:
        """Where it is, in words: "Cloud Intelligence, Alibaba Group"."""
        return ", ".join(filter(None, (self.body, self.company)))


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """A person's page furniture, as it is today; the roles held at present come first."""

    id: int
    name: str
    path: str
    biography: str
    portrait: str = ""
    portrait_credit: str = ""
    aliases: tuple[str, ...] = ()
    roles: tuple[PersonRole, ...] = ()

    @property
    def present_roles(self) -> tuple[PersonRole, ...]:
        """The roles held on the day that was asked for."""
        return tuple(role for role in self.roles if role.is_present)
