"""`make fuzz`: hostile input for every reader, with figures at the end; 1 if anything went wrong.

PYTHONPATH=tests python -m fuzz [--minutes 10] [--engine atheris|mutation] [--out FOLDER] [TARGET ...]

The minutes are shared by the targets, whose processes run one after the other. Each crash is kept in the folder with
the shortest input that caused it, to be made into a test. `--growth` measures instead how the cost of hostile inputs
grows with their length.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from fuzz import engines, growth
from fuzz.targets import TARGETS


def main() -> int:
    """Run the targets, and print a table."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("targets", metavar="TARGET", nargs="*", help=f"default: all of {', '.join(TARGETS)}")
    parser.add_argument("--minutes", type=float, default=10, help="CPU minutes, shared by the targets; default: 10")
    parser.add_argument("--engine", choices=["atheris", "mutation"], help="default: atheris where it is installed")
    parser.add_argument("--seed", type=int, default=0, help="of the mutation engine; default: 0")
    parser.add_argument("--out", type=Path, help="where crashes are kept; default: a folder in the system's own")
    parser.add_argument("--growth", action="store_true", help="measure how cost grows with length, and fuzz nothing")
    parser.add_argument("--child", choices=list(TARGETS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = sorted(set(options.targets) - set(TARGETS))
    if unknown:
        parser.error(f"there is no target '{unknown[0]}'; there are {', '.join(TARGETS)}")
    if options.growth:
        return growth.main()
    folder = options.out or Path(tempfile.mkdtemp(prefix="knooppunt-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    engine = options.engine or ("atheris" if engines.has_atheris() else "mutation")
    if options.child:
        seconds = max(1, round(options.minutes * 60))
        if engine == "atheris":
            engines.follow(options.child, seconds, folder)
        else:
            engines.mutate(options.child, seconds, folder, options.seed)
        return 0
    return _all(options.targets or list(TARGETS), options.minutes, engine, options.seed, folder)


def _all(names: list[str], minutes: float, engine: str, seed: int, folder: Path) -> int:
    print(f"engine: {engine}; crashes are kept in {folder}")
    print(f"{'target':14} {'executions':>12} {'CPU s':>8} {'slowest s':>10} {'crashes':>8}")
    totals = {"executions": 0, "cpu": 0.0, "crashes": 0}
    for name in names:
        command = [
            sys.executable, "-m", "fuzz", "--child", name, "--engine", engine, "--seed", str(seed), "--out", str(folder),
            "--minutes", str(minutes / len(names)),
        ]  # fmt: skip
        with (folder / f"{name}.log").open("wb") as log:
            ended = subprocess.run(command, stdout=log, stderr=log, check=False)
        figures = engines.read_figures(name, folder)
        if ended.returncode and not figures["crashes"]:
            figures["crashes"] = 1  # the process itself was killed, for time or memory: the log says
        print(
            f"{name:14} {figures['executions']:12,} {figures['cpu']:8.1f} {figures['slowest']:10.3f} "
            f"{figures['crashes']:8}",
            flush=True,
        )
        for key in totals:
            totals[key] += figures[key]
    print(f"{'total':14} {totals['executions']:12,} {totals['cpu']:8.1f} {'':10} {totals['crashes']:8}")
    for path in sorted(folder.glob("*.txt")):
        print(f"\n{path.with_suffix('.input')}\n{path.read_text(encoding='utf-8')[:1500]}")
    return 1 if totals["crashes"] else 0


if __name__ == "__main__":
    sys.exit(main())
