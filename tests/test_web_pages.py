"""The pages: every IRI answers, every link leads somewhere, nothing that a document says is taken for markup."""

import html
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlencode, urljoin, urlsplit
from urllib.request import urlopen

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient
from web_server import serving, wait_for_the_index

import kg
from kg import formats
from kg.dataset import Dataset, queries
from kg.ids import told_by
from kg.model import Span
from kg.runtime.terminal import visible
from kg.vocabulary import BASE, NIF
from kg.web.app import application
from kg.web.pages.site import Site
from kg.web.pages.text import paragraphs
from kg.web.snapshot import Snapshot, SortedLines
from kg.web.static_site import write
from kg.write import jsonld, ntriples

ROOT = "http://testserver/"
FORMATS = (formats.TURTLE, formats.JSON_LD, formats.N_TRIPLES)


class Page(HTMLParser):
    """The addresses, names, scripts and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.data: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.elements.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and found.get("href") and found.get("rel") != "nofollow":  # states of a search, without end
            self.links.append(str(found["href"]))
        for name in {"script": ("src",), "link": ("href",), "img": ("src",), "iframe": ("src",)}.get(tag, ()):
            if found.get(name) and found.get("rel") != "canonical":
                self.loaded.append(str(found[name]))

    def handle_data(self, data: str) -> None:
        in_script = bool(self.elements) and self.elements[-1][0] == "script"
        (self.data if in_script and data.strip() else self.words).append(data)


@pytest.fixture(scope="module")
def client(built_sides: Dataset) -> Iterator[TestClient]:
    with TestClient(application(kg.open(built_sides.folder)), follow_redirects=False) as client:
        yield client


def crawl(client: TestClient) -> dict[str, Page]:
    """Every page that links lead to from the first one, by address; each link must answer."""
    pages: dict[str, Page] = {}
    waiting, known = [ROOT], {ROOT}
    while waiting:
        address = waiting.pop()
        answer = client.get(address, headers={"accept": "text/html"}, follow_redirects=True)
        assert answer.status_code == 200, address
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        pages[address] = Page(answer.text)
        for link in (*pages[address].links, *pages[address].loaded):
            target = urldefrag(urljoin(address, link))[0]
            if target.startswith(ROOT) and target not in known:
                known.add(target)
                waiting.append(target)
    return pages


@pytest.fixture(scope="module")
def pages(client: TestClient) -> dict[str, Page]:
    return crawl(client)


def test_no_link_is_broken_and_every_kind_of_page_is_reached(pages: dict[str, Page]) -> None:
    kinds = {urlsplit(address).path.split("/")[1] for address in pages}
    wanted = "timeline map compare documents names findings queries downloads ontology place event agent claim document"
    assert set(wanted.split()) <= kinds


def test_every_fragment_is_a_place_in_its_page(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        for link in page.links:
            target, fragment = urldefrag(urljoin(address, link))
            if fragment and target in pages:
                assert unquote(fragment) in pages[target].ids, f"{link} on {address}"


def test_nothing_is_loaded_from_elsewhere_and_no_script_or_style_is_in_a_page(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        assert all(urljoin(address, one).startswith(ROOT) for one in page.loaded), address
        for tag, attributes in page.elements:
            assert tag != "style", address
            assert "style" not in attributes, address
            assert not [name for name in attributes if name.startswith("on")], address
            assert tag != "script" or "src" in attributes or attributes.get("type") == "application/ld+json"


def test_no_id_is_given_twice(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), address


def test_every_page_has_data_that_a_search_engine_can_read(pages: dict[str, Page]) -> None:
    about = [page for address, page in pages.items() if "/place/" in address or "/document/" in address]
    assert about
    for page in about:
        (text,) = page.data
        assert json.loads(text)["@context"] == "https://schema.org"


def test_every_iri_of_the_dataset_answers_in_each_format_with_triples_about_it(
    built_sides: Dataset, client: TestClient
) -> None:
    graph = list(ox.parse((built_sides.folder / "dataset.nt").read_bytes(), format=ox.RdfFormat.N_TRIPLES))
    by_subject: dict[str, set[str]] = {}
    for quad in graph:
        by_subject.setdefault(quad.subject.value, set()).add(str(quad.triple))
    objects = {quad.object.value for quad in graph if isinstance(quad.object, ox.NamedNode)}
    ours = {
        iri for iri in by_subject.keys() | objects if iri.startswith(BASE) and not iri.startswith(f"{BASE}ontology")
    }
    assert len(ours) > 50
    evidence: dict[str, set[str]] = {}
    for quad in graph:
        of_claim = quad.predicate.value.endswith("wasDerivedFrom") and "/claim/" in quad.subject.value
        if of_claim or quad.predicate.value.endswith("hasGeometry"):
            evidence.setdefault(quad.subject.value, set()).update(by_subject[quad.object.value])
    for iri in sorted(ours):
        path = iri.removeprefix(BASE)
        for format in FORMATS:
            answer = client.get(f"/{path}.{format.extension}")
            assert answer.status_code == 200, iri
            negotiated = client.get(f"/{path}", headers={"accept": format.media_type})
            assert negotiated.content == answer.content
            found = {str(triple) for triple in formats.read_bytes(answer.content, format)}
            assert by_subject.get(iri, set()) | evidence.get(iri, set()) <= found
            assert all(f"<{iri}>" in triple for triple in found - evidence.get(iri, set()))
        page = client.get(f"/{path}", headers={"accept": "text/html"}, follow_redirects=True)
        assert page.status_code == 200, iri


def test_each_term_of_the_ontology_has_a_place_on_its_page(client: TestClient) -> None:
    from kg.vocabulary import KG

    page = Page(client.get("/ontology", headers={"accept": "text/html"}).text)
    assert {term.value.removeprefix(KG.iri) for term in KG} <= set(page.ids)
    turtle = client.get("/ontology", headers={"accept": "text/turtle"})
    assert "ControlChange" in turtle.text


def test_formats_vary_by_accept_and_are_not_sent_again(client: TestClient) -> None:
    for path in ("/place/AZ-SUS", "/place/AZ-SUS.ttl", "/dataset.nt"):
        answer = client.get(path)
        again = client.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    page = client.get("/place/AZ-SUS", headers={"accept": "text/html"})
    turtle = client.get("/place/AZ-SUS", headers={"accept": "text/turtle"})
    assert page.headers["etag"] != turtle.headers["etag"]
    assert (page.headers["vary"], turtle.headers["vary"]) == ("Accept, Accept-Encoding", "Accept")
    assert 'rel="alternate"; type="text/turtle"' in page.headers["link"]


def test_a_file_has_its_checksum_for_etag_and_its_bytes(client: TestClient, built_sides: Dataset) -> None:
    for path, entry in built_sides.manifest["files"].items():
        answer = client.get(f"/{path}")
        assert answer.headers["etag"] == f'"{entry["sha256"]}"'
        assert answer.content == (built_sides.folder / path).read_bytes()


def test_what_the_manifest_does_not_name_is_not_served(built_sides: Dataset, tmp_path: Path) -> None:
    shutil.copytree(built_sides.folder, tmp_path / "data")
    (tmp_path / "data" / "secret.txt").write_text("mine")
    (tmp_path / "data" / "link.txt").symlink_to("/etc/passwd")
    with TestClient(application(kg.open(tmp_path / "data"))) as client:
        assert client.get("/dataset.nt").status_code == 200
        assert [client.get(f"/{name}").status_code for name in ("secret.txt", "link.txt")] == [404, 404]


def test_no_path_leads_out_of_the_folder(client: TestClient) -> None:
    for path in (
        "/../pyproject.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/tables/..%2f..%2fmanifest.json",
        "/static/../app.py",
    ):
        assert client.get(path).status_code == 404


def test_void_leads_to_the_catalogue(client: TestClient) -> None:
    answer = client.get("/.well-known/void", headers={"accept": "text/turtle"}, follow_redirects=True)
    assert "void#Dataset" in answer.text or "void:Dataset" in answer.text


def test_a_spans_iri_leads_to_its_place_in_the_document(client: TestClient, built_sides: Dataset) -> None:
    spans = [
        quad.subject.value
        for quad in built_sides.store.quads_for_pattern(None, NIF.beginIndex, None)
        if "/span/" in str(quad)
    ]
    for iri in spans:
        answer = client.get(f"/{iri.removeprefix(BASE)}", headers={"accept": "text/html"})
        target, fragment = urldefrag(urljoin(str(answer.url), answer.headers["location"]))
        assert answer.status_code == 303
        assert fragment in Page(client.get(target, headers={"accept": "text/html"}).text).ids


def test_the_text_of_a_document_is_shown_whole(client: TestClient, built_sides: Dataset) -> None:
    for row in built_sides.query("documents"):
        page = Page(client.get(f"/{str(row['document']).removeprefix(BASE)}", headers={"accept": "text/html"}).text)
        text = built_sides.text(str(row["source"]))
        assert text
        shown = "".join(page.words)
        for line in text.splitlines():
            assert line in shown


@pytest.mark.parametrize("name", queries.names())
def test_every_named_query_has_a_page_with_its_rows(client: TestClient, built_sides: Dataset, name: str) -> None:
    page = client.get(f"/queries/{name}")
    assert page.status_code == 200
    rows = len(built_sides.query(name))
    assert f"{rows} row" in page.text


def test_the_parameters_of_a_query_are_set_by_a_form(client: TestClient) -> None:
    page = client.get("/queries/compare?place=Shusha&property=date").text
    assert "liberated" in page
    assert "km2" not in Page(page).words
    wrong = client.get("/queries/compare?place=Atlantis")
    assert wrong.status_code == 400
    assert "nothing in the dataset has that name" in wrong.text


def test_any_query_is_answered_as_a_page_without_script(client: TestClient) -> None:
    rows = client.post("/query", data={"query": "SELECT ?name { place:AZ-SUS rdfs:label ?name }"})
    assert "Shusha" in rows.text
    triples = client.get("/query", params={"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 2"})
    assert "@prefix" in triples.text or "&lt;https:" in triples.text
    wrong = client.get("/query", params={"query": "SELECT * {"})
    assert wrong.status_code == 400
    assert "line 1, column 10: { is never closed" in wrong.text


def test_the_snippets_of_a_query_run_as_they_stand(built_sides: Dataset, tmp_path: Path) -> None:
    query = "SELECT ?word { place:AZ-SUS ^sem:hasPlace/kg:calledAs ?word FILTER(?word != 'it''s') }".replace(
        "''", "\\'"
    )
    with serving(built_sides.folder) as root:
        for address in (f"{root}/query?{urlencode({'query': query})}", f"{root}/queries/findings"):
            with urlopen(address) as answer:
                shown = re.findall("<pre tabindex=.0.><code>(.*?)</code></pre>", answer.read().decode(), re.DOTALL)
            curl, python = map(html.unescape, shown)
            done = subprocess.run(["bash", "-c", curl], cwd=tmp_path, capture_output=True, check=True, timeout=60)
            found: dict[str, list[object]] = {}
            exec(python, found)
            assert len(done.stdout.decode().strip().splitlines()) == len(found["rows"]) + 1 > 1, address


def test_a_name_is_found_in_any_spelling(client: TestClient) -> None:
    for wanted in ("shusha", "Şuşa", "SHUSHI", "Шуша"):
        assert "place/AZ-SUS" in client.get("/search", params={"q": wanted}).text
    assert "0 claims" in client.get("/search", params={"q": "<script>alert(1)</script>"}).text


def test_the_map_of_a_day_shows_who_held_what_on_it(client: TestClient) -> None:
    before, between, after = (client.get(f"/map?date={day}").text for day in ("1992-01-01", "1992-06-01", "2021-01-01"))
    shusha = re.compile(r'<a href="\S*place/AZ-SUS" class="circle ([^"]+)"')
    found = [shusha.findall(page)[0] for page in (before, between, after)]
    assert found[0] == "before"
    assert found[1] != found[2]
    assert client.get("/map/1992-06-01").headers["location"] == "../map?date=1992-06-01"
    assert {client.get(path).status_code for path in ("/map/1992-13-01", "/map?date=1992-13-01")} == {404}


def test_a_day_on_which_sources_differ_is_hatched_and_the_next_is_not(client: TestClient) -> None:
    shusha = re.compile(r'<a href="\S*place/AZ-SUS" class="circle ([^"]+)"')
    found = {day: shusha.findall(client.get(f"/map?date=1992-05-{day}").text)[0] for day in ("07", "08", "09")}
    assert [classes.endswith(" unsure") for classes in found.values()] == [False, True, False]


def test_pages_are_made_once_compressed_and_not_sent_again(client: TestClient) -> None:
    for path in ("/", "/map", "/place/AZ-SUS", "/static/style.css"):
        answers = [
            client.get(path, headers={"accept": "text/html", "accept-encoding": encoding})
            for encoding in ("gzip", "gzip;q=0", "identity")
        ]
        assert [one.headers.get("content-encoding") for one in answers] == ["gzip", None, None], path
        assert answers[0].content == answers[1].content
        assert int(answers[0].headers["content-length"]) < int(answers[1].headers["content-length"])
        tags = [one.headers["etag"] for one in answers]
        assert tags[0] != tags[1] == tags[2]
        again = client.get(path, headers={"accept": "text/html", "if-none-match": f'"other", {tags[0]}'})
        assert (again.status_code, again.content) == (304, b"")


def test_the_first_page_is_made_before_anybody_asks_for_it(built_sides: Dataset) -> None:
    from kg.web.app import _Server
    from kg.web.live import Live
    from kg.web.snapshot import Snapshot
    from kg.web.sparql.limits import Limits

    live = Live(kg.open(built_sides.folder), lambda state: _Server(Snapshot(state), Limits(), None), patience=1)
    with TestClient(live):
        assert isinstance(live.server, _Server)
        while not (last := live.server.bodies.get("compare?")):
            time.sleep(0.01)
        first = live.server.bodies.get("?")
    assert first
    assert first.packed
    assert b"<h1>" in first.plain
    assert b"Who says what" in last.plain


def test_a_page_that_is_kept_says_nothing_of_the_name_under_which_others_asked_for_it(client: TestClient) -> None:
    for host in ("one.example", "two.example"):
        answer = client.get("/place/AZ-LAC", headers={"accept": "text/html", "host": host})
        assert f"http://{host}/" in answer.headers["link"]
        assert not re.search(r"(one|two)\.example", answer.text)


def test_an_asset_is_kept_for_good_where_its_address_has_the_digest(client: TestClient) -> None:
    address = next(one for one in Page(client.get("/").text).loaded if "style.css" in one)
    assert "immutable" in client.get(urljoin(ROOT, address)).headers["cache-control"]
    assert client.get("/static/style.css?other").headers["cache-control"] == "no-cache"


def test_sources_that_differ_are_side_by_side_and_marked(client: TestClient) -> None:
    page = client.get("/compare/AZ-SUS").text
    for words in ("sources differ", "8 May 1992", "9 May 1992", "“liberated”", "“occupied”"):
        assert words in page
    event = client.get("/event/control_AZ-SUS_1992-05-08").text
    assert "contested: date" in event


def test_the_less_precise_value_comes_last_and_says_so(client: TestClient) -> None:
    page = client.get("/compare/AZ-SUS").text
    question = next(one for one in page.split('<section class="question') if ">9 May 1992" in one)
    values = re.findall(r'<strong class="value">(.*?)</p>', question, re.DOTALL)
    assert ["less precise" in value for value in values] == [False, False, True]
    assert [re.sub("<.*", "", value).strip() for value in values] == ["8 May 1992", "9 May 1992", "May 1992"]


def test_the_publisher_leads_what_its_document_says(tmp_path: Path) -> None:
    for name, publisher, day in (("one", "Morning Courier", 8), ("two", "Yerevan Courier", 9)):
        text = f"SHUSHA, May 10, 2022 ({publisher}) — Armenian armed forces occupied Shusha on {day} May 1992.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    kg.build([str(tmp_path / "one.txt"), str(tmp_path / "two.txt")], str(tmp_path / "data"))
    with TestClient(application(kg.open(tmp_path / "data"))) as client:
        page = client.get("/compare/AZ-SUS").text
    for publisher, date in (("Morning Courier", "8 May 1992"), ("Yerevan Courier", "9 May 1992")):
        said = next(one for one in page.split('<p class="says">') if f'<strong class="value">{date}' in one)
        assert re.match(rf'<strong class="publisher by-\d"><bdi>{publisher}</bdi></strong>: <span class="word">', said)


def test_what_is_not_there_says_so_in_the_form_that_was_asked_for(client: TestClient) -> None:
    page = client.get("/place/nowhere", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "The dataset says nothing of" in page.text
    assert (
        client.get("/place/nowhere", headers={"accept": "text/turtle"}).headers["content-type"].startswith("text/plain")
    )
    assert client.get("/place/%00%01<>").status_code == 404


def test_every_answer_forbids_what_pages_do_not_need(client: TestClient) -> None:
    for path in ("/", "/sparql", "/place/AZ-SUS.ttl", "/static/style.css", "/nowhere"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_each_path_follows_from_a_base_with_a_path(tmp_path: Path) -> None:
    (tmp_path / "some.txt").write_text("Armenian armed forces occupied Shusha on 8 May 1992.\n", encoding="utf-8")
    kg.build([str(tmp_path / "some.txt")], str(tmp_path / "data"), base="https://data.example.org/town/")
    with TestClient(application(kg.open(tmp_path / "data"))) as client:
        assert "Shusha" in client.get("/town/place/AZ-SUS", headers={"accept": "text/html"}).text
        assert client.get("/town/place/AZ-SUS.ttl").status_code == 200
        assert client.get("/place/AZ-SUS").status_code == 404
        assert "void" in client.get("/.well-known/void", headers={"accept": "text/turtle"}).text
        assert client.get("/town/sparql", params={"query": "ASK { place:AZ-SUS ?p ?o }"}).json()["boolean"] is True


def test_a_dataset_that_is_built_again_is_served_without_a_restart(tmp_path: Path) -> None:
    text, data = tmp_path / "some.txt", tmp_path / "data"
    text.write_text("Armenian armed forces occupied Shusha on 8 May 1992.\n", encoding="utf-8")
    kg.build([str(text)], str(data))
    with TestClient(application(kg.open(data))) as client:
        before = client.get("/place/AZ-LAC").status_code
        text.write_text("Armenian armed forces occupied Lachin on 18 May 1992.\n", encoding="utf-8")
        kg.build([str(text)], str(data))
        ends = time.monotonic() + 20
        while client.get("/place/AZ-LAC").status_code == 404 and time.monotonic() < ends:
            time.sleep(0.1)
        found = client.get("/sparql", params={"query": "ASK { ?claim sem:hasPlace place:AZ-LAC }"}).json()["boolean"]
        turtle = client.get("/dataset.nt").content
        after = client.get("/place/AZ-LAC").status_code
    assert (before, after, found) == (404, 200, True)
    assert turtle == (data / "dataset.nt").read_bytes()


def test_pages_without_triples_say_so(client: TestClient) -> None:
    assert client.get("/timeline", headers={"accept": "text/turtle"}).status_code == 406
    assert client.get("/", headers={"accept": "text/turtle"}).status_code == 200
    assert client.get("/place/AZ-SUS", headers={"accept": "image/png"}).status_code == 406


HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "]]><svg onload=alert(1)>",
    "\u202egnirts desrever\u202c",
    "</title></script><!--",
    "{{ 7*7 }}",
)


@pytest.fixture(scope="module")
def hostile(built_sides: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The same dataset, where every label, quote and text says something hostile, and links are not of the web."""
    folder = tmp_path_factory.mktemp("hostile")
    quads = list(ox.parse((built_sides.folder / "dataset.nt").read_bytes(), format=ox.RdfFormat.N_TRIPLES))
    changed = []
    for number, quad in enumerate(quads):
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype.value.endswith(("langString", "#string")):
            value = ox.Literal(f"{value.value} {HOSTILE[number % len(HOSTILE)]}", language=value.language)
        changed.append(ox.Triple(quad.subject, quad.predicate, value))
    same_as = ox.NamedNode("https://schema.org/sameAs")
    changed.append(ox.Triple(ox.NamedNode(f"{BASE}place/AZ-SUS"), same_as, ox.NamedNode("javascript:alert(1)")))
    (folder / "dataset.nt").write_bytes(ntriples(changed))
    (folder / "dataset.jsonld").write_bytes(jsonld(changed, base=BASE))
    for path in ("annotations.nt", "catalog.ttl", "manifest.json"):
        (folder / path).write_bytes((built_sides.folder / path).read_bytes())
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"] = {name: one for name, one in manifest["files"].items() if (folder / name).is_file()}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "sources").mkdir()
    for source in (built_sides.folder / "sources").iterdir():
        text = source.read_text(encoding="utf-8")
        (folder / "sources" / source.name).write_text(
            "".join(HOSTILE)[: len(text)] + text[len("".join(HOSTILE)) :], encoding="utf-8"
        )
    return kg.open(folder)


def test_hostile_labels_and_texts_are_shown_as_text(hostile: Dataset) -> None:
    with TestClient(application(hostile), follow_redirects=False) as client:
        pages = crawl(client)
    assert len(pages) > 50
    shown = "".join(word for page in pages.values() for word in page.words)
    for text in HOSTILE:
        assert visible(text) in shown, "the test shows nothing where no page has it"
    for address, page in pages.items():
        for tag, attributes in page.elements:
            assert not [name for name in attributes if name.startswith("on")], address
            assert tag != "script" or "src" in attributes or attributes.get("type") == "application/ld+json", address
            assert not str(attributes.get("href", "")).lower().startswith(("javascript:", "data:")), address
        for data in page.data:
            json.loads(data)


def test_the_static_site_has_the_same_pages_and_no_broken_link(built_sides: Dataset, tmp_path: Path) -> None:
    count = write(kg.open(built_sides.folder), tmp_path / "public")
    files = {
        path.relative_to(tmp_path / "public").as_posix() for path in (tmp_path / "public").rglob("*") if path.is_file()
    }
    written = sorted(path for path in files if path.endswith(".html"))
    assert len(written) == count
    ids = {path: set(Page((tmp_path / "public" / path).read_text(encoding="utf-8")).ids) for path in written}
    for path in written:
        page = Page((tmp_path / "public" / path).read_text(encoding="utf-8"))
        for link in (*page.links, *page.loaded):
            target, fragment = urldefrag(urljoin(f"{ROOT}{path}", link))
            if target.startswith(ROOT):
                name = unquote(urlsplit(target).path).removeprefix("/")
                assert name in files, f"{link} on {path}"
                assert not fragment or name not in ids or unquote(fragment) in ids[name], f"{link} on {path}"
    for path in written:
        stem = path.removesuffix(".html")
        if stem.startswith(("place/", "claims/", "document/", "event/", "agent/")):
            assert {f"{stem}.{format.extension}" for format in FORMATS} <= files


@pytest.mark.slow
def test_all_that_is_described_stands_in_the_static_site_with_its_triples(own: Dataset, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    write(own, folder, beside=[formats.N_TRIPLES])
    site = Site(Snapshot(own), apart=False)
    ids, triples = dict[str, set[str]](), dict[str, str]()
    for path in site.described:
        page, _, place = site.homes(path).partition("#")
        if page not in ids:
            ids[page] = set(Page((folder / f"{page}.html").read_text(encoding="utf-8")).ids)
        assert not place or place in ids[page], path
        told = f"claims/{page.partition('/')[2]}" if path.startswith("span/") else page
        if told not in triples:
            triples[told] = (folder / f"{told}.nt").read_text(encoding="utf-8")
        assert f"<{own.base}{path}> " in triples[told], path


def test_what_one_document_alone_tells_of_has_no_file_of_its_own(built_sides: Dataset, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    write(kg.open(built_sides.folder), folder)
    documents = {path.stem for path in (folder / "claims").iterdir()}
    assert documents == {path.stem for path in (folder / "document").iterdir()}
    assert not {"claim", "span", "source", "geometry", "partition"} & {path.name for path in folder.iterdir()}
    for family in ("event", "place", "agent", "role"):
        names = [path.stem for path in folder.glob(f"{family}/*")]
        assert not [name for name in names if told_by(f"{family}/{name}", documents.__contains__)]


def test_a_site_has_the_formats_that_are_wanted_and_links_to_no_others(built_sides: Dataset, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    write(kg.open(built_sides.folder), folder, beside=[formats.TURTLE])
    assert (folder / "place" / "AZ-SUS.ttl").is_file()
    assert {path.suffix for path in folder.glob("place/*")} == {".html", ".ttl"}
    page = Page((folder / "place" / "AZ-SUS.html").read_text(encoding="utf-8"))
    assert [link for link in page.links if "AZ-SUS" in link and link.endswith((".nt", ".jsonld"))] == []
    named = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(named) == files - {"manifest.json"}
    assert all((folder / path).stat().st_size == entry["bytes"] for path, entry in named.items())


def test_what_the_catalogue_alone_describes_has_a_page(client: TestClient, built_sides: Dataset) -> None:
    described = ox.parse((built_sides.folder / "catalog.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    ours = {quad.subject.value for quad in described if quad.subject.value.startswith(BASE)} - {BASE}
    assert len(ours) > 20
    for iri in sorted(ours):
        answer = client.get(f"/{iri.removeprefix(BASE)}", headers={"accept": "text/html"}, follow_redirects=True)
        assert answer.status_code == 200, iri


@pytest.mark.slow
def test_the_static_site_is_the_same_bytes_with_any_number_of_processes(
    built_sides: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    for name, jobs, in_memory in (("one", 1, 2**30), ("two", 3, 2**30), ("three", 2, 0)):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.setattr("kg.web.snapshot.IN_MEMORY", in_memory)  # 0: the store and the index lie on disk
        pages = write(kg.open(built_sides.folder), tmp_path / name, jobs=jobs, advance=told.append)
    assert 0 < sum(told) <= 3 * pages
    one, two, three = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "one", tmp_path / "two", tmp_path / "three")
    )
    assert one == two
    assert one == three


def test_a_large_dataset_is_served_from_a_store_on_disk(
    built_sides: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("kg.web.snapshot.IN_MEMORY", 0)
    data, said = kg.open(built_sides.folder), list[str]()
    snapshot = Snapshot(data, said.append)
    assert Path(snapshot.settings["store"]).is_relative_to(tmp_path)
    assert "once for each state" in said[0]
    assert re.fullmatch(r"[\d,]+ triples are in the store", said[-1])
    assert len(snapshot.store) == len(Snapshot(data, said.append).store)
    told = len(said)
    with TestClient(application(kg.open(built_sides.folder), told=said.append)) as client:
        wait_for_the_index(lambda: client.get("/search?q=Shusha").status_code)
        assert [line.partition(";")[0] for line in said[told:]] == [
            "The words are indexed for the search", "The search is ready",
        ]  # fmt: skip
        assert "place/AZ-SUS" in client.get("/search?q=Шуша", headers={"accept": "text/html"}).text
        assert client.get("/sparql", params={"query": "ASK { place:AZ-SUS ?p ?o }"}).json()["boolean"] is True
        turtle = client.get("/place/AZ-SUS.ttl").text
    monkeypatch.undo()
    with TestClient(application(kg.open(built_sides.folder))) as client:
        in_memory = client.get("/place/AZ-SUS.ttl").text
    assert turtle == in_memory


def test_sorted_lines_find_every_subject_and_no_other(built_sides: Dataset) -> None:
    path = built_sides.folder / "dataset.nt"
    lines = SortedLines(path)
    triples = [quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.N_TRIPLES)]
    for subject in {triple.subject for triple in triples}:
        assert isinstance(subject, ox.NamedNode)
        assert list(lines.triples(subject)) == [triple for triple in triples if triple.subject == subject]
        assert not list(lines.triples(ox.NamedNode(subject.value + "0")))
    assert not list(lines.triples(ox.NamedNode("a:a")))
    assert not list(lines.triples(ox.NamedNode("zzz:zzz")))


def test_pieces_of_a_text_are_the_text() -> None:
    text = "One two three.\n\nFour five.\nSix."
    spans = [Span(0, 7), Span(4, 13), Span(16, 31), Span(16, 20)]
    pieces = [piece for paragraph in paragraphs(text, Span(0, len(text)), spans) for piece in paragraph]
    assert "".join(piece.words for piece in pieces) == text.replace("\n\n", "")
    assert sorted(span for piece in pieces for span in piece.begins) == sorted(spans)
