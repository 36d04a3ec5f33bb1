"""Lighthouse: scores of pages on a slow phone and on a desk."""

import json
import os
import subprocess
from collections.abc import Sequence
from typing import Any

from tests.audit.tools import node_package, program
from tests.audit.verdicts import Verdict

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: Performance depends on the machine; the other scores do not.
LEAST = {"performance": 0.9, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}


def judge_scores(address: str, paths: Sequence[str], chromium: str) -> Verdict:
    """Score pages; a score below the least is a finding, with the audits that cost it."""
    verdict = Verdict("Lighthouse", f"{len(paths)} pages, phone and desk")
    script = node_package("lighthouse") / "cli" / "index.js"
    for path in paths:
        for form in ("phone", "desk"):
            report = _report(script.as_posix(), address + path, form, chromium)
            scores = {name: report["categories"][name]["score"] or 0.0 for name in CATEGORIES}
            verdict.notes.append(
                f"{path} ({form}): {', '.join(f'{name} {100 * scores[name]:.0f}' for name in CATEGORIES)}"
            )
            verdict.findings += [
                f"{path} ({form}): {name} {100 * score:.0f}: {'; '.join(_lost(report, name))}"
                for name, score in scores.items()
                if score < LEAST[name]
            ]
    return verdict


def _report(script: str, address: str, form: str, chromium: str) -> dict[str, Any]:
    run = subprocess.run(
        [
            *(program("node", "nodejs"), script, address, "--quiet", "--output=json"),
            *("--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage",),
            *(f"--only-categories={','.join(CATEGORIES)}", *(["--preset=desktop"] if form == "desk" else [])),
        ],
        env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def _lost(report: dict[str, Any], category: str) -> list[str]:
    """Return the audits of a category that were not passed."""
    weighed = {audit["id"] for audit in report["categories"][category]["auditRefs"] if audit["weight"]}
    audits = (report["audits"][name] for name in sorted(weighed))
    return [audit["title"] for audit in audits if audit["score"] is not None and audit["score"] < 0.9]
