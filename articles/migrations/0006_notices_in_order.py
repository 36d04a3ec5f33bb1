"""Let the index of notices hold the order of the corrections page to the last row, so that nothing has to be sorted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_reserve_dash"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="edition",
            name="edition_notices",
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=models.Q(("notice", ""), _negated=True),
                fields=["release_kind", "-live_from", "-id"],
                name="edition_notices",
            ),
        ),
    ]
