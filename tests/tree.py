"""A copy of the tree in which a test carries a change out, and what then becomes of it."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_CODE = ("src/kg", "shapes", "scripts", "tests", "docs")
_IGNORED = shutil.ignore_patterns("__pycache__", "built", "node_modules", "*.pyc")


@dataclass
class Tree:
    """A copy of the code with its shapes and tests; `touched` are the files that were edited by hand."""

    folder: Path
    touched: set[str] = field(default_factory=set)

    @classmethod
    def copied(cls, folder: Path) -> "Tree":
        for part in _CODE:
            shutil.copytree(ROOT / part, folder / part, ignore=_IGNORED)
        shutil.copy(ROOT / "pyproject.toml", folder)
        return cls(folder)

    def insert(self, path: str, before: str, text: str) -> None:
        """Put a text before one that stands once in a file."""
        file = self.folder / path
        content = file.read_text(encoding="utf-8")
        assert content.count(before) == 1, f"{path} has {before!r} {content.count(before)} times"
        file.write_text(content.replace(before, text + before), encoding="utf-8")
        self.touched.add(path)

    def create(self, path: str, text: str) -> None:
        """Add a file."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")
        self.touched.add(path)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy, whose code it imports."""
        paths = [str(self.folder / part) for part in ("src", "tests", "scripts")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, *command], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def write_domain(self) -> None:
        """What a person does after a change of the domain's words."""
        done = self.run("scripts/write_domain.py")
        assert done.returncode == 0, done.stderr

    def tests(self, *names: str) -> subprocess.CompletedProcess[str]:
        """Run tests in the copy."""
        return self.run("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *names)

    def result(self, script: str, *arguments: str) -> Any:
        """What a Python file of the tests prints as JSON."""
        done = self.run(f"tests/{script}", *arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
