"""Fairness: no client's queries deny the server to another, and no slow query holds up a quick one."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient
from web_server import serving

from kg.dataset import Dataset
from kg.web.app import application
from kg.web.desk import Desk
from kg.web.snapshot import Snapshot
from kg.web.sparql.answer import Answer, Stopped
from kg.web.sparql.lanes import Lanes, client_of
from kg.web.sparql.limits import Limits
from kg.web.sparql.protocol import Question
from kg.web.sparql.turns import Turns

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 50000"


@asynccontextmanager
async def lanes_of(data: Dataset, **limits: Any) -> AsyncIterator[Lanes]:
    snapshot = Snapshot(data)
    known = {"prefixes": data.prefixes, "base": data.base}
    lanes = Lanes({**snapshot.settings, **known}, limits=Limits(**{"seconds": 5, **limits}))
    await lanes.start()
    try:
        yield lanes
    finally:
        await lanes.stop()


def slow(number: int) -> Question:
    return Question(f"{RUNAWAY} # {number}", rows="csv")


def quick(number: int) -> Question:
    return Question(f"SELECT ({number} AS ?n) {{}}", rows="csv")


async def said(answer: Answer) -> str:
    try:
        async with asyncio.timeout(30):
            await answer.begin(2**30)
        return answer.first.decode()
    finally:
        answer.close()


def test_clients_with_slow_queries_do_not_keep_others_from_quick_ones(built_sides: Dataset) -> None:
    async def case() -> None:
        async with lanes_of(built_sides, seconds=300, waiting=300) as lanes:
            running = [lanes.ask(slow(number), client=f"slow{number % 4}") for number in range(32)]
            while sum(answer.pool is lanes.long for answer in running) < 2:
                await asyncio.sleep(0.01)
            for number in range(10):
                assert str(number) in await said(lanes.ask(quick(number), client="other"))
                assert str(number) in await said(lanes.ask_for_site(quick(number), client="other"))
            assert not any(answer.arrived or answer.refusal for answer in running)
            for answer in running:
                answer.close()

    asyncio.run(case())


def test_a_client_has_its_turn_among_long_queries_whatever_another_asks(built_sides: Dataset) -> None:
    async def case() -> None:
        async with lanes_of(built_sides, seconds=1, waiting=60) as lanes:
            greedy = [lanes.ask(slow(number), client="greedy") for number in range(16)]
            while not any(answer.pool is lanes.long for answer in greedy):
                await asyncio.sleep(0.01)
            with pytest.raises(Stopped, match="1 seconds"):  # it ran, and was not left waiting
                await said(lanes.ask(slow(100), client="other"))
            assert sum(bool(answer.refusal) for answer in greedy) < len(greedy) / 2  # which are not behind it
            for answer in greedy:
                answer.close()

    asyncio.run(case())


def test_the_last_worker_for_what_is_long_is_for_another_client(built_sides: Dataset) -> None:
    async def case() -> None:
        async with lanes_of(built_sides, seconds=300, waiting=300) as lanes:
            long = Question(LARGE, rows="csv")
            for number in range(4):
                lanes.known_long[hash(slow(number))] = None
            lanes.known_long[hash(long)] = None
            greedy = [lanes.ask(slow(number), client="greedy") for number in range(4)]
            while not any(answer.begun for answer in greedy):
                await asyncio.sleep(0.01)
            assert (await said(lanes.ask(long, client="other"))).count("\r\n") == 50_001
            assert sum(bool(answer.begun) for answer in greedy) == 1
            for answer in greedy:
                answer.close()

    asyncio.run(case())


def test_a_client_that_asks_too_much_is_told_when_to_come_back(built_sides: Dataset) -> None:
    async def case() -> None:
        async with lanes_of(built_sides, share=3, queue=4) as lanes:
            under_way = [lanes.ask(slow(number), client="a") for number in range(3)]
            with pytest.raises(Stopped) as stopped:
                await said(lanes.ask(quick(1), client="a"))
            assert (stopped.value.refusal.status, stopped.value.refusal.again) == (429, 5)
            assert "2" in await said(lanes.ask(quick(2), client="b"))
            for answer in under_way:
                answer.close()
            assert "3" in await said(lanes.ask(quick(3), client="a"))
            assert not lanes.asked

    asyncio.run(case())


def test_only_so_many_queries_wait(built_sides: Dataset) -> None:
    async def case() -> None:
        async with lanes_of(built_sides, queue=4, workers=1) as lanes:
            under_way = [lanes.ask(slow(number), client=str(number)) for number in range(30)]
            refused = [answer for answer in under_way if answer.refusal]
            assert refused
            assert all(answer.refusal and answer.refusal.status == 503 for answer in refused)
            assert sum(len(pool.waiting) for pool in (lanes.quick, lanes.long)) <= 5
            for answer in under_way:
                answer.close()
            assert "1" in await said(lanes.ask(quick(1), client="x"))

    asyncio.run(case())


def test_what_proves_to_be_long_is_answered_whole_and_goes_on_the_long_lane_at_once(built_sides: Dataset) -> None:
    async def case() -> None:
        async with lanes_of(built_sides, seconds=20) as lanes:
            question = Question(LARGE, rows="csv")
            for at_once in (False, True):
                answer = lanes.ask(question)
                assert (answer.pool is lanes.long) is at_once
                text = await said(answer)
                assert text.count("\r\n") == 50_001
                assert answer.pool is lanes.long
            short = lanes.ask(quick(1))
            await said(short)
            assert short.pool is lanes.quick

    asyncio.run(case())


def test_what_was_long_by_chance_is_quick_again(built_sides: Dataset) -> None:
    async def case() -> None:
        async with lanes_of(built_sides) as lanes:
            lanes.known_long[hash(quick(1))] = None
            first = lanes.ask(quick(1))
            await said(first)
            second = lanes.ask(quick(1))
            await said(second)
            assert (first.pool, second.pool) == (lanes.long, lanes.quick)

    asyncio.run(case())


def test_slow_named_queries_keep_nobody_from_those_that_are_quick(built_sides: Dataset) -> None:
    async def case() -> None:
        async with lanes_of(built_sides, seconds=300, waiting=300) as lanes:
            running = [lanes.ask_for_site(slow(number), client=f"slow{number}") for number in range(6)]
            while not any(answer.pool is lanes.site_long and answer.begun for answer in running):
                await asyncio.sleep(0.01)
            for number in range(5):
                assert str(number) in await said(lanes.ask_for_site(quick(number), client="other"))
            for answer in running:
                answer.close()

    asyncio.run(case())


def test_a_client_has_never_all_threads_for_pages() -> None:
    released = threading.Event()

    async def case() -> None:
        desk = Desk(Limits(share=5), at_once=2)
        greedy = [asyncio.create_task(desk.do("greedy", released.wait)) for _ in range(5)]
        await asyncio.sleep(0)  # they have asked
        with pytest.raises(HTTPException) as refused:
            await desk.do("greedy", len, "")
        assert (refused.value.status_code, refused.value.headers) == (429, {"retry-after": "1"})
        assert [await desk.do("other", len, "abc") for _ in range(3)] == [3, 3, 3]
        assert not any(task.done() for task in greedy)
        greedy[4].cancel()
        released.set()
        assert await asyncio.gather(*greedy[:4]) == [True] * 4
        with pytest.raises(ZeroDivisionError):
            await desk.do("greedy", lambda: 1 / 0)
        assert (desk.free, dict(desk.asked), len(desk.waiting), dict(desk.waiting.begun)) == (2, {}, 0, {})

    asyncio.run(case())


def test_threads_are_given_on_when_clients_leave() -> None:
    released = threading.Event()

    async def case() -> None:
        desk = Desk(Limits(), at_once=1)
        running, waiting, last = (asyncio.create_task(desk.do("a", released.wait)) for _ in range(3))
        await asyncio.sleep(0)
        for left in (running, waiting):
            left.cancel()
        await asyncio.gather(running, waiting, return_exceptions=True)
        assert (desk.free, len(desk.waiting)) == (0, 1)  # a thread cannot be stopped: it has its place until it ends
        released.set()
        assert await last
        assert desk.free == 1

    asyncio.run(case())


def test_a_client_that_asks_for_too_many_pages_gets_429(built_sides: Dataset) -> None:
    with TestClient(application(built_sides, limits=Limits(share=0))) as client:
        for path, kind in (("/search?q=a", "text/html"), ("/queries/events", "text/html"), ("/dataset", "text/turtle")):
            answer = client.get(path, headers={"accept": kind})
            assert (answer.status_code, answer.headers["retry-after"]) == (429, "1"), path


def test_clients_take_turns() -> None:
    turns = Turns(2)
    for client, number in (("a", 1), ("a", 2), ("a", 3), ("b", 4), ("b", 5), ("", 6), ("", 7), ("", 8)):
        answer = Answer.__new__(Answer)
        answer.client, answer.number = client, number
        turns.add(answer)
    order = []
    while answer := turns.next():  # type: ignore[assignment]
        order.append(answer.number)
        turns.begin(answer)
    assert order == [1, 4, 6, 2, 5, 7, 8]  # the third of a waits until one of its own has ended
    assert len(turns) == 1
    turns.end("a")
    assert turns.next()


@pytest.mark.parametrize(
    ("address", "client"),
    [
        (("10.0.0.1", 1), "10.0.0.1"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
        (("fe80::1%eth0", 1), "fe80::/64"),
        (("::nonsense::", 1), "::nonsense::"),
        (None, ""),
    ],
)
def test_a_client_is_an_address_or_the_network_of_a_customer(address: Any, client: str) -> None:
    assert client_of({"client": address}) == client


def test_a_client_over_its_share_gets_429_and_when_to_come_back(built_sides: Dataset) -> None:
    async def case(root: str) -> list[httpx2.Response]:
        async with httpx2.AsyncClient(base_url=root, timeout=60) as client:
            queries = [{"query": f"{RUNAWAY} # {number}"} for number in range(20)]
            return await asyncio.gather(*(client.get("/sparql", params=query) for query in queries))

    with serving(built_sides.folder, "--seconds", "0.1") as root:
        found = asyncio.run(case(root))
        refused = [answer for answer in found if answer.status_code == 429]
        assert len(refused) == 4
        assert {answer.headers["retry-after"] for answer in refused} == {"1"}
        assert httpx2.get(f"{root}/sparql", params={"query": "ASK {}"}).status_code == 200
