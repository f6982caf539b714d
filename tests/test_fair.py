"""What an assessment of FAIR data looks for in a dataset (the metrics of FAIRsFAIR, as F-UJI tests them), one by one.

Each criterion is looked for where the tool does: on the page, in its headers, in the data embedded in it, in the
catalogue, in the data itself. One of the 26 nobody can meet alone: that the identifier is registered.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, PROV, RDF
from starlette.testclient import TestClient

import kg
from kg.web.app import application
from kg.web.static_site import write

SETTINGS = """
title = "Hills"
license = "https://creativecommons.org/licenses/by/4.0/"
publisher = "A publisher"
publisher_url = "https://publisher.example/"
creator = "A. Writer"
creator_url = "https://orcid.org/0000-0000-0000-0000"
identifier = "https://doi.org/10.0000/example"
access_rights = "public"
related = ["https://publisher.example/paper"]
issued = "2026-11-24"
version = "2"
keywords = ["conflict", "claims"]
"""
BASE = "https://kg.example/"
VERSION = rdflib.URIRef("http://www.w3.org/ns/dcat#version")


class Published:
    """A dataset with all its settings as a visitor sees it."""

    def __init__(self, folder: Path) -> None:
        (folder / "kg.toml").write_text(SETTINGS, "utf-8")
        (folder / "one.txt").write_text("Shusha was occupied on 8 May 1992. Lachin fell on 18 May 1992.\n", "utf-8")
        kg.build([folder / "one.txt"], folder / "out", config=folder / "kg.toml", shacl_engine="none")
        self.data = kg.open(folder / "out")

    def visit(self, client: TestClient) -> "Published":
        self.client = client
        self.page = client.get("/dataset", headers={"accept": "text/html"})
        (embedded,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', self.page.text, re.DOTALL)
        self.said: dict[str, Any] = json.loads(embedded)
        answer = client.get("/dataset", headers={"accept": "text/turtle"})
        self.catalogue = rdflib.Graph().parse(data=answer.text, format="turtle")
        self.node = rdflib.URIRef(f"{BASE}dataset")
        return self

    def has(self, *terms: rdflib.URIRef) -> bool:
        return all((self.node, term, None) in self.catalogue for term in terms)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    published = Published(tmp_path_factory.mktemp("fair"))
    with TestClient(application(published.data)) as client:
        yield published.visit(client)


def download(seen: Published) -> dict[str, Any]:
    (found,) = (one for one in seen.said["distribution"] if one["name"] == "dataset.ttl")
    return dict(found)


CORE = ("name", "description", "creator", "publisher", "datePublished", "keywords", "identifier")
CRITERIA: dict[str, Callable[[Published], Any]] = {
    "F1 an identifier that is an IRI": lambda seen: seen.said["@id"] == f"{BASE}dataset",
    "F1 an identifier of a scheme that lasts, where one was set": lambda seen: seen.said["identifier"].startswith(
        "https://doi.org/"
    ),
    "F2 metadata by ways that machines know": lambda seen: seen.said["@type"] == "Dataset",
    "F2 the core of a citation: creator, title, date, publisher, identifier": lambda seen: all(
        seen.said.get(name) for name in CORE
    ),
    "F2 summary and keywords": lambda seen: (
        seen.said["description"] and seen.said["keywords"] == ["claims", "conflict"]
    ),
    "F3 the metadata name the data": lambda seen: (
        seen.client.get(download(seen)["contentUrl"].replace(BASE, "/")).status_code == 200
    ),
    "F4 search engines find it: embedded data, a sitemap, nothing forbidden": lambda seen: (
        f"<loc>{BASE}</loc>" in seen.client.get("/sitemap.xml").text
        and "Disallow: /\n" not in seen.client.get("/robots.txt").text
    ),
    "F4 catalogues find it: DCAT": lambda seen: (None, RDF.type, DCAT.Catalog) in seen.catalogue,
    "A1 who may have it, in the words of an authority": lambda seen: (
        "/access-right/PUBLIC" in seen.said["conditionsOfAccess"] and seen.has(DCTERMS.accessRights)
    ),
    "A1 metadata by a protocol that is a standard": lambda seen: seen.page.status_code == 200,
    "A1 data by a protocol that is a standard": lambda seen: download(seen)["contentUrl"].startswith("https://"),
    "I1 metadata as RDF in the page": lambda seen: seen.said["@context"] == "https://schema.org",
    "I1 metadata as RDF by negotiation, and links that say so": lambda seen: (
        len(seen.catalogue) > 0 and 'type="text/turtle"' in seen.client.get("/dataset.html").headers["link"]
    ),
    "I2 terms of vocabularies that others know": lambda seen: {"http://purl.org/dc/terms/", "http://www.w3.org/ns/prov#"}
    <= {str(one) for one in seen.catalogue.objects(seen.node, rdflib.VOID.vocabulary)},
    "I3 related things, with the relation": lambda seen: (
        seen.has(DCTERMS.relation) and seen.said["isRelatedTo"] == [{"@id": "https://publisher.example/paper"}]
    ),
    "R1 what the data are": lambda seen: seen.said["@type"] == "Dataset" and seen.has(RDF.type),
    "R1 which files, with size and media type": lambda seen: (
        download(seen)["encodingFormat"] == "text/turtle" and re.fullmatch(r"\d+ B", download(seen)["contentSize"])
    ),
    "R1 size and media type are those of the files": lambda seen: download(seen)["contentSize"]
    == f"{(seen.data.folder / 'dataset.ttl').stat().st_size} B",
    "R1 what is measured, of where and when": lambda seen: (
        {"@type": "Place", "@id": f"{BASE}place/AZ-SUS"} in seen.said["spatialCoverage"]
        and seen.said["temporalCoverage"] == "1992-05-08/1992-05-18"
    ),
    "R1.1 a licence": lambda seen: seen.said["license"] == "https://creativecommons.org/licenses/by/4.0/",
    "R1.1 a licence that machines know, on every download": lambda seen: all(
        (one, DCTERMS.license, rdflib.URIRef("https://creativecommons.org/licenses/by/4.0/")) in seen.catalogue
        for one in seen.catalogue.objects(seen.node, DCAT.distribution)
    ),
    "R1.2 who made it, when, in which version": lambda seen: seen.has(DCTERMS.creator, DCTERMS.issued, VERSION),
    "R1.2 of what and with what it was made, in PROV": lambda seen: seen.has(PROV.wasGeneratedBy),
    "R1.3 a standard of metadata: DCAT": lambda seen: seen.has(DCAT.distribution),
    "R1.3 formats of files that are open and of the field": lambda seen: {
        "text/turtle", "application/ld+json", "application/n-triples",
    } <= {one["encodingFormat"] for one in seen.said["distribution"]},
}  # fmt: skip


def test_all_criteria_but_the_registration_of_the_identifier_are_looked_at() -> None:
    assert len(CRITERIA) == 25


@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_published_dataset_meets(seen: Published, criterion: str) -> None:
    assert CRITERIA[criterion](seen)


def test_robots_may_read_pages_and_are_told_where_all_are(seen: Published) -> None:
    text = seen.client.get("/robots.txt").text
    assert f"Sitemap: {BASE}sitemap.xml" in text
    assert {"Disallow: /sparql", "Disallow: /search?"} <= set(text.splitlines())


def test_every_address_of_the_sitemap_is_a_page(seen: Published) -> None:
    addresses = re.findall("<loc>(.*?)</loc>", seen.client.get("/sitemap.xml").text)
    assert len(addresses) == len(set(addresses)) > 20
    for address in addresses:
        assert seen.client.get(address.replace(BASE, "/"), headers={"accept": "text/html"}).status_code == 200, address


def test_the_shapes_are_published_and_the_data_conform_to_them(seen: Published, tmp_path: Path) -> None:
    from kg.validate import prepare, validate_files

    answer = seen.client.get("/shapes", headers={"accept": "text/turtle"})
    assert answer.headers["content-type"].startswith("text/turtle")
    (tmp_path / "shapes.ttl").write_text(answer.text, "utf-8")
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    assert (rdflib.URIRef("https://kg.example/shapes#EventClaim"), RDF.type, rdflib.SH.NodeShape) in graph
    assert validate_files([seen.data.folder / "dataset.ttl"], prepare(part="dataset")).conforms


def test_the_ontology_says_of_which_version_it_is(seen: Published) -> None:
    answer = seen.client.get("/ontology", headers={"accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    assert graph.value(rdflib.URIRef("https://kg.example/ontology"), rdflib.OWL.versionInfo) == rdflib.Literal(
        kg.__version__
    )


def test_a_page_that_is_linked_to_shows_its_title_and_what_it_is_about(seen: Published) -> None:
    page = seen.client.get("/place/AZ-SUS", headers={"accept": "text/html"}).text
    found = dict(re.findall(r'<meta property="og:(\w+)" content="(.*?)">', page))
    assert found["title"] == "Shusha"
    assert found["url"] == f"{BASE}place/AZ-SUS"
    assert found["site_name"] == "Hills"
    assert found["description"]


def test_a_static_site_has_the_same_files_for_crawlers(seen: Published, tmp_path: Path) -> None:
    write(seen.data, tmp_path / "site")
    for name in ("robots.txt", "sitemap.xml", "shapes.ttl", "ontology.ttl"):
        assert (tmp_path / "site" / name).read_text("utf-8") == seen.client.get(
            f"/{name}"
        ).text or name == "ontology.ttl"
    assert "owl:versionInfo" in (tmp_path / "site" / "ontology.ttl").read_text("utf-8")
