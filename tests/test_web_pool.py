"""The workers as processes: what is killed, what is not, and what comes back."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.web.sparql.answer import Answer, Stopped
from kg.web.sparql.forking import Forking
from kg.web.sparql.limits import Limits
from kg.web.sparql.pool import Pool
from kg.web.sparql.protocol import DATAGRAM, Question

pytestmark = [
    pytest.mark.slow,  # looks at the clock, which a busy machine makes late
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]

RUNAWAY = Question("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }", rows="csv")
MANY = Question("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", rows="csv")
GRAPH = ox.NamedNode("urn:graph")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store on disk: two graphs, one that is empty, blank nodes, and what N-Quads might lose."""
    place = tmp_path_factory.mktemp("store") / "store"
    store = ox.Store(str(place))
    for number in range(300):
        node, name = ox.NamedNode(f"urn:thing:{number}"), ox.NamedNode("urn:name")
        store.add(ox.Quad(node, name, ox.Literal(f"thing {number}", language="en")))
        store.add(ox.Quad(node, ox.NamedNode("urn:number"), ox.Literal(number), GRAPH))
    store.add(ox.Quad(ox.BlankNode("left"), name, ox.BlankNode("right"), GRAPH))
    store.add(
        ox.Quad(
            ox.BlankNode("left"), name, ox.Literal('a "quote"\n\u202e', language="ar", direction=ox.BaseDirection.RTL)
        )
    )
    store.add(ox.Quad(node, name, ox.Triple(node, name, ox.Literal("stated"))))
    store.add_graph(ox.NamedNode("urn:empty"))
    store.flush()
    return str(place)


@asynccontextmanager
async def pool_of(
    folder: str, *, in_memory: bool = True, files: list[list[str]] | None = None, **limits: Any
) -> AsyncIterator[Pool]:
    settings: dict[str, Any] = {"prefixes": {}, "base": "urn:base:"}
    settings |= {"files": files} if files else {"store": folder}
    if not in_memory:
        settings["in_memory"] = 0
    most = Limits(**{"seconds": 30, "workers": 1, "waiting": 20, **limits})
    forking = Forking({**settings, "megabytes": most.megabytes}, places=most.workers)
    pool = Pool(forking, limits=most)
    try:
        await forking.start()
        await pool.start()
        yield pool
    finally:
        await pool.stop()
        await forking.stop()


async def body(answer: Answer) -> str:
    async with asyncio.timeout(60):
        await answer.begin(2**30)
    return answer.first.decode()


async def rest(answer: Answer) -> bytes:
    text = b""
    while not answer.whole:
        text += await answer.next()
    return text


async def said(pool: Pool, text: str, **about: Any) -> str:
    return await body(pool.ask(Question(text, rows="csv", **about)))


async def numbered(pool: Pool, number: int) -> str:
    return (await said(pool, f"SELECT ({number} AS ?n) {{}}")).split()[1]


async def until(claim: Callable[[], object]) -> None:
    for _ in range(3000):  # a minute
        if claim():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


def children(process: int) -> dict[int, str]:
    """The processes that another started, with their state."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has ended
            continue
        if int(parent) == process:
            found[int(status.parent.name)] = state
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def threads(process: int) -> list[str]:
    return os.listdir(f"/proc/{process}/task")


def workers(pool: Pool) -> list[int]:
    assert pool.forking.process
    return list(children(pool.forking.process.pid))


def test_questions_behind_one_that_is_killed_are_answered(folder: str) -> None:
    async def case() -> None:
        async with pool_of(folder, seconds=0.3) as pool:
            running = pool.ask(RUNAWAY)
            behind = [asyncio.ensure_future(numbered(pool, number)) for number in range(40)]
            with pytest.raises(Stopped, match=r"0\.3 seconds"):
                await running.begin(1)
            assert await asyncio.gather(*behind) == [str(number) for number in range(40)]

    asyncio.run(case())


def test_questions_do_not_wait_behind_a_slow_one_while_another_worker_is_free(folder: str) -> None:
    async def case() -> None:
        async with pool_of(folder, workers=2, seconds=300) as pool:
            running = pool.ask(RUNAWAY)
            for number in range(100):
                assert await numbered(pool, number) == str(number)
            assert not running.arrived
            assert not running.refusal
            running.leave()

    asyncio.run(case())


def test_a_client_that_leaves_before_its_question_is_begun_harms_no_other(folder: str) -> None:
    async def case() -> None:
        async with pool_of(folder) as pool:
            slow = pool.ask(Question(MANY.text + " LIMIT 1000000", rows="csv"))
            await until(lambda: slow.begun)
            (worker,) = workers(pool)
            left = [pool.ask(RUNAWAY) for _ in range(30)]  # in the queue, and behind it
            for answer in left:
                answer.leave()
            next_one = asyncio.ensure_future(numbered(pool, 7))
            assert (await body(slow)).count("\r\n") == 1_000_001
            assert await next_one == "7"
            assert workers(pool) == [worker]  # none of those was begun
            assert not pool.asked
            assert not pool.waiting

    asyncio.run(case())


def test_the_limit_of_time_counts_from_when_a_question_is_begun(folder: str) -> None:
    async def case() -> None:
        async with pool_of(folder, seconds=0.6) as pool:
            begun = time.monotonic()
            first, second = pool.ask(RUNAWAY), pool.ask(RUNAWAY)
            for answer, after in ((first, 0.6), (second, 1.2)):
                with pytest.raises(Stopped):
                    await answer.begin(1)
                assert time.monotonic() - begun > after - 0.1

    asyncio.run(case())


def test_a_client_that_reads_slowly_and_leaves_gives_its_worker_back(folder: str) -> None:
    async def case() -> None:
        async with pool_of(folder) as pool:
            slow = pool.ask(MANY)
            await slow.begin(1)
            await until(lambda: cast(Any, slow.worker) and cast(Any, slow.worker).paused)
            slow.close()
            assert await numbered(pool, 1) == "1"

    asyncio.run(case())


def test_an_answer_that_a_client_has_not_read_yet_holds_nobody_up(folder: str) -> None:
    """Its last pieces are here, or its worker waits: what is asked next is never behind them."""

    async def case() -> None:
        async with pool_of(folder, workers=2) as pool:
            for rows in (*range(12_000, 15_000, 200), 400_000):
                slow = pool.ask(Question(f"{MANY.text} LIMIT {rows}", rows="csv"))
                await slow.begin(1)
                await asyncio.sleep(0.05)  # the worker ends, or waits
                for number in range(4):
                    async with asyncio.timeout(2):
                        assert await numbered(pool, number) == str(number)
                text = slow.first + await rest(slow)
                assert text.count(b"\r\n") == rows + 1

    asyncio.run(case())


def test_an_answer_that_is_refused_after_its_beginning_is_not_taken_for_the_whole(folder: str) -> None:
    async def case() -> None:
        async with pool_of(folder) as pool:
            answer = pool.ask(MANY._replace(most=300_000))
            await answer.begin(100_000)
            assert not answer.whole
            await until(lambda: answer.arrived)
            with pytest.raises(Stopped, match="more than"):
                await rest(answer)
            assert await numbered(pool, 1) == "1"

    asyncio.run(case())


@pytest.mark.parametrize("length", [DATAGRAM - 100, DATAGRAM, DATAGRAM + 100, 2**20])
def test_a_question_may_be_long(folder: str, length: int) -> None:
    async def case() -> None:
        async with pool_of(folder, workers=2) as pool:
            texts = [f"SELECT ({number} AS ?n) {{}} #{'x' * length}" for number in range(30)]
            answers = await asyncio.gather(*(said(pool, text) for text in texts))
            assert [answer.split()[1] for answer in answers] == [str(number) for number in range(30)]

    asyncio.run(case())


def test_a_worker_that_ends_is_replaced_and_none_is_left_unreaped(folder: str) -> None:
    async def case() -> None:
        async with pool_of(folder, workers=2) as pool:
            for _ in range(5):
                before = workers(pool)
                os.kill(before[0], signal.SIGKILL)
                await until(lambda before=before: len(workers(pool)) == 2 and before[0] not in workers(pool))  # type: ignore[misc]
                assert await numbered(pool, 3) == "3"
            assert pool.forking.process
            assert set(children(pool.forking.process.pid).values()) <= {"S", "R"}

    asyncio.run(case())


def test_what_a_worker_took_and_could_not_say_is_asked_again(folder: str) -> None:
    async def case() -> None:
        async with pool_of(folder) as pool:
            (worker,) = workers(pool)
            assert pool.forking.process
            server = pool.forking.process.pid
            os.kill(worker, signal.SIGSTOP)
            await until(lambda: children(server)[worker] == "T")  # or it might take the question itself
            lost = asyncio.ensure_future(numbered(pool, 5))
            await asyncio.sleep(0)
            pool.taken.recv(DATAGRAM, socket.MSG_DONTWAIT)  # as the worker would, an instant before it is killed
            os.kill(worker, signal.SIGKILL)
            assert await lost == "5"

    asyncio.run(case())


def test_a_worker_that_is_killed_for_what_it_has_just_answered_harms_no_other(folder: str) -> None:
    async def case() -> None:
        async with pool_of(folder) as pool:
            answer = asyncio.ensure_future(said(pool, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
            await until(lambda: pool.board.at(0))
            (worker,) = workers(pool)
            pool.workers[0].killed = 999  # for another question
            os.kill(worker, signal.SIGKILL)
            assert (await answer).split()[1] == str(302**3)

    asyncio.run(case())


@pytest.mark.parametrize("tries", [1, 2])
def test_a_question_whose_worker_somebody_kills_is_put_again_where_it_may(folder: str, tries: int) -> None:
    async def case() -> str:
        async with pool_of(folder) as pool:
            pool.tries = tries
            answer = asyncio.ensure_future(said(pool, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
            await until(lambda: pool.board.at(0))
            os.kill(workers(pool)[0], signal.SIGKILL)
            return (await answer).split()[1]

    if tries == 1:
        with pytest.raises(Stopped, match="memory"):
            asyncio.run(case())
    else:
        assert asyncio.run(case()) == str(302**3)


def test_when_the_fork_server_ends_another_takes_over(folder: str) -> None:
    async def case() -> None:
        async with pool_of(folder, workers=3) as pool:
            for number in range(3):
                assert pool.forking.process
                first, old = pool.forking.process.pid, workers(pool)
                running = [pool.ask(RUNAWAY) for _ in range(3)]
                behind = asyncio.ensure_future(numbered(pool, number))
                await until(lambda: all(pool.board.at(place) for place in range(3)))
                os.kill(first, signal.SIGKILL)
                for answer in running:
                    with pytest.raises(Stopped, match="started again"):
                        await answer.begin(1)
                assert await behind == str(number)
                assert pool.forking.process.pid != first
                assert not any(alive(process) for process in (first, *old))
                await until(lambda: len(workers(pool)) == 3)

    asyncio.run(case())


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_query_over_its_memory_ends_its_worker_alone(folder: str, in_memory: bool) -> None:
    names = "?a <urn:number> ?c . ?d <urn:number> ?f . ?g <urn:number> ?i"
    greedy = f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?all) {{ GRAPH <urn:graph> {{ {names} }} }}"

    async def case() -> None:
        async with pool_of(folder, in_memory=in_memory, megabytes=16) as pool:
            for _ in range(3):
                with pytest.raises(Stopped, match="memory"):
                    await said(pool, greedy)
                assert await numbered(pool, 1) == "1"

    asyncio.run(case())


def test_every_process_is_confined_and_forked_from_one_thread(folder: str) -> None:
    async def case() -> None:
        async with pool_of(folder, workers=2) as pool:
            assert pool.forking.process
            for process in (pool.forking.process.pid, *workers(pool)):
                status = Path(f"/proc/{process}/status").read_text()
                assert "Seccomp:\t2" in status
                assert "Threads:\t1\n" in status

    asyncio.run(case())


def test_two_workers_never_give_the_same_random_numbers(folder: str, tmp_path: Path) -> None:
    file = tmp_path / "dataset.nt"  # whose blank nodes get random names when they are read
    file.write_text("".join(f'_:b{number} <urn:name> "{number}" .\n' for number in range(300)))
    text = "SELECT (UUID() AS ?a) (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?none"

    async def case(settings: dict[str, Any]) -> None:
        async with pool_of(folder, workers=4, **settings) as pool:
            found = await asyncio.gather(*(said(pool, f"{text} #{number}") for number in range(32)))
            assert len(set(found)) == 32

    asyncio.run(case({}))
    asyncio.run(case({"files": [[str(file), ""]]}))


ASKED = (
    "SELECT ?g (COUNT(?s) AS ?n) { GRAPH ?g { OPTIONAL { ?s ?p ?o } } } GROUP BY ?g ORDER BY ?g",
    "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?g ?s ?p ?o",
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
)


def test_a_store_is_answered_the_same_from_memory_as_from_disk(folder: str) -> None:
    async def case() -> None:
        found = []
        for in_memory in (True, False):
            async with pool_of(folder, in_memory=in_memory) as pool:
                (worker,) = workers(pool)
                assert (len(threads(worker)) == 1) is in_memory  # RocksDB has its own
                answers = [
                    await said(pool, text, triples="ntriples", union=union) for text in ASKED for union in (False, True)
                ]
                found.append([sorted(answer.splitlines()) for answer in answers])
        assert found[0] == found[1]
        assert found[0][0][1:] == ["urn:empty,0", "urn:graph,301"]
        assert len(found[0][2]) == 605

    asyncio.run(case())


def test_a_store_that_cannot_be_opened_is_said_to_be_so(tmp_path: Path) -> None:
    async def case() -> None:
        with pytest.raises(StoreError):
            async with pool_of(str(tmp_path / "nothing")):
                pass

    asyncio.run(case())


def test_the_workers_end_with_the_server(folder: str) -> None:
    """Also where it is killed, and a query runs."""
    code = f"""
import asyncio, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_web_pool import RUNAWAY, pool_of, until, workers
async def main():
    async with pool_of({folder!r}, workers=2) as pool:
        running = pool.ask(RUNAWAY)
        await until(lambda: running.begun)
        print(pool.forking.process.pid, *workers(pool), flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        processes = [int(word) for word in server.stdout.readline().split()]
        assert len(processes) == 3
        server.kill()
    asyncio.run(until(lambda: not any(alive(process) for process in processes)))
