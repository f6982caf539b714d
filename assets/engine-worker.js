// Oxigraph in a thread of its own, so that a query which takes too long can be ended with it.
import init, { Store } from "oxigraph/web.js";

const ANNOTATIONS = "annotations";
let loading = null;
const loaded = new Set();

async function add(store, root, name) {
  if (loaded.has(name)) return;
  const answer = await fetch(`${root}${name}.nt`);
  if (!answer.ok) throw new Error(`${name}.nt cannot be read (${answer.status})`);
  store.load(await answer.text(), { format: "application/n-triples" });
  loaded.add(name);
}

async function start(root) {
  await init({ module_or_path: new URL("oxigraph.wasm", import.meta.url) });
  const store = new Store();
  await add(store, root, "dataset");
  return store;
}

const plain = (term) => ({ kind: term.termType, value: term.value });

onmessage = async ({ data: { root, query, prefixes, union } }) => {
  try {
    loading ??= start(root);
    const store = await loading;
    if (union) await add(store, root, ANNOTATIONS);
    const declared = Object.entries(prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("");
    const found = store.query(declared + query);
    if (typeof found === "boolean") return postMessage({ columns: ["answer"], rows: [[{ kind: "Literal", value: found ? "yes" : "no" }]] });
    if (!Array.isArray(found)) return postMessage({ triples: String(found) });
    if (found.length && !(found[0] instanceof Map)) return postMessage({ triples: found.map((quad) => `${quad} .`).join("\n") });
    const columns = [...new Set(found.flatMap((row) => [...row.keys()]))];
    const asked = query.match(/SELECT\s+(?:DISTINCT\s+|REDUCED\s+)?((?:[?$]\w+\s*|\([^()]*(?:\([^()]*\)[^()]*)*\)\s*)+)/i)?.[1] ?? "";
    const order = [...asked.matchAll(/(?:AS\s+)?[?$](\w+)\s*(?=\)|[?$(]|$)/gi)].map((match) => match[1]);
    columns.sort((a, b) => (order.indexOf(a) + 1 || 999) - (order.indexOf(b) + 1 || 999));
    postMessage({ columns, rows: found.map((row) => columns.map((name) => (row.get(name) ? plain(row.get(name)) : null))) });
  } catch (error) {
    postMessage({ problem: String(error.message ?? error) });
  }
};
