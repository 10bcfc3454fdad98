"""CITATION.cff says of the software and of the data what the package and the workspace say."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from ruamel.yaml import YAML

import eugraph
from conftest import ROOT
from eugraph.config import open_workspace


@pytest.fixture(scope="module")
def citation() -> Any:
    return YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_software_is_cited_as_the_package_describes_itself(citation: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (citation["cff-version"], citation["type"], citation["title"]) == ("1.2.0", "software", project["name"])
    assert citation["version"] == eugraph.__version__
    assert citation["license"] == project["license"]
    assert citation["abstract"] == project["description"]
    assert citation["keywords"] == project["keywords"]
    assert [author["name"] for author in citation["authors"]] == [author["name"] for author in project["authors"]]
    assert citation["message"]


def test_the_data_is_cited_as_the_workspace_describes_itself(citation: Any) -> None:
    settings = open_workspace(ROOT)
    (data,) = citation["references"]
    assert (data["type"], data["title"], data["version"]) == ("data", settings.title, settings.version)
    assert [author["name"] for author in data["authors"]] == [settings.publisher]
    assert data["license"] == "CC-BY-4.0"
    assert settings.licence == "https://creativecommons.org/licenses/by/4.0/"
