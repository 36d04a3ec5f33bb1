"""What the README promises to a person who sets up a site is true."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.newsroom.test_start import ROOT, start

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_variable_of_the_settings_is_in_the_table_and_no_other() -> None:
    settings = (ROOT / "newsroom" / "settings.py").read_text(encoding="utf-8")
    read = re.findall(r'environment\.\w+\(\s*"([A-Z_]+)"', settings)

    listed = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)

    assert sorted(listed) == sorted(set(read) - {"refuse"})


def test_documented_site_passes_the_deployment_check(tmp_path: Path) -> None:
    [block] = re.findall(r"```sh\n(SITE_URL=.*?)```", README, re.DOTALL)
    variables = dict(line.split("=", 1) for line in shlex.split(block))
    variables |= {"MEDIA_ROOT": str(tmp_path / "media"), "STATIC_ROOT": str(tmp_path / "static")}
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text("{}")

    site = start([sys.executable, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"], tmp_path, **variables)

    assert (site.returncode, site.stdout.strip(), site.stderr.strip()) == (
        0,
        "System check identified no issues (1 silenced).",
        "",
    )


def test_list_of_demo_companies_is_up_to_date() -> None:
    assert subprocess.run([sys.executable, ".ci/readme", "--check"], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:`|^    .*)make ([a-z-]+)", README, re.MULTILINE))))
def test_make_targets_named_in_the_readme_exist(target: str) -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert re.search(rf"^  {target} ", listed, re.MULTILINE)


def test_demo_is_the_same_whatever_is_set_in_the_shell() -> None:
    listed = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)
    demo = (ROOT / ".ci" / "demo").read_text(encoding="utf-8").replace("\\\n", " ")
    [unset] = re.findall(r"^unset (.*)$", demo, re.MULTILINE)
    given = {*re.findall(r"\b([A-Z_]+)=", demo)}

    left_alone = set(listed) - given - set(unset.split())
    assert left_alone == set()
    assert set(unset.split()) - set(listed) == {"DJANGO_SETTINGS_MODULE"}
