"""Write the limitations feed: JSON in every language, news for feed readers, with schemas and types.

Files that the folder's index names and that the feed does not have any more are removed; others are left alone.
With --policy, admission policies made of the rules of records are printed instead, for the pods that are meant for a
variant; they warn and audit:
  knooppunt feed --policy > policies.yaml              ValidatingAdmissionPolicy and bindings, Kubernetes 1.30 or later
  knooppunt feed --policy kyverno --variant v1         ClusterPolicy of Kyverno, one variant
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import counted, root_of
from knooppunt.errors import UsageError
from knooppunt.feed import project_feed
from knooppunt.feed.index import PATH as INDEX_PATH
from knooppunt.feed.index import left_over
from knooppunt.feed.input import FOLDER
from knooppunt.feed.policy import FORMS, project_policies
from knooppunt.feed.policy_check import ACTIONS
from knooppunt.feed.revision import source_revision
from knooppunt.files import Writes, inside
from knooppunt.project import Project

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", metavar="DIR", type=Path, default=Path(), help="folder for api/v1/; default: here")
    command.add_argument("--site-url", metavar="URL", help="address of the site; default: as mkdocs.yml says")
    command.add_argument("--policy", choices=FORMS, nargs="?", const=FORMS[0], help="print policies; default: vap")
    command.add_argument("--variant", metavar="NAME", help="with --policy: the variant; default: all")
    command.add_argument("--locale", "-l", metavar="CODE", help="with --policy: language of the messages")
    command.add_argument("--action", action="append", choices=ACTIONS, help="with --policy; default: Warn and Audit")


def run(options: argparse.Namespace, console: Console) -> int:
    project = Project.load(root_of(options))
    if options.policy:
        actions = options.action or ("Warn", "Audit")
        console.write(
            project_policies(project, options.policy, variant=options.variant, locale=options.locale, actions=actions)
        )
        return 0
    if options.variant or options.locale or options.action:
        raise UsageError("--variant, --locale and --action are about policies; add --policy")
    address = options.site_url or project.mkdocs.get("site_url")
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        raise UsageError("the feed links to the site: set site_url in mkdocs.yml, or give --site-url")
    files = project_feed(project, address, source_revision(project.settings.root))
    index = options.out / INDEX_PATH
    gone = left_over(index.read_bytes(), files) if index.is_file() else []
    with Writes() as writes:
        for path, data in files.items():
            writes.add(inside(options.out, path, "feed file"), data)
        writes.commit()
    for path in gone:
        inside(options.out, path, "feed file").unlink(missing_ok=True)
    made = f"{counted(len(files), 'file')} with {counted(len(project.knowledge.records), 'record')}"
    console.say(f"{made} in {options.out / FOLDER}")
    return 0
