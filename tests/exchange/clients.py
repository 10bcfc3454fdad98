"""Programs that ask an endpoint, as researchers do: each gives the rows of an answer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from exchange.asking import Rows

Client = Callable[[str, str], Rows]
_RESULTS = "application/sparql-results+json"


def rdflib_store(endpoint: str, query: str) -> Rows:
    result: Any = SPARQLStore(endpoint, method="POST").query(query)
    return [tuple("" if row[name] is None else str(row[name]) for name in result.vars) for row in result]


def sparql_wrapper(endpoint: str, query: str) -> Rows:
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(query)
    said: Any = wrapper.queryAndConvert()
    return _rows(said)


def curl(endpoint: str, query: str) -> Rows:
    program = shutil.which("curl")
    if program is None:
        pytest.skip("curl is not installed here")
    command = [program, "--silent", "--fail-with-body", "--header", f"Accept: {_RESULTS}", endpoint]
    return _rows(_said([*command, "--data-urlencode", "query@-"], query))


def comunica(endpoint: str, query: str) -> Rows:
    modules = Path(os.environ["EUGRAPH_COMUNICA"])
    program = [str(modules / "node/bin/node"), str(modules / "@comunica/query-sparql/bin/query.js")]
    return _rows(_said([*program, f"sparql@{endpoint}", "--query", query, "-t", _RESULTS]))


CLIENTS: tuple[Client, ...] = (rdflib_store, sparql_wrapper, curl)


def _said(command: list[str], given: str | None = None) -> Mapping[str, Any]:
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[:2000]
    return dict(json.loads(done.stdout))


def _rows(said: Mapping[str, Any]) -> Rows:
    names = said["head"]["vars"]
    return [tuple(row[name]["value"] if name in row else "" for name in names) for row in said["results"]["bindings"]]
