"""Known vulnerabilities of what a wheel of kg stands on, and of how many packages the index here tells none.

    python scripts/audit.py PIP-AUDIT

Asks the package index about each pinned version, with pip-audit. Exit codes: 0 none is known, 1 some are, 2 the index
has no advisories (a mirror), or cannot be reached: nothing is known.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def told(found: dict[str, Any]) -> tuple[int, list[str]]:
    """The exit code for what pip-audit found, and what there is to say."""
    skipped = [one for one in found["dependencies"] if "skip_reason" in one]
    bad = [(one, known) for one in found["dependencies"] for known in one.get("vulns", ())]
    lines = [f"{one['name']} {one['version']}: {known['id']}, mended in {known['fix_versions']}" for one, known in bad]
    audited = len(found["dependencies"]) - len(skipped)
    lines.append(f"{audited} packages audited, {len(bad)} known vulnerabilities")
    if skipped:
        lines.append(f"{len(skipped)} packages NOT audited: the index gives no advisories for them")
    return (1 if bad else 2 if skipped else 0), lines


def main(command: str) -> int:
    """The command."""
    words = [
        command,
        "--disable-pip",
        "--require-hashes",
        "--requirement",
        str(ROOT / "requirements.txt"),
        "-f",
        "json",
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    try:
        code, lines = told(json.loads(done.stdout))
    except json.JSONDecodeError:
        code, lines = 2, [f"nothing was audited: {done.stderr.strip()[-300:]}"]
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
