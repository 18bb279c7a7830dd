"""The real feed as strangers use it: over HTTP, with their own validators and compilers, and the handbook's recipes."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import feedparser  # type: ignore[import-untyped] # it has no types
import pytest
import yaml
from openapi_spec_validator import validate

from knooppunt.feed import Feed, project_feed
from knooppunt.project import Project

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "tests/browser/node_modules"
PAGE = (ROOT / "docs/handbook/consuming.md").read_text("utf-8")
SITE = "https://knooppunt.example/"
RECIPES = [(found[1], found[2]) for found in re.finditer(r"^```(\w+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)]

AJV = """
import { createRequire } from "node:module";
import { createHash } from "node:crypto";
const require = createRequire(process.argv[3] + "/");
const Ajv = require("ajv/dist/2020").default;
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
require("ajv-formats").default(ajv);
const get = async (url) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
};
const site = process.argv[2];
const index = JSON.parse(await get(site + "api/v1/index.json"));
const schemas = new Map();
const validator = async (url) => {
  if (!schemas.has(url)) schemas.set(url, ajv.compile(JSON.parse(await get(url))));
  return schemas.get(url);
};
let documents = 0;
const check = async (path, schema, data) => {
  const valid = await validator(schema);
  if (!valid(JSON.parse(data))) throw new Error(path + ": " + ajv.errorsText(valid.errors));
  documents += 1;
};
await check("index.json", index.$schema, await get(site + "api/v1/index.json"));
for (const file of index.files) {
  const data = await get(site + file.path);
  if (data.length !== file.size) throw new Error(file.path + ": size");
  if (createHash("sha256").update(data).digest("hex") !== file.sha256) throw new Error(file.path + ": hash");
  if (file.schema) await check(file.path, file.schema, data);
  if (file.path.endsWith(".schema.json")) await validator(site + file.path);
}
console.log(JSON.stringify({ files: index.files.length, documents, schemas: schemas.size }));
"""


@dataclass(frozen=True)
class Host:
    """The feed of this project on a real server."""

    url: str
    folder: Path


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("host")

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    url = f"http://127.0.0.1:{server.server_port}/"
    for path, data in project_feed(Project.load(ROOT), url).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Host(url, folder)
    server.shutdown()
    server.server_close()
    thread.join()


def needs(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"'{program}' is not installed")


def node_modules(*names: str) -> Path:
    needs("node")
    for name in names:
        if not (MODULES / name).is_dir():
            pytest.skip(f"'{name}' is not in tests/browser/node_modules; .ci/setup test installs it")
    return MODULES


def done(*command: str, cwd: Path) -> str:
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "tools")}
    made = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=variables,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout


def test_every_file_is_as_its_schema_and_hash_say_for_another_validator(host: Host, tmp_path: Path) -> None:
    modules = node_modules("ajv", "ajv-formats")
    (tmp_path / "check.mjs").write_text(AJV, "utf-8")
    found = json.loads(done("node", "check.mjs", host.url, str(modules.parent), cwd=tmp_path))
    files = [path for path in host.folder.rglob("*") if path.is_file()]
    assert found["files"] == len(files) - 1  # all but the index itself
    assert found["schemas"] == len(list((host.folder / "api/v1/schemas").iterdir()))
    assert found["documents"] > 400


def test_the_description_is_valid_openapi_and_names_every_file(host: Host) -> None:
    document = json.loads((host.folder / "api/v1/openapi.json").read_text("utf-8"))
    validate(document, base_uri=f"{host.url}api/v1/openapi.json")
    paths = [re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)) for path in document["paths"]]
    files = [path.relative_to(host.folder / "api/v1").as_posix() for path in host.folder.rglob("*") if path.is_file()]
    others = [file for file in files if not any(re.fullmatch(path, f"/{file}") for path in paths)]
    assert {file for file in others if not file.startswith("schemas/")} == {"openapi.json", "types.d.ts"}


def test_a_feed_reader_reads_the_news(host: Host) -> None:
    for locale in Feed.open(host.folder).locales:
        atom = feedparser.parse((host.folder / f"api/v1/news.{locale}.atom").read_bytes())
        items = json.loads((host.folder / f"api/v1/news.{locale}.json").read_text("utf-8"))["items"]
        assert (atom.bozo, atom.version, len(atom.entries)) == (False, "atom10", len(items))
        assert [entry.id for entry in atom.entries] == [item["id"] for item in items]
        assert len({item["id"] for item in items}) == len(items) > 50


# Recipes of the handbook ------------------------------------------------------------------------------------------


def recipe(language: str, number: int, host: Host) -> str:
    text = [text for kind, text in RECIPES if kind == language][number]
    assert SITE in text
    return text.replace(SITE, host.url)


def test_every_recipe_is_run_here() -> None:
    assert [language for language, _ in RECIPES] == [*["python"] * 3, *["bash"] * 3, "typescript", "yaml"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "aks.virtual-nodes.host-aliases: "),
        (1, "aks.virtual-nodes.ipv6 -> aks.virtual-nodes.ipv6\naks.virtual-nodes.no-such-id -> unknown\n"),
        (2, "aks.virtual-nodes.ports-per-ip 5 "),
    ],
)
def test_recipes_in_python(host: Host, tmp_path: Path, number: int, expected: str) -> None:
    assert expected in done(sys.executable, "-c", recipe("python", number, host), cwd=tmp_path)


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "aks.virtual-nodes.host-aliases\t"), (1, "\taks.virtual-nodes."), (2, "complete\n")]
)
def test_recipes_in_jq(host: Host, tmp_path: Path, number: int, expected: str) -> None:
    needs("bash", "curl", "jq", "sha256sum")
    assert expected in done("bash", "-euo", "pipefail", "-c", recipe("bash", number, host), cwd=tmp_path)


def test_recipe_in_typescript(host: Host, tmp_path: Path) -> None:
    tsc = node_modules("typescript") / ".bin/tsc"
    (tmp_path / "types.d.ts").write_bytes((host.folder / "api/v1/types.d.ts").read_bytes())
    program = recipe("typescript", 0, host)
    options = ["--strict", "--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler", "--types", ""]
    (tmp_path / "consumer.ts").write_text(program, "utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', "utf-8")
    done(str(tsc), *options, "consumer.ts", cwd=tmp_path)
    assert "aks.virtual-nodes.host-aliases: " in done("node", "consumer.js", cwd=tmp_path)
    (tmp_path / "consumer.ts").write_text(program.replace('"ignored"', '"ignord"'), "utf-8")
    refused = subprocess.run([tsc, *options, "--noEmit", "consumer.ts"], cwd=tmp_path, capture_output=True, check=False)
    assert b'"ignord"' in refused.stdout


def test_recipe_for_github_actions(host: Host, tmp_path: Path) -> None:
    needs("bash", "curl", "jq")
    (step,) = yaml.safe_load(recipe("yaml", 0, host))["jobs"]["limits"]["steps"]
    assert done("bash", "-e", "-c", step["run"], cwd=tmp_path) == "true\n"
    changed = step["run"].replace("revision == 1", "revision == 2")
    assert subprocess.run(["bash", "-e", "-c", changed], cwd=tmp_path, capture_output=True, check=False).returncode == 1
