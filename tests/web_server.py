"""A server really started on loopback, for tests that send it real requests."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(data: Path, *options: str) -> Iterator[str]:
    """The root address, without the last slash, of ``kg serve`` on a free port; it ends with the block."""
    command = [sys.executable, "-m", "kg", "serve", "--data", str(data), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            said = iter(process.stderr.readline, "")
            address = next(filter(None, (re.match(r"http://\S+?(?=/ )", line) for line in said)), None)
            assert address, "it ended"
            yield address[0]
        finally:
            process.terminate()
            process.wait(timeout=300)  # a busy machine takes its time


def wait_for_the_index(search: Callable[[], int], *, most: int = 200) -> None:
    """Ask the search until its status is not 503, which says that its index was not made some seconds later."""
    for _ in range(most):
        if (status := search()) != 503:
            assert status == 200, f"the search answers {status}"
            return
    raise AssertionError(f"the words were not indexed while the search was asked {most} times")
