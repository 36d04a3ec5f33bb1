"""The Nu Html Checker, which judges HTML by the living standard."""

import json
import subprocess
from pathlib import Path

from tests.audit.tools import node_package, program
from tests.audit.verdicts import Verdict


def judge_markup(pages: dict[str, bytes], folder: Path) -> Verdict:
    """Check pages; errors and warnings are findings."""
    verdict = Verdict("Nu Html Checker", f"{len(pages)} pages")
    jar, java = node_package("vnu-jar") / "build" / "dist" / "vnu.jar", program("java", "default-jre-headless")
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for number, (path, body) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_bytes(body)
        names[file.resolve().as_uri()] = path
    options = ("--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect")
    files = [str(file) for file in sorted(folder.glob("*.html"))]
    run = subprocess.run([java, "-jar", str(jar), *options, *files], capture_output=True, text=True, check=True)
    for message in json.loads(run.stdout)["messages"]:
        if message["type"] == "error" or message.get("subType") == "warning":
            verdict.findings.append(f"{_path(message.get('url', ''), names)}: {message['message']}")
    return verdict


def _path(url: str, names: dict[str, str]) -> str:
    """Return the page of a file's address, which the checker writes with one slash."""
    return names.get(url) or names.get(url.replace("file:/", "file:///", 1)) or url
