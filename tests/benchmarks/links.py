"""Links of a built site: CPU of ours, cold and with what it remembers, beside lychee where that is installed.

`python -m benchmarks.links [SITE]`, with `tests` and `tools` on the path; without a site one is made, of pages that all
show the same navigation, as documentation has it. It is no part of `make bench`, since lychee is not installed with the
peers.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import OURS, measure

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGES = 400


def make_site(folder: Path, pages: int = PAGES) -> Path:
    """A site of so many pages, each with links to all others and a text of its own; nothing in it is broken."""
    names = [f"page-{number:04}" for number in range(pages)]
    nav = "\n".join(
        f'<li class="nav__item">\n<a href="../{name}/" class="nav">\n<span class="name">{name}</span>\n</a></li>'
        for name in names
    )
    for number, name in enumerate(names):
        text = "\n".join(
            f'<h2 id="part-{part}">Part {part} of {name}</h2>\n<p>See '
            f'<a href="../{names[(number + part) % pages]}/#part-{part}">'
            f"part {part}</a> and <code>value_{number}_{part}</code>.</p>"
            for part in range(20)
        )
        place = folder / name / "index.html"
        place.parent.mkdir(parents=True)
        place.write_text(f"<!doctype html><html lang=en><body><ul>{nav}</ul>{text}</body></html>", "utf-8")
    (folder / "index.html").write_text(f'<!doctype html><a href="{names[0]}/">start</a>', "utf-8")
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.links", description="CPU of checking the links of a built site.")
    parser.add_argument("site", nargs="?", type=Path, help="a built site; default: one that is made")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="knooppunt-bench-") as name:
        site = options.site.resolve() if options.site else make_site(Path(name) / "site")
        size = sum(path.stat().st_size for path in site.rglob("*.html")) / 1e6
        ours = [OURS, "-m", "knooppunt", "links", "--site", site, "--jobs", "1"]
        print(f"{size:.1f} MB of HTML; CPU seconds, and the last line of what was said")
        runs: list[tuple[str, list[str | Path]]] = [
            ("ours, cold", [*ours, "--no-cache"]),
            ("ours, first run that remembers", ours),
            ("ours, warm", ours),
        ]
        lychee = shutil.which("lychee")
        if lychee is not None:
            options_of = ["--offline", "--include-fragments", "--no-progress", "--root-dir", site]
            runs.append(("lychee", [lychee, *options_of, f"{site}/**/*.html"]))
        for program, command in runs:
            cost = measure(command, cwd=Path(name))
            said = [line for line in cost.output.splitlines() if "finding" in line or "Total" in line]
            print(f"{program}: {cost.cpu:.2f} s, {cost.peak / 1e6:.0f} MB; {' '.join(said[-1:])}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
