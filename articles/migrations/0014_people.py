import articles.models.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_company_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="company",
            name="filed_as",
            field=articles.models.fields.FiledField(default="", editable=False, max_length=80),
        ),
        migrations.AddField(
            model_name="person",
            name="filed_as",
            field=articles.models.fields.FiledField(default="", editable=False, max_length=80),
        ),
        migrations.AlterField(
            model_name="personrole",
            name="company",
            field=models.ForeignKey(
                blank=True,
                help_text="Readers see the role once they can see the company.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.company",
                verbose_name="company",
            ),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                fields=["filed_as", "id"], name="company_filed", opclasses=("varchar_pattern_ops", "int8_ops")
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["filed_as", "id"], name="person_filed", opclasses=("varchar_pattern_ops", "int8_ops")
            ),
        ),
        migrations.AddIndex(
            model_name="personrole",
            index=models.Index(
                condition=models.Q(("since_on__isnull", False)), fields=["since_on"], name="personrole_begins"
            ),
        ),
        migrations.AddIndex(
            model_name="personrole",
            index=models.Index(
                condition=models.Q(("until_on__isnull", False)), fields=["until_on"], name="personrole_ends"
            ),
        ),
    ]
