"""Two engines: atheris, which follows the branches that an input takes, and plain mutation where it is not there."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.util
import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fuzz.seeds import seeds, words
from fuzz.targets import TARGETS, Target

SLOW = 2.0
"""CPU seconds for one input of a few kilobytes that count as a crash."""
LONGEST = 6000
"""Bytes of an input."""


class Crashes:
    """What went wrong, each kind once, and how often anything ran."""

    def __init__(self, name: str, run: Callable[[str], None], folder: Path, seconds: float = float("inf")) -> None:
        self.name = name
        self.run = run
        self.folder = folder
        self.executions = 0
        self.seen: set[str] = set()
        self.slowest = 0.0
        self.reported = time.monotonic()
        self.started = time.process_time()
        self.seconds = seconds
        """CPU seconds after which the process ends; an engine that counts other seconds cannot say so itself."""

    def try_out(self, data: bytes) -> None:
        """Run the target on one input."""
        text = data.decode("utf-8", "replace")
        self.executions += 1
        before = time.process_time()
        try:
            self.run(text)
        except Exception as error:  # noqa: BLE001 # whatever it is, it is the finding
            self.note(f"{type(error).__name__} {_place(error)}", text, traceback.format_exc())
        spent = time.process_time() - before
        self.slowest = max(self.slowest, spent)
        if spent > SLOW:
            self.note(
                f"slow {hashlib.sha256(data).hexdigest()[:8]}", text, f"{spent:.1f} CPU seconds, {len(text)} characters"
            )
        if time.monotonic() - self.reported > 1:
            self.report()
            if time.process_time() - self.started > self.seconds:
                os._exit(0)

    def note(self, kind: str, text: str, details: str) -> None:
        """Keep the first, and then each shorter, input of a kind."""
        path = self.folder / f"{self.name}-{hashlib.sha256(kind.encode()).hexdigest()[:8]}"
        if kind in self.seen and len(text) >= len(path.with_suffix(".input").read_text("utf-8", "surrogatepass")):
            return
        self.seen.add(kind)
        path.with_suffix(".input").write_text(text, "utf-8", "surrogatepass", newline="")
        path.with_suffix(".txt").write_text(f"{kind}\n{text!r}\n{details}\n", encoding="utf-8")

    def report(self) -> None:
        """Leave the figures for whoever started this process, which an engine may end at any moment."""
        self.reported = time.monotonic()
        figures = {
            "executions": self.executions, "crashes": len(self.seen), "slowest": round(self.slowest, 3),
            "cpu": round(time.process_time() - self.started, 1),
        }  # fmt: skip
        (self.folder / f"{self.name}.json").write_text(json.dumps(figures), encoding="utf-8")


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = next(
        (frame for frame in reversed(frames) if "knooppunt" in frame.filename or "fuzz" in frame.filename), frames[-1]
    )
    return f"{Path(last.filename).name}:{last.name}:{last.lineno}"


def has_atheris() -> bool:
    """Whether the engine that follows branches is installed."""
    return importlib.util.find_spec("atheris") is not None


def follow(name: str, seconds: int, folder: Path) -> None:
    """Fuzz one target with atheris for some CPU seconds; never returns, since the process ends."""
    atheris: Any = importlib.import_module("atheris")  # an extra that most machines lack

    for module in [module for module in sys.modules if module.split(".")[0] == "knooppunt" or module == "fuzz.targets"]:
        del sys.modules[module]  # to be imported anew, with a counter at each branch
    with atheris.instrument_imports(include=["knooppunt"]):
        target: Target = importlib.import_module("fuzz.targets").TARGETS[name]
    start = folder / f"{name}-seeds"
    start.mkdir(exist_ok=True)
    for number, text in enumerate(seeds(target.seeds)):
        (start / str(number)).write_bytes(text.encode("utf-8", "surrogatepass")[:LONGEST])
    lexicon = folder / f"{name}.dict"
    lexicon.write_text("".join(f'"{_escaped(word)}"\n' for word in words()), encoding="ascii")
    crashes = Crashes(name, target.run, folder, seconds)
    options = [
        f"-max_total_time={seconds * 20}",
        f"-max_len={LONGEST}",
        f"-dict={lexicon}",
        "-timeout=60",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/{name}-", str(start)], crashes.try_out)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8"))


def mutate(name: str, seconds: int, folder: Path, seed: int) -> None:
    """Fuzz one target with mutations of its seeds for some CPU seconds."""
    target = TARGETS[name]
    crashes = Crashes(name, target.run, folder)
    pick = random.Random(f"{name} {seed}")  # noqa: S311 # mutations, no secrets
    pool = [text for text in seeds(target.seeds) if text] or [""]
    lexicon = words()
    end = time.process_time() + seconds
    for text in pool:
        crashes.try_out(text.encode("utf-8", "replace"))
    while time.process_time() < end:
        text = pick.choice(pool)
        for _ in range(pick.choice((1, 1, 2, 3, 8, 20))):
            text = change(text, pick, pool, lexicon)
        crashes.try_out(text.encode("utf-8", "replace")[:LONGEST])
        if pick.random() < 0.02 and len(pool) < 5000:
            pool.append(text)
    crashes.report()


def change(text: str, pick: random.Random, pool: list[str], lexicon: list[str]) -> str:
    """The text with one change: a piece taken out, doubled, moved, or put in."""
    at = pick.randint(0, len(text))
    end = min(len(text), at + pick.choice((1, 1, 3, 10, 100)))
    match pick.randrange(8):
        case 0:
            return text[:at] + text[end:]
        case 1:
            return text[:end] + text[at:end] * pick.choice((1, 1, 2, 30)) + text[end:]
        case 2:
            place = pick.randint(0, len(text))
            return text[:place] + text[at:end] + text[place:]
        case 3:
            other = pick.choice(pool)
            start = pick.randint(0, len(other))
            return text[:at] + other[start : start + pick.choice((5, 50, 500))] + text[at:]
        case 4:
            lines = text.split("\n")
            lines.insert(pick.randint(0, len(lines)), " " * pick.choice((0, 1, 2, 3, 4, 8)) + pick.choice(lines))
            return "\n".join(lines)
        case 5:
            return text[:at] + chr(pick.choice((pick.randrange(128), pick.randrange(0x3000), 0x1F600))) + text[end:]
        case _:
            return text[:at] + pick.choice(lexicon) * pick.choice((1, 1, 1, 2, 50)) + text[at:]


def read_figures(name: str, folder: Path) -> dict[str, Any]:
    """What one target's process left of its figures."""
    with contextlib.suppress(OSError, ValueError):
        figures: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        return figures
    return {"executions": 0, "crashes": 0, "slowest": 0.0, "cpu": 0.0}
