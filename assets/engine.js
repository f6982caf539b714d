// The queries of a static site: asked of Oxigraph in the browser, over the dataset's own file.
const SECONDS = 20;
const MOST = 500; // rows shown; a download has all

const form = document.querySelector(".editor");
const place = document.querySelector("#answer");
let worker = null;

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

function ask(question) {
  worker ??= new Worker(new URL("engine-worker.js", import.meta.url), { type: "module" });
  return new Promise((answer) => {
    const clock = setTimeout(() => {
      worker.terminate();
      worker = null;
      answer({ problem: `The query was stopped after ${SECONDS} seconds; make it more selective.` });
    }, SECONDS * 1000);
    worker.onmessage = ({ data }) => (clearTimeout(clock), answer(data));
    worker.onerror = (event) => (clearTimeout(clock), answer({ problem: event.message || "Oxigraph cannot be started." }));
    worker.postMessage(question);
  });
}

function shown(term, words, root) {
  if (!term) return "";
  if (term.kind !== "NamedNode") return element("bdi", {}, term.value);
  const fitting = Object.entries(words.prefixes).filter(([, iri]) => term.value.startsWith(iri)).sort((a, b) => b[1].length - a[1].length)[0];
  const short = fitting ? `${fitting[0]}:${term.value.slice(fitting[1].length)}` : term.value;
  const base = words.prefixes.place.slice(0, -"place/".length);
  if (term.value.startsWith(base)) return element("a", { href: `${root}${term.value.slice(base.length)}.html` }, short);
  return /^https?:/.test(term.value) ? element("a", { href: term.value, rel: "external noreferrer" }, short) : short;
}

const csv = ({ columns, rows }) => {
  const cell = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [columns, ...rows.map((row) => row.map((term) => term?.value ?? ""))].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
};

function table(found, words, root) {
  const file = URL.createObjectURL(new Blob([csv(found)], { type: "text/csv" }));
  const count = element("p", { className: "count" }, `${found.rows.length} ${found.rows.length === 1 ? "row" : "rows"} · `, element("a", { href: file, download: "rows.csv" }, "CSV"));
  const head = element("tr", {}, ...found.columns.map((name) => element("th", { scope: "col" }, name)));
  const rows = found.rows.slice(0, MOST).map((row) => element("tr", {}, ...row.map((term) => element("td", {}, shown(term, words, root)))));
  const scroll = element("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: "Rows" },
    element("table", { className: "rows" }, element("thead", {}, head), element("tbody", {}, ...rows)));
  return [count, scroll];
}

async function run(query, union) {
  const root = form.dataset.root;
  place.replaceChildren(element("p", { className: "count" }, "Asking …"));
  const words = await fetch(form.dataset.words).then((answer) => answer.json());
  const found = await ask({ root: new URL(root, location.href).href, query, prefixes: words.prefixes, union });
  if (found.problem) place.replaceChildren(element("p", { className: "problem", role: "alert" }, element("strong", {}, "No answer."), ` ${found.problem}`));
  else if (found.triples !== undefined) place.replaceChildren(element("pre", { className: "triples", tabIndex: 0 }, found.triples || "# no triples"));
  else place.replaceChildren(...table(found, words, root));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run(form.elements.query.value, form.elements.union.checked);
});
const asked = new URLSearchParams(location.search).get("query");
if (asked) {
  form.elements.query.value = asked;
  run(asked, form.elements.union.checked);
}
