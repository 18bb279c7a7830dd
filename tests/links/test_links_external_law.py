"""The law of the schedule, for any hosts, jobs and answers, on a clock that is not the world's."""

from __future__ import annotations

import asyncio
import selectors
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.links.external_judge import Answer, Trouble
from knooppunt.links.external_model import Limits, Verdict
from knooppunt.links.external_run import Outcome, Run
from knooppunt.links.external_schedule import Schedule
from knooppunt.links.hosts import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from knooppunt.links.external_judge import Job

TINY = 1e-6


class _Jump(selectors.SelectSelector):
    """Waits for nothing: time jumps to where it would have waited."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose clock is not the world's."""

    def __init__(self) -> None:
        self.jump = _Jump()
        super().__init__(self.jump)

    def time(self) -> float:
        return self.jump.now


def on_a_clock_of_its_own(work: Callable[[], Coroutine[Any, Any, Outcome]]) -> Outcome:
    loop = Loop()
    try:
        return loop.run_until_complete(work())
    finally:
        loop.close()


# The schedule alone --------------------------------------------------------------------------------------------------

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from("abc"), st.floats(0, 5)),
        st.tuples(st.just("pause"), st.sampled_from("abc"), st.floats(0, 5)),
        st.tuples(st.just("slow"), st.sampled_from("abc"), st.floats(0, 3)),
        st.tuples(st.just("free"), st.sampled_from("abc"), st.just(0.0)),
        st.tuples(st.just("drop"), st.sampled_from("abc"), st.just(0.0)),
        st.tuples(st.just("tick"), st.just(""), st.floats(0, 4)),
    ),
    max_size=80,
)


@settings(deadline=None)
@given(STEPS, st.integers(1, 3), st.integers(1, 5), st.floats(0, 2))
def test_the_schedule_keeps_its_law(
    steps: list[tuple[str, str, float]], per_host: int, total: int, interval: float
) -> None:
    schedule: Schedule[int] = Schedule(per_host=per_host, total=total, interval=interval)
    now = 0.0
    running: Counter[str] = Counter()
    last: dict[str, float] = {}
    paused: dict[str, float] = defaultdict(float)
    gaps: dict[str, float] = defaultdict(lambda: interval)
    earliest: dict[int, float] = {}
    waiting: set[int] = set()
    for number, (what, host, value) in enumerate(steps):
        if what == "add":
            schedule.add(host, number, at=now + value)
            earliest[number] = now + value
            waiting.add(number)
        elif what == "pause":
            schedule.pause(host, now + value)
            paused[host] = max(paused[host], now + value)
        elif what == "slow":
            schedule.slow(host, value)
            gaps[host] = max(gaps[host], value)
        elif what == "free" and running[host]:
            schedule.free(host)
            running[host] -= 1
        elif what == "drop":
            waiting -= set(schedule.drop(host))
        elif what == "tick":
            now += value
        while (taken := schedule.take(now)) is not None:
            name, job = taken
            running[name] += 1
            waiting.remove(job)
            assert running[name] <= per_host
            assert running.total() <= total
            assert now >= paused[name]
            assert now >= earliest[job]
            assert name not in last or now - last[name] >= gaps[name] - TINY
            last[name] = now
        assert schedule.waiting == len(waiting)
        assert schedule.running == running.total()
        wait = schedule.wait(now)
        assert wait is None or wait > 0
        if waiting and not running.total():
            assert wait is not None, "jobs wait, none runs, and nobody is waited for"


def test_hosts_take_turns() -> None:
    """A host with many links does not hold up the others."""
    schedule: Schedule[int] = Schedule(per_host=9, total=9, interval=0)
    for number, host in enumerate("aaaaabbc"):
        schedule.add(host, number, order=number)
    order = "".join(taken[0] for taken in iter(lambda: schedule.take(0.0), None))
    assert order == "abcabaaa"


# The whole run -------------------------------------------------------------------------------------------------------


@dataclass
class World:
    """Hosts that answer as a list of strange answers says, and note what is asked when."""

    answers: list[tuple[str, float]]
    limits: Limits
    loop: asyncio.AbstractEventLoop | None = None

    def __post_init__(self) -> None:
        self.running: Counter[str] = Counter()
        self.pauses: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.last: dict[str, float] = {}
        self.asked = 0

    async def ask(self, job: Job) -> Answer:
        loop = asyncio.get_running_loop()
        host = job.at.host
        now = loop.time()
        for said, until in self.pauses[host]:  # one that starts in the very moment knows nothing of it yet
            assert not said + TINY < now < until - TINY, "before the pause was over"
        self.running[host] += 1
        assert self.running[host] <= self.limits.per_host
        assert self.running.total() <= self.limits.total
        if host in self.last and self.limits.rate:
            assert now - self.last[host] >= 1 / self.limits.rate - TINY
        self.last[host] = now
        kind, seconds = self.answers[self.asked % len(self.answers)] if self.answers else ("200", 0.0)
        self.asked += 1
        await asyncio.sleep(seconds)
        self.running[host] -= 1
        if kind == "pause":
            self.pauses[host].append((loop.time(), loop.time() + seconds))
            return Answer(status=429, retry_after=f"{seconds:.6f}")
        if kind == "onward":
            return Answer(status=302, location=f"http://{'abc'[self.asked % 3]}.example/{self.asked}")
        if kind in {"timeout", "connection", "dns"}:
            return Answer(trouble=Trouble(kind))
        return Answer(status=int(kind))


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["200", "404", "403", "500", "429", "pause", "onward", "timeout", "connection", "dns"]),
        st.floats(0, 20),
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=100)
@given(ANSWERS, st.integers(1, 40), st.integers(1, 3), st.integers(1, 6), st.sampled_from([0.0, 0.5, 10.0]))
def test_a_run_keeps_the_law_and_judges_everything(
    answers: list[tuple[str, float]], links: int, per_host: int, total: int, rate: float
) -> None:
    """Whatever hosts answer, and in whatever time: it ends, each link has a verdict, and no host is asked too soon."""
    limits = Limits(rate=rate, per_host=per_host, total=total, patience=15, deadline=600)
    world = World(answers, limits)
    places = [place_of(f"http://{'abc'[number % 3]}.example/{number}") for number in range(links)]

    async def online() -> bool:
        return True

    outcome = on_a_clock_of_its_own(lambda: Run(world.ask, limits, online=online)(places))
    assert set(outcome.checked) == {place.whole for place in places}
    assert outcome.requests == world.asked


def test_a_pause_costs_no_try() -> None:
    """Five pauses and one try: the sixth answer is the first that counts. Two pauses, and one try of two."""
    limits = Limits(rate=0, tries=1, pauses=9)
    world = World([("404", 0), *[("pause", 2.0)] * 5, ("200", 0)], limits)
    outcome = on_a_clock_of_its_own(lambda: Run(world.ask, limits, online=_yes)([place_of("http://a.example/x")]))
    assert [checked.verdict for checked in outcome.checked.values()] == [Verdict.OK]
    assert outcome.requests == 7
    one_left = World([("404", 0), ("pause", 2.0), ("500", 0), ("pause", 2.0), ("200", 0)], replace(limits, tries=2))
    outcome = on_a_clock_of_its_own(
        lambda: Run(one_left.ask, one_left.limits, online=_yes)([place_of("http://a.example/x")])
    )
    assert [checked.verdict for checked in outcome.checked.values()] == [Verdict.OK]


def test_without_a_network_nothing_is_known() -> None:
    """One name in vain is enough to ask; then no other host is waited for."""
    limits = Limits(rate=0)

    async def ask(job: Job) -> Answer:
        await asyncio.sleep(5)
        return Answer(trouble=Trouble.DNS_LATER)

    async def online() -> bool:
        return False

    places = [place_of(f"http://{number}.example/x") for number in range(500)]
    outcome = on_a_clock_of_its_own(lambda: Run(ask, limits, online=online)(places))
    assert outcome.offline
    assert {checked.verdict for checked in outcome.checked.values()} == {Verdict.UNKNOWN}
    assert outcome.requests <= limits.total


def test_the_run_ends_at_its_deadline() -> None:
    """What was not asked by then is unknown, not broken."""
    limits = Limits(rate=0.1, deadline=35)
    world = World([("200", 0.0)], limits)
    places = [place_of(f"http://a.example/{number}") for number in range(10)]
    outcome = on_a_clock_of_its_own(lambda: Run(world.ask, limits, online=_yes)(places))
    verdicts = Counter(checked.verdict for checked in outcome.checked.values())
    assert verdicts == {Verdict.OK: 3, Verdict.UNKNOWN: 7}


def test_a_host_that_wants_seconds_between_requests_gets_them() -> None:
    """The crawl delay of its robots.txt."""
    limits = Limits(rate=0)
    times: list[float] = []

    async def ask(job: Job) -> Answer:
        times.append(asyncio.get_running_loop().time())
        return Answer(status=200, body=b"User-agent: *\nCrawl-delay: 7\n" if job.robots else b"")

    places = [place_of(f"http://a.example/{number}") for number in range(4)]
    on_a_clock_of_its_own(lambda: Run(ask, limits, online=_yes)(places))
    assert [round(later - earlier, 3) for earlier, later in pairwise(times)] == [7, 7, 7, 7]


async def _yes() -> bool:
    return True
