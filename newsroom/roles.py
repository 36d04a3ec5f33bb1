"""The five roles of a newsroom as groups, and what each may do."""

from typing import Any

from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS, models, router, transaction

NOUNS = (
    "aliasrule author company companyname exchange exchangeday image listing person personrole redirect section source "
    "split topic"
)
# The apps whose permissions the roles are made of, in the order in which they need each other.
APPS = ("contenttypes", "auth", "newsroom", "articles")


class Role(models.TextChoices):
    """The roles in rising order; the value is the name of the group."""

    REPORTER = "Reporter"
    COPY_EDITOR = "Copy editor"
    EDITOR = "Editor"
    PUBLISHER = "Publisher"
    ADMINISTRATOR = "Administrator"


def _each(app_label: str, actions: str, nouns: str) -> set[str]:
    """Name the permission for each of the actions on each of the nouns, as `articles.change_topic`."""
    return {f"{app_label}.{action}_{noun}" for action in actions.split() for noun in nouns.split()}


# What each role may do beyond the role before it.
ADDED: dict[Role, set[str]] = {
    Role.REPORTER: (
        _each("articles", "add change view submit", "article")
        | _each("articles", "view", NOUNS)
        | _each("articles", "add change", "image")
        | _each("articles", "add", "topic")
    ),
    Role.COPY_EDITOR: (
        _each("articles", "edit_any send_back", "article")
        | _each("articles", "add change", "aliasrule author company companyname listing person personrole split topic")
    ),
    Role.EDITOR: _each("articles", "approve spike", "article") | _each("articles", "add change", "source"),
    Role.PUBLISHER: (
        _each("articles", "release withdraw correct", "article")
        | _each("articles", "add change", "section redirect exchange exchangeday")
    ),
    Role.ADMINISTRATOR: (
        {"articles.administer_newsroom"}
        | _each("articles", "delete", NOUNS)
        | _each("newsroom", "add change delete view", "journalist")
        | _each("auth", "add change delete view", "group")
    ),
}


def permissions_of(role: Role) -> set[str]:
    """Return all that a role may do, its own and what the roles before it may, as `articles.change_topic`."""
    roles = list(Role)
    return set().union(*(ADDED[lower] for lower in roles[: roles.index(role) + 1]))


def give_permissions(*, using: str = DEFAULT_DB_ALIAS, apps: Apps = installed_apps, **_: Any) -> None:
    """Make the five groups and set exactly their permissions; runs after every `migrate` and repeats harmlessly.

    What an administrator changed in one of the five groups is set back: another bundle of permissions is
    another group. Models that are not migrated yet are passed over until the `migrate` that makes them.
    """
    try:
        group_model = apps.get_model("auth", "Group")
        permission_model = apps.get_model("auth", "Permission")
    except LookupError:
        return
    if not router.allow_migrate_model(using, group_model):
        return
    # Django makes an app's permissions when that app's own signal comes, which is too late for the apps after this one.
    for label in APPS:
        create_permissions(installed_apps.get_app_config(label), verbosity=0, using=using, apps=apps)
    keys = {
        f"{app_label}.{codename}": key
        for app_label, codename, key in permission_model._default_manager.using(using)
        .filter(content_type__app_label__in=APPS)
        .values_list("content_type__app_label", "codename", "pk")
    }
    with transaction.atomic(using=using):
        for role in Role:
            group, _created = group_model._default_manager.using(using).get_or_create(name=role.value)
            group.permissions.set([keys[name] for name in permissions_of(role) & keys.keys()])
