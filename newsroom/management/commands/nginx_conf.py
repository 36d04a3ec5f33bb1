"""Write the configuration of the nginx in front of this site."""

import re
from string import Template
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Filled(Template):
    """A configuration in which @NAME is to be filled in; nginx has the dollar for itself."""

    delimiter = "@"
    idpattern = "[A-Z_]+"
    flags = re.NOFLAG


class Command(BaseCommand):
    """Fill in deploy/nginx.conf."""

    help = "Prints deploy/nginx.conf with the settings of this site filled in."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--certificate", required=True, help="The file of the certificate and those that sign it.")
        parser.add_argument("--key", required=True, help="The file of the certificate's key.")
        parser.add_argument("--upstream", default="127.0.0.1:8000", help="Where `make web` listens.")
        parser.add_argument("--http", default="80", help="The port or address for http, which leads to https.")
        parser.add_argument("--https", default="443", help="The port or address for https.")
        parser.add_argument("--media", help="The folder of pictures as nginx sees it, if not MEDIA_ROOT.")
        parser.add_argument("--logs", default="/var/log/nginx", help="The folder of the access log.")

    def handle(self, **options: Any) -> None:
        if not settings.MEDIA_ACCEL:
            raise CommandError("Set MEDIA_ACCEL first, such as MEDIA_ACCEL=/protected-media/")
        template = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        names = ("_" if name == "*" else name for name in settings.ALLOWED_HOSTS)
        values = {
            "UPSTREAM": options["upstream"],
            "HTTP": options["http"],
            "HTTPS": options["https"],
            "NAMES": " ".join(names),
            "SITE_URL": settings.SITE_URL,
            "CERTIFICATE": options["certificate"],
            "KEY": options["key"],
            "LOGS": options["logs"],
            "LARGEST_BODY": str(settings.REQUEST_LIMIT),
            "MEDIA_ACCEL": settings.MEDIA_ACCEL,
            "MEDIA_ROOT": options["media"] or str(settings.MEDIA_ROOT),
        }
        self.stdout.write(Filled(template).substitute(values), ending="")
