"""The queue simulation of notebook 09 beside SimPy and Ciw: the same lines, the same number of cases, in one run."""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import ciw
import numpy as np
import simpy

from digigov.models import queues

MINUTES = 20.0  # that a case takes
CASES = 600  # in a run, from an empty line
WARM_UP = 300  # of them, not counted
RUNS = 480  # so many that the mean of their averages is as good as normal


@dataclass(frozen=True)
class Line:
    """One line: servers and cases an hour."""

    servers: int
    per_hour: float


SYSTEMS = {"split": Line(2, 4.6), "pooled": Line(16, 36.8)}  # the lab's default: one office, and all in one
Waits = list[float]  # average wait of each run, in minutes


def ours(line: Line, seed: int) -> Waits:
    """All runs at once."""
    draw = np.random.default_rng(seed)
    shape = CASES, RUNS
    gaps = draw.exponential(60 / line.per_hour, shape)
    waits = queues.serve(gaps, draw.exponential(MINUTES, shape), np.zeros((shape[1], line.servers)))
    return waits[WARM_UP:].mean(axis=0).tolist()


def with_simpy(line: Line, seed: int) -> Waits:
    """A process for each case, one run after another."""
    draw = random.Random(seed)

    def run() -> float:
        world = simpy.Environment()
        officers = simpy.Resource(world, line.servers)
        waits = []

        def case():
            came = world.now
            with officers.request() as turn:
                yield turn
                waits.append(world.now - came)
                yield world.timeout(draw.expovariate(1 / MINUTES))

        def arrivals():
            for _ in range(CASES):
                yield world.timeout(draw.expovariate(line.per_hour / 60))
                world.process(case())

        world.process(arrivals())
        world.run()
        return statistics.mean(waits[WARM_UP:])

    return [run() for _ in range(RUNS)]


def with_ciw(line: Line, seed: int) -> Waits:
    """Ciw's own network of one node, one run after another, until as many cases have arrived."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=line.per_hour / 60)],
        service_distributions=[ciw.dists.Exponential(rate=1 / MINUTES)],
        number_of_servers=[line.servers],
    )

    def run(number: int) -> float:
        ciw.seed(number)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_customers(CASES, method="Finish")
        records = sorted(simulation.get_all_records(), key=lambda record: record.arrival_date)
        return statistics.mean(record.waiting_time for record in records[WARM_UP:CASES])

    return [run(seed * 10_000 + number) for number in range(RUNS)]


def against_simpy_and_ciw(repeats: int = 3) -> list[tuple[str, str, list[float], list[float]]]:
    """For each system and rival: its name, the rival's, and seconds of ours and of theirs, taking turns.

    Raises SystemExit where somebody's average wait does not agree with Erlang C: their time would mean nothing.
    """
    measured = []
    for name, line in SYSTEMS.items():
        ways: dict[str, Callable[[Line, int], Waits]] = {"ours": ours, "SimPy": with_simpy, "Ciw": with_ciw}
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        waits: dict[str, Waits] = {way: [] for way in ways}
        for seed in range(1, repeats + 1):
            for way, simulate in ways.items():
                start = time.perf_counter()
                waits[way] += simulate(line, seed)
                seconds[way].append(time.perf_counter() - start)
        exact = float(queues.mean_wait(line.servers, line.per_hour, MINUTES))
        for way, found in waits.items():
            error = statistics.stdev(found) / len(found) ** 0.5
            if abs(statistics.mean(found) - exact) > 3.3 * error:
                raise SystemExit(
                    f"{way}, {name}: {statistics.mean(found):.2f} min, not {exact:.2f} ± {3.3 * error:.2f}"
                )
            print(
                f"{name}, {way}: {statistics.mean(found):.2f} ± {queues.NORMAL_95 * error:.2f} min, exact {exact:.2f}"
            )
        measured += [(name, rival, seconds["ours"], seconds[rival]) for rival in ("SimPy", "Ciw")]
    return measured


def rows(row: Callable[..., list[str]], repeats: int = 3) -> list[list[str]]:
    """The same as lines of the benchmark's table; `row` is that of `__main__`."""
    return [
        row(
            f"queue simulation, {name}, {CASES * RUNS:,} cases",
            "ms",
            *([1000 * x for x in side] for side in times),
            rival,
        )
        for name, rival, *times in against_simpy_and_ciw(repeats)
    ]
