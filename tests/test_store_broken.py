"""What breaks while a store is loaded: afterwards the old data is there or the new, and loading again finishes."""

import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
import servers
from servers import PASSWORD, USER, Server
from test_store_servers import STAGED, STORES, client, dataset, held, new, old, server, staged, stored

from kg.dataset import Dataset
from kg.errors import StoreError
from kg.store import remote
from kg.store.client import Client, Login
from kg.store.profiles import PROFILES

pytestmark = pytest.mark.server
__all__ = ["new", "old", "server"]  # fixtures


class Proxy:
    """Passes bytes on, and cuts the first connections after so many of them."""

    def __init__(self, port: int, cuts: list[int]) -> None:
        self.port, self.cuts = port, cuts
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.port))
            left = [self.cuts.pop(0)] if self.cuts else [1 << 60]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(one, other, left), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, left: list[int]) -> None:
        with suppress(OSError):
            while data := one.recv(min(65536, max(left[0], 1))):
                left[0] -= len(data)
                other.sendall(data)
                if left[0] <= 0:
                    break
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@contextmanager
def proxy(server: Server, cuts: list[int]) -> Iterator[str]:
    port, _, path = server.url.removeprefix("http://127.0.0.1:").partition("/")
    made = Proxy(int(port), cuts)
    yield f"{made.url}/{path}"
    made.listener.close()


def is_safe(server: Server, found: set[bytes], old: set[bytes], new: set[bytes]) -> bool:
    """Whether a reader finds the old data, or the new; without transactions at least all that is in both."""
    return found in (old, new) if PROFILES[server.profile].atomic else old & new <= found <= old | new


@pytest.mark.parametrize("ways", [{}, STAGED], ids=["whole", "staged"])
@pytest.mark.parametrize("seed", range(4))
def test_a_connection_that_breaks_is_tried_again(
    server: Server, old: Dataset, new: Dataset, seed: int, ways: dict[str, int]
) -> None:
    graph = f"urn:test:cut:{seed}:{len(ways)}"
    with client(server) as store:
        remote.load(old, store, graph=graph)
    sizes = random.Random(seed)
    cuts = [int(10 ** sizes.uniform(0, 5.5)) for _ in range(4)]
    with proxy(server, cuts) as url, client(server, url=url, **ways) as store:
        remote.load(new, store, graph=graph)
    with client(server) as store:
        assert stored(store, graph) == held(new)
        assert staged(store) == 0


@pytest.mark.parametrize("ways", [{}, STAGED], ids=["whole", "staged"])
@pytest.mark.parametrize("seed", range(6))
def test_a_load_that_is_cut_off_leaves_what_was_there_and_is_finished_by_the_next(
    server: Server, old: Dataset, new: Dataset, seed: int, ways: dict[str, int]
) -> None:
    graph = f"urn:test:off:{seed}:{len(ways)}"
    with client(server) as store:
        remote.load(old, store, graph=graph)
    most = 4.3 if server.profile == "rdf4j" else 5.3  # it sends its answers compressed
    cut = int(10 ** random.Random(seed).uniform(2.5, most))
    with (
        proxy(server, [cut, *[0] * 50]) as url,
        client(server, url=url, attempts=1, **ways) as store,
        pytest.raises(StoreError),
    ):
        remote.load(new, store, graph=graph)
    with client(server, **ways) as store:
        assert is_safe(server, stored(store, graph), held(old), held(new))
        remote.load(new, store, graph=graph)
        assert stored(store, graph) == held(new)
        assert staged(store) == 0


@pytest.mark.parametrize("profile", STORES)
@pytest.mark.parametrize("ways", [{}, STAGED], ids=["whole", "staged"])
def test_a_store_that_is_killed_while_it_is_loaded_has_all_data_after_the_next_load(
    tmp_path: Path, old: Dataset, new: Dataset, profile: str, ways: dict[str, int]
) -> None:
    graph = "urn:test:killed"
    started = servers.START[profile](tmp_path)
    try:
        with client(started, **ways) as store:
            remote.load(old, store, graph=graph)
            with pytest.raises(StoreError):
                remote.load(new, store, graph=graph, advance=lambda count: started.kill())
        started.start()
        with client(started, **ways) as store:
            assert is_safe(started, stored(store, graph), held(old), held(new))
            remote.load(new, store, graph=graph)
            assert stored(store, graph) == held(new)
            assert staged(store) == 0
    finally:
        started.stop()


def test_a_load_goes_on_where_it_stopped(server: Server, old: Dataset) -> None:
    graph = "urn:test:resumed"
    sent: list[int] = []

    def stop(count: int) -> None:
        sent.append(count)
        if sum(sent) >= 500:
            raise KeyboardInterrupt

    with client(server, **STAGED) as store:
        store.update(store.profile.dropped.format(old.base + "annotations"))
        remote.load(old, store, graph="urn:test:other")  # so that the annotations are there
        with pytest.raises(KeyboardInterrupt):
            remote.load(old, store, graph=graph, advance=stop)
        rest: list[int] = []
        remote.load(old, store, graph=graph, advance=rest.append)
        assert sum(sent) + sum(rest) == len(held(old))


@pytest.mark.parametrize(
    "start",
    [servers.virtuoso, partial(servers.fuseki, secured=True), partial(servers.rdf4j, secured=True)],
    ids=["virtuoso", "fuseki", "rdf4j"],
)
def test_a_wrong_password_is_refused_at_once_and_never_shown(
    tmp_path: Path, old: Dataset, start: Callable[[Path], Server]
) -> None:
    started = start(tmp_path)
    try:
        for login in (Login(USER, "a wrong one"), None):
            slept: list[float] = []
            with Client(started.url, PROFILES[started.profile], login=login, sleep=slept.append) as store:
                with pytest.raises(StoreError, match="401") as refusal:
                    remote.load(old, store, graph="urn:test:secret")
                assert "a wrong one" not in repr(login) + repr(refusal.value) + str(refusal.value)
                assert not slept
        with Client(started.url, PROFILES[started.profile], login=Login(USER, PASSWORD)) as store:
            assert remote.load(old, store, graph="urn:test:secret").added
    finally:
        started.stop()


def test_what_a_store_refuses_is_reported_as_it_says(server: Server, tmp_path: Path) -> None:
    data = dataset(tmp_path, ("place/a", ox.Literal("a note")))
    with client(server, data="/nothing-here") as store, pytest.raises(StoreError, match=r"answers 4\d\d"):
        remote.load(data, store, graph="urn:test:refused")


def test_a_store_that_is_not_there_is_tried_some_times(old: Dataset) -> None:
    slept: list[float] = []
    url = f"http://127.0.0.1:{servers.free_port()}"
    nobody = Client(url, PROFILES["oxigraph"], sleep=slept.append)
    with nobody as store, pytest.raises(StoreError, match="cannot be reached"):
        remote.load(old, store)
    assert slept == [0.2, 0.4, 0.8, 1.6, 3.2]
