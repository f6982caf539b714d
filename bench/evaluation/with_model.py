"""The command ``kg``, its builds with the statistical model: what `score.py` is given to measure the extra ``nlp``."""

import sys

from kg.commands import main

if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    main([command, *rest, *(["--nlp"] if command == "build" else [])])
