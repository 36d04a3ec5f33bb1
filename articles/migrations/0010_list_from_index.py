"""Let the indexes of lists hold the edition too, so that no list ever has to look elsewhere to be walked along."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_index_unprinted"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="edition",
            name="edition_section",
        ),
        migrations.RemoveIndex(
            model_name="edition",
            name="edition_image",
        ),
        migrations.RemoveIndex(
            model_name="editionauthor",
            name="edition_author_list",
        ),
        migrations.RemoveIndex(
            model_name="editioncompany",
            name="edition_company_list",
        ),
        migrations.RemoveIndex(
            model_name="editiontopic",
            name="edition_topic_list",
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["section", "-first_published_at", "-article", "id"], name="edition_section"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["lead_image", "-first_published_at", "-article", "id"], name="edition_image"),
        ),
        migrations.AddIndex(
            model_name="editionauthor",
            index=models.Index(
                fields=["author", "-first_published_at", "-article", "edition"], name="edition_author_list"
            ),
        ),
        migrations.AddIndex(
            model_name="editioncompany",
            index=models.Index(
                fields=["company", "-first_published_at", "-article", "edition"], name="edition_company_list"
            ),
        ),
        migrations.AddIndex(
            model_name="editiontopic",
            index=models.Index(
                fields=["tag", "-first_published_at", "-article", "content_object"], name="edition_topic_list"
            ),
        ),
    ]
