"""What a wheel of kg stands on: every package with its version and licence, beside the wheel.

    python scripts/write_sbom.py dist

Writes ``sbom.cdx.json`` (CycloneDX 1.6) and ``licences.md``, of what requirements.txt pins and is installed here.
"""

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def packages() -> list[Distribution]:
    """The packages that requirements.txt pins; raises SystemExit where one is missing, or is another version."""
    found = []
    for name, version in _PINNED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8")):
        try:
            one = distribution(name)
        except PackageNotFoundError:
            raise SystemExit(f"{name} is not installed: pip install --require-hashes -r requirements.txt") from None
        if one.version != version:
            raise SystemExit(f"{name} is {one.version}, requirements.txt has {version}")
        found.append(one)
    return sorted(found, key=lambda one: one.name.lower())


def licence(one: Distribution) -> str:
    """The licence as a package states it: an SPDX expression, else its field, else its classifiers."""
    fields = one.metadata.json
    stated = str(fields.get("license_expression") or fields.get("license") or "")
    classified = [line.rpartition(" :: ")[2] for line in one.metadata.get_all("Classifier") or () if "License" in line]
    short = stated.strip().splitlines()[0].strip() if stated.strip() else ""
    return short if short and len(short) < 80 else ", ".join(classified)


def sbom(own: str, parts: list[Distribution]) -> dict[str, Any]:
    """The bill of materials: no clock and no serial number, so that the same packages give the same bytes."""
    root = f"pkg:pypi/kg@{own}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "kg", "version": own, "bom-ref": root}},
        "components": [_component(one) for one in parts],
        "dependencies": [
            {"ref": root, "dependsOn": [_purl(one) for one in parts]},
        ],
    }


def _component(one: Distribution) -> dict[str, Any]:
    return {
        "type": "library",
        "name": one.name,
        "version": one.version,
        "bom-ref": _purl(one),
        "purl": _purl(one),
        "licenses": [{"license": {"name": licence(one) or "not stated"}}],
    }


def _purl(one: Distribution) -> str:
    return f"pkg:pypi/{re.sub('[-_.]+', '-', one.name).lower()}@{one.version}"


def main(folder: str) -> None:
    """Write both files."""
    own, parts = distribution("kg").version, packages()
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    (place / "sbom.cdx.json").write_text(json.dumps(sbom(own, parts), indent=1) + "\n", encoding="utf-8")
    rows = [f"| {one.name} | {one.version} | {licence(one) or 'not stated'} |" for one in parts]
    table = "\n".join(["| package | version | licence |", "| --- | --- | --- |", *rows])
    (place / "licences.md").write_text(f"# What kg {own} stands on\n\n{table}\n", encoding="utf-8")
    print(f"{len(parts)} packages in {place}")


if __name__ == "__main__":
    main(*sys.argv[1:] or ["dist"])
