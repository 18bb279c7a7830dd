"""Tell whether workloads can move, and if not, why and what then.

Manifests are YAML or JSON files, folders of them, or '-' for standard input: Deployments, StatefulSets, DaemonSets,
Jobs, CronJobs, ReplicaSets, Pods, and custom resources that hold pods; Lists and several documents in a file too.
Each record with a rule is tried on each workload. For each variant of the product the answer is
  yes                           it runs as it is
  yes, but not all of it works  it runs, but something is ignored or lost
  no                            it is rejected, stays pending, or needs what is not there
  not known                     a rule could not be evaluated, which is an error and never a pass

examples:
  knooppunt assess deploy/                                        every manifest below a folder
  helm template ./chart | knooppunt assess -                      a chart, as it would be installed
  kubectl get deployments,jobs -A -o yaml | knooppunt assess -    what runs now
  knooppunt assess --variant v2 --locale nl deploy/               one variant, texts in Dutch
  knooppunt assess --format sarif deploy/ > assess.sarif          for a code host
  knooppunt assess --feed limitations.json deploy/                without the project, by its published feed
  az aks show -g GROUP -n NAME -o json | knooppunt assess -       a cluster instead of workloads

Without --variant a workload counts as movable if one variant takes it.
Exit status: 0 all can move as they are, 1 some cannot or would lose something, 2 something could not be read or told.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.assess import as_json, as_junit, as_sarif, as_text
from knooppunt.assessing import assess, feed_rules, project_rules
from knooppunt.cli.common import root_of
from knooppunt.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console

_FORMATS = {"json": as_json.render, "junit": as_junit.render, "sarif": as_sarif.render}


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", metavar="MANIFESTS", nargs="+", help="files or folders of YAML or JSON; - for a pipe")
    command.add_argument("--variant", metavar="NAME", action="append", default=[], help="the variants to ask about")
    command.add_argument("--locale", "-l", metavar="CODE", help="language of the texts; default: that of the sources")
    command.add_argument("--format", choices=("text", *_FORMATS), default="text", help="default: text")
    command.add_argument("--all", action="store_true", help="show notes too: what is unsure, rounded or to be done")
    command.add_argument(
        "--feed", metavar="FILE", type=Path, help="rules of a feed's limitations.json, not of a project"
    )


def run(options: argparse.Namespace, console: Console) -> int:
    if options.feed is not None:
        if options.locale:
            raise UsageError("a feed's file is in one language: give limitations.LOCALE.json instead of --locale")
        rules = feed_rules(options.feed)
    else:
        from knooppunt.project import Project  # noqa: PLC0415 # a feed needs no project

        rules = project_rules(Project.load(root_of(options)), options.locale)
    result = assess(rules, options.paths, variants=options.variant, progress=console.progress)
    console.clear()
    if options.format == "text":
        for line in as_text.render(result, console.style, everything=options.all).splitlines():
            console.print(line)
    else:
        console.write(_FORMATS[options.format](result))
    for problem in result.problems:
        console.error(str(problem), lead=False)
    return 2 if result.broken else int(not result.clean)
