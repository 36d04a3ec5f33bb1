#!/usr/bin/env python
"""Run Newsroom's commands."""

import os
import sys

#: Commands that read files and need no site.
FILES_ONLY = {"score_mentions", "score_money"}


def main() -> None:
    """Run the command on the command line, or say in one plain message why the settings forbid it."""
    needs_no_site = bool(FILES_ONLY.intersection(sys.argv[1:2]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.files_only" if needs_no_site else "newsroom.settings")
    # A migration or a load may take as long as it takes: only requests are held to a limit.
    os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT", "0")

    from newsroom.environment import refuse_misconfigured

    refuse_misconfigured()

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
