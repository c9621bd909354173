"""`python3 tests benchmark`: how fast the course is, beside what a learner would use instead. Prints one table.

Everything is measured in one run, in real JupyterLab in Chromium, the two sides taking turns.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "notebooks")]


def row(name: str, unit: str, ours: Sequence[float], theirs: Sequence[float], rival: str) -> list[str]:
    """One line of the table: medians, 95th percentiles, and how many times the rival's ours is."""
    ratio = statistics.median(theirs) / statistics.median(ours)
    tails = high(theirs) / high(ours)
    return [
        name,
        rival,
        *(f"{statistics.median(x):.0f} ({high(x):.0f}) {unit}" for x in (ours, theirs)),
        f"{ratio:.1f} ({tails:.1f})",
    ]


def high(values: Sequence[float]) -> float:
    """The 95th percentile, or the largest of a few."""
    return statistics.quantiles(values, n=20)[-1] if len(values) >= 20 else max(values)


def main() -> None:
    # Here, since the two folders above must be on the path first.
    import kernels
    import pages
    import queues

    parser = argparse.ArgumentParser(prog="python3 tests benchmark", description=__doc__)
    parser.add_argument("--changes", type=int, default=40, help="slider changes on each side")
    parser.add_argument("--openings", type=int, default=5, help="times each notebook is opened")
    asked = parser.parse_args()
    sliders, openings = pages.measure(asked.changes, asked.openings)
    memory = kernels.memory()
    suite, bare = kernels.suite_against_starts()
    rows = [
        ["measure", "against", "ours: median (p95)", "theirs: median (p95)", "theirs / ours"],
        *(
            row(f"{name}: slider change to painted pixels", "ms", *changes, "interact + new pictures, same figure")
            for name, changes in sliders.items()
        ),
        row("notebook opened to lab ready", "ms", *openings, "notebook that only imports the same libraries"),
        row("memory of a learner's kernel", "MB", *memory, "kernel that only imports the same libraries"),
        *queues.rows(row),
        row("whole nbval suite", "s", [suite], [bare], "starting and stopping one bare kernel a notebook"),
    ]
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(rows[0]))]
    for cells in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
