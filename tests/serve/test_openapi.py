"""The description for programs: valid by its own rules, complete, and true of the server that it describes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import ROOT
from eugraph.reports import Library
from serve.running import Server

REPORTS = Library.open(ROOT / "queries").reports
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


@pytest.fixture(scope="module")
def said(reference: Server) -> dict[str, Any]:
    answer = reference.get("/openapi.json")
    assert answer.headers["content-type"].startswith("application/vnd.oai.openapi+json")
    found: dict[str, Any] = answer.json()
    return found


def everything(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from everything(value)
    elif isinstance(node, list):
        for value in node:
            yield from everything(value)


def operations(said: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in said["paths"].items():
        for method, operation in item.items():
            assert method in METHODS
            yield path, method, operation


def resolved(said: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        found: Any = said
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


def test_it_has_what_openapi_demands(said: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.1\.\d+", said["openapi"])
    assert {"title", "version"} <= said["info"].keys()
    assert set(said) <= {"openapi", "info", "servers", "tags", "paths", "components"}
    ids = [operation["operationId"] for _, _, operation in operations(said)]
    assert len(ids) == len(set(ids))
    tags = {tag["name"] for tag in said["tags"]}
    for path, _, operation in operations(said):
        assert path.startswith("/")
        assert operation["responses"]
        assert set(operation["tags"]) <= tags
        assert set(operation["responses"]) <= {"default"} | {str(status) for status in range(200, 600)}


def test_every_reference_leads_somewhere_and_every_answer_has_words(said: dict[str, Any]) -> None:
    for node in everything(said):
        if "$ref" in node:
            assert resolved(said, node)
    for _, _, operation in operations(said):
        for response in operation["responses"].values():
            assert resolved(said, response)["description"]


def test_every_schema_is_one(said: dict[str, Any]) -> None:
    schemas = [node["schema"] for node in everything(said) if isinstance(node.get("schema"), dict)]
    assert len(schemas) > 50
    for schema in schemas:
        Draft202012Validator.check_schema(resolved(said, schema))


def test_parameters_are_whole_and_those_of_paths_are_in_them(said: dict[str, Any]) -> None:
    for path, _, operation in operations(said):
        parameters = operation.get("parameters", [])
        names = [(parameter["name"], parameter["in"]) for parameter in parameters]
        assert len(names) == len(set(names))
        assert {name for name, where in names if where == "path"} == set(re.findall(r"\{(\w+)\}", path))
        for parameter in parameters:
            assert parameter["in"] in ("query", "path")
            assert "schema" in parameter
            assert parameter.get("required", False) or parameter["in"] == "query"


def test_every_report_is_there_with_its_parameters(said: dict[str, Any]) -> None:
    for name, report in REPORTS.items():
        operation = said["paths"][f"/query/{name}"]["get"]
        given = {parameter["name"]: parameter for parameter in operation["parameters"]}
        assert {p.name: p.required for p in report.parameters} == {
            key: value["required"] for key, value in given.items() if key not in ("format", "cite")
        }


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_an_example_is_answered_as_described(reference: Server, said: dict[str, Any], name: str) -> None:
    operation = said["paths"][f"/query/{name}"]["get"]
    given = {p["name"]: p["example"] for p in operation["parameters"] if p.get("required")}
    answer = reference.get(f"/query/{name}", params=given)
    described = operation["responses"]["200"]
    assert answer.headers["content-type"].partition(";")[0] in described["content"]
    assert all(header in answer.headers for header in described["headers"])


@pytest.mark.parametrize(
    "path", ["/sparql", "/query/", "/search?q=eha", "/.well-known/void", "/health", "/metrics", "/openapi.json"]
)
def test_what_is_described_is_there(reference: Server, said: dict[str, Any], path: str) -> None:
    operation = said["paths"][path.partition("?")[0]]["get"]
    answer = reference.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] in operation["responses"]["200"]["content"]


def test_problems_are_as_described(reference: Server, said: dict[str, Any]) -> None:
    validator = Draft202012Validator(said["components"]["schemas"]["Problem"])
    for path in ("/query/nonsense", "/query/partners?x=1", "/search", "/sparql?query=nonsense", "/no/such"):
        answer = reference.get(path, headers={"Accept": "application/problem+json"})
        assert answer.status_code >= 400
        validator.validate(answer.json())
