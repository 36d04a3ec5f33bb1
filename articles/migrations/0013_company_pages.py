"""The pages of companies: their stories by role, and prices that are told of in order and never change a story late."""

from django.db import migrations, models

import articles.models.price_stamp


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_loaders")]

    operations = [
        # The trigger goes first and comes back: it names the new column.
        migrations.RemoveConstraint(model_name="pricemark", name="pricemark_collected"),
        migrations.AddField(model_name="pricemark", name="round", field=models.SmallIntegerField(db_default=0)),
        migrations.AddConstraint(
            model_name="pricemark",
            constraint=articles.models.price_stamp.PricesCollected(name="pricemark_collected"),
        ),
        migrations.AddConstraint(
            model_name="quote", constraint=articles.models.price_stamp.ToldLate(name="quote_told_late")
        ),
        migrations.AddIndex(
            model_name="editioncompany",
            index=models.Index(
                fields=["company", "role", "-first_published_at", "-article", "edition"], name="edition_company_role"
            ),
        ),
    ]
