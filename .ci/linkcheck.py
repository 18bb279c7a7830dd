"""Crawls the built site with LinkChecker (GPL, a program of its own) on loopback, and lays its opinion beside ours.

Fails where one of the two calls a link broken and the other does not, or where both do. It needs no network.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from knooppunt.errors import KnooppuntError
from knooppunt.links.check_site import SiteCheck
from knooppunt.links.external_opinion import differences, our_opinions, read_linkchecker
from knooppunt.links.sitefiles import read_site

ROOT = Path(__file__).resolve().parents[1]
THREADS = 4


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files, with the header by which a host lets LinkChecker ask more than ten times a second."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        self.send_header("LinkChecker", "yes")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """One that is used to connections which are closed on it."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: LinkChecker counts what it did not get."""


def crawl(site: Path, scratch: Path, *, places: bool) -> tuple[bytes, str]:
    """What LinkChecker writes about a site, and the address at which it was served."""
    handler = functools.partial(Handler, directory=str(site))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}/"
        config = scratch / "linkcheckerrc"
        config.write_text("[checking]\nmaxrequestspersecond=1000\n" + "[AnchorCheck]\n" * places, "utf-8")
        scratch.chmod(0o755)  # LinkChecker gives up root's rights before it reads
        command = [
            *(Path(sys.executable).with_name("linkchecker"), "--config", config, "--verbose", "--no-status"),
            *("--output", "xml/utf-8", "--threads", str(THREADS), "--timeout", "30", "--no-robots"),
            *("--ignore-url", r"^https?://(?!127\.0\.0\.1)", "--ignore-url", "^mailto:", base),
        ]
        done = subprocess.run(command, capture_output=True, check=False, cwd=scratch)  # noqa: S603 # our own command
        server.shutdown()
    if done.returncode not in {0, 1}:
        sys.exit(f"linkcheck: LinkChecker ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return done.stdout, base


def main() -> int:
    parser = argparse.ArgumentParser(prog=".ci/linkcheck", description=__doc__)
    parser.add_argument("site", metavar="SITE", nargs="?", type=Path, default=ROOT / "site", help="default: site/")
    parser.add_argument(
        "--places", action="store_true", help="places on pages too, for each of which LinkChecker reads the page anew"
    )
    options = parser.parse_args()
    site: Path = options.site
    if not (site / "index.html").is_file():
        print(f"linkcheck: there is no site in {site}; run 'make site' first", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="knooppunt-linkcheck-") as scratch:
        output, base = crawl(site, Path(scratch), places=options.places)
    try:
        theirs = read_linkchecker(output, base)
    except KnooppuntError as error:
        print(f"linkcheck: {error}", file=sys.stderr)
        return 2
    check = SiteCheck(read_site(site, None, 1, lambda _: None))
    check.pages()
    faults = {fault: pages for fault, pages in check.faults.items() if fault.check != "broken-anchor" or options.places}
    ours, unseen = our_opinions(faults, theirs.seen)
    apart = differences(ours, theirs.opinions)
    for line in apart:
        print(line)
    broken = {opinion.target for opinion in ours} & {opinion.target for opinion in theirs.opinions}
    for target in sorted(broken):
        print(f"both: '{target}' is broken")
    print(
        f"linkcheck: LinkChecker saw {theirs.links} links and {len(theirs.seen)} addresses, we {check.links} links; "
        f"{len(broken)} broken by both, {len(apart)} differences, {unseen} of ours out of LinkChecker's sight."
    )
    return int(bool(apart or broken))


if __name__ == "__main__":
    sys.exit(main())
