from itertools import batched
from typing import Any

from django.db import migrations

from articles.text.filing import filed_as

BATCH = 2000


def file_names(apps: Any, _schema_editor: Any) -> None:
    """File what is there under its names; from now on whatever writes a name does."""
    for noun in ("company", "person"):
        model = apps.get_model("articles", noun)
        for batch in batched(model._base_manager.only("name").order_by("pk").iterator(BATCH), BATCH, strict=False):
            for row in batch:
                row.filed_as = filed_as(row.name)
            model._base_manager.bulk_update(batch, ["filed_as"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_people")]

    operations = [migrations.RunPython(file_names, migrations.RunPython.noop, elidable=True)]
