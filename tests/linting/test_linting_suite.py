"""The published suite, as a stranger takes it: by its files alone, and with two validators."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from knooppunt.linting import load
from knooppunt.linting.suite import FOLDER, INDEX, README, SCHEMA
from knooppunt.recordlint import fixture_files, published_suite

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "tests/browser/node_modules"
HERE = Path("/nowhere")

AJV = """
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const require = createRequire(process.argv[2] + "/");
const Ajv = require("ajv/dist/2020").default;
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
require("ajv-formats").default(ajv);
const read = (name) => JSON.parse(readFileSync(name, "utf-8"));
const index = ajv.compile(read("index.schema.json"));
const records = ajv.compile(read("records.schema.json"));
if (!index(read("index.json"))) throw new Error(ajv.errorsText(index.errors));
const verdicts = {};
for (const [name, value] of Object.entries(read("loaded.json"))) verdicts[name] = records(value);
console.log(JSON.stringify(verdicts));
"""


@pytest.fixture(scope="module")
def suite() -> dict[str, bytes]:
    return fixture_files(HERE)


def dates_as_texts() -> type[yaml.SafeLoader]:
    """A loader as other languages have it: dates are texts, and so are `yes` and `no`."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if "timestamp" not in tag]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Loader


def loaded(suite: dict[str, bytes]) -> dict[str, Any]:
    """Each fixture that is YAML for a usual loader."""
    values = {}
    for name, data in suite.items():
        if name.endswith(".yml") and not name.startswith("KR101-bad"):
            values[name] = json.loads(json.dumps(yaml.load(data, dates_as_texts())))  # noqa: S506 # a SafeLoader
    return values


def test_the_index_is_as_its_schema_says_and_lists_every_file(suite: dict[str, bytes]) -> None:
    index, schema = json.loads(suite[INDEX]), json.loads(suite[SCHEMA])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(index)
    assert [entry["path"] for entry in index["files"]] == sorted(set(suite) - {INDEX})
    for entry in index["files"]:
        data = suite[entry["path"]]
        assert (entry["size"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    named = [name for fixture in index["fixtures"] for name in fixture["files"]]
    assert sorted(named) == sorted(name for name in suite if name.endswith(".yml"))
    assert [rule["code"] for rule in index["rules"]] == list(load())
    for fixture in index["fixtures"]:
        for place in fixture["expected"]:
            assert place["file"] in fixture["files"]
            assert place["line"] <= suite[place["file"]].count(b"\n")


@pytest.mark.parametrize(
    "broken",
    [
        {"valid": True, "expected": [{"file": "a.yml", "line": 1, "code": "KR101"}]},
        {"valid": False, "expected": []},
        {"expected": [{"file": "../a.yml", "line": 1, "code": "KR101"}]},
        {"rule": "KR1"},
    ],
)
def test_the_schema_of_the_index_refuses_nonsense(suite: dict[str, bytes], broken: dict[str, Any]) -> None:
    index, schema = json.loads(suite[INDEX]), json.loads(suite[SCHEMA])
    index["fixtures"][0].update(broken)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(index, schema)


def test_sound_fixtures_are_valid_for_the_schema_of_authors(suite: dict[str, bytes]) -> None:
    validator = jsonschema.Draft202012Validator(
        json.loads(suite["records.schema.json"]), format_checker=jsonschema.FormatChecker()
    )
    verdicts = {name: validator.is_valid(value) for name, value in loaded(suite).items()}
    assert [name for name, valid in verdicts.items() if "-good-" in name and not valid] == []
    refused = [name for name, valid in verdicts.items() if not valid]
    assert len(refused) > 20
    shown = {fixture["id"]: fixture for fixture in json.loads(suite[INDEX])["fixtures"]}
    errors = {rule["code"] for rule in json.loads(suite[INDEX])["rules"] if rule["severity"] == "error"}
    for name in refused:
        codes = {each["code"] for each in shown[name.split(".")[0]]["expected"]}
        assert codes & errors, f"{name}: the schema refuses it, and no rule of severity error finds anything"


def test_another_validator_says_the_same(suite: dict[str, bytes], tmp_path: Path) -> None:
    if shutil.which("node") is None or not (MODULES / "ajv").is_dir() or not (MODULES / "ajv-formats").is_dir():
        pytest.skip("node, or ajv in tests/browser/node_modules, is not installed; .ci/setup test installs it")
    values = loaded(suite)
    for name, data in suite.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "loaded.json").write_text(json.dumps(values), "utf-8")
    (tmp_path / "check.mjs").write_text(AJV, "utf-8")
    made = subprocess.run(
        ["node", "check.mjs", str(MODULES.parent)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert made.returncode == 0, made.stderr
    validator = jsonschema.Draft202012Validator(
        json.loads(suite["records.schema.json"]), format_checker=jsonschema.FormatChecker()
    )
    assert json.loads(made.stdout) == {name: validator.is_valid(value) for name, value in values.items()}


def test_the_suite_is_the_same_on_any_machine_and_day(suite: dict[str, bytes]) -> None:
    assert fixture_files(Path("/elsewhere")) == suite
    assert set(published_suite(HERE)) == {f"{FOLDER}/{name}" for name in suite}
    assert all(data.endswith(b"\n") for data in suite.values())


def test_the_readme_counts_right_and_names_what_is_there(suite: dict[str, bytes]) -> None:
    text = suite[README].decode()
    index = json.loads(suite[INDEX])
    files = sum(len(fixture["files"]) for fixture in index["fixtures"])
    assert f"{len(index['rules'])} rules, {len(index['fixtures'])} fixtures in {files} files." in text
    for name in (INDEX, SCHEMA, "records.schema.json", "kubernetes.json"):
        assert f"`{name}`" in text
        assert name in suite
    for key in index["fixtures"][0]["given"]:
        assert key in suite[SCHEMA].decode()


def test_the_handbook_lists_every_rule_and_counts_right(suite: dict[str, bytes]) -> None:
    page = (ROOT / "docs/handbook/linting.md").read_text("utf-8")
    listed = re.findall(
        r"^\| \[(KR\d+)\]\(rules/\1\.md\) `([a-z-]+)` \| (.+) \| (error|warning) \|$", page, re.MULTILINE
    )
    rules = json.loads(suite[INDEX])["rules"]
    assert listed == [
        (rule["code"], rule["name"], rule["summary"].removesuffix("."), rule["severity"]) for rule in rules
    ]
    fixtures = json.loads(suite[INDEX])["fixtures"]
    files = sum(len(fixture["files"]) for fixture in fixtures)
    bad = sum(not fixture["valid"] for fixture in fixtures)
    assert f"There are {len(rules)} rules." in page
    assert f"The suite has {len(fixtures)} fixtures in {files} files; in {bad} of the fixtures" in page
