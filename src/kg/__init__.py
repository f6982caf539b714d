"""kg: documents about territorial conflicts -> linked data that can be trusted.

>>> import kg
>>> kg.build(["seeds"], "output")          # doctest: +SKIP
>>> data = kg.open("output")               # doctest: +SKIP
>>> data.query("events").dataframe()       # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Build", "Dataset", "KGError", "Rows", "__version__", "build", "open"]

if TYPE_CHECKING:
    from kg.dataset import Dataset, open
    from kg.dataset.rows import Rows
    from kg.errors import KGError
    from kg.pipeline import build
    from kg.pipeline.outcome import Build

# Loaded when first used, so that `import kg` and every small command start at once.
_MODULES = {
    "Build": "kg.pipeline.outcome",
    "Dataset": "kg.dataset",
    "KGError": "kg.errors",
    "Rows": "kg.dataset.rows",
    "build": "kg.pipeline",
    "open": "kg.dataset",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_MODULES[name]), name)
