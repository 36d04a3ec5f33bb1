import os
import time
from pathlib import Path
from typing import Any

from django.db import migrations


def take_long(apps: Any, schema_editor: Any) -> None:
    folder = Path(os.environ["SLOW_FOLDER"])
    with (folder / "log").open("a") as log:
        log.write("begun\n")
    seconds = float(os.environ["SLOW_SECONDS"])
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SELECT pg_sleep(%s)", [seconds])
    else:
        time.sleep(seconds)
    while (folder / "wait").exists():
        time.sleep(0.02)


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunPython(take_long, migrations.RunPython.noop)]
