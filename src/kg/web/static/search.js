// The search of a static site: the address says what is asked, files below search/ answer it. The server does the
// same with kg.web.search.asking; what hits look like is written once, by the templates.

const A_PAGE = 20;
const A_FILE = 50;
const A_RANGE = 500;
const MOST_NAMED = 100;
const OFFERED = 8;
const KINDS = { claims: "c", documents: "d", names: "n" };
const LETTERS = { "ə": "e", "ı": "i", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d" };
const place = document.querySelector("#search-hits");
const loaded = new Map();

const load = (name) => {
  if (!loaded.has(name)) {
    loaded.set(name, fetch(`search/${name}.json`).then((answer) => answer.json()));
  }
  return loaded.get(name);
};
const shelved = async (name) => ((await load("index")).shelves.includes(name) ? load(name) : {});
export const fold = (words) => words.toLowerCase().replace(/['’ʼʻ‘`´ʿʾ]/g, "").replace(/[əıłđøßæœþð]/g, (letter) => LETTERS[letter])
  .normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const shelf = (term) => `words/${[...term].slice(0, 2).map((letter) => letter.codePointAt(0).toString(16)).join("-")}`;
const thing = (token) => `things/${token[0]}-${Math.floor(Number(token.slice(1)) / A_RANGE)}`;
const unpacked = (steps) => {
  let last = 0;
  return (steps ?? []).map((step) => (last += step));
};
const both = (one, other) => new Set([...one].filter((number) => other.has(number)));
const united = (sets) => new Set(sets.flatMap((set) => [...set]));

// What stands in the address: words in quotation marks are looked for one by one here, and all must be in the hit.
const terms = (words) => {
  const found = [...words.matchAll(/"([^"]*)"|“([^”]*)”|(\S+)/g)].flatMap(([, quoted, curly, plain]) =>
    fold(quoted ?? curly ?? plain).split(" ").filter(Boolean).map((term) => ({ term, begins: false, plain: Boolean(plain) })));
  const last = found.at(-1);
  if (last?.plain && last.term.length > 1) last.begins = true;
  return found;
};
const wordPostings = async ({ term, begins }, letter) => {
  const held = await shelved(shelf(term));
  const meant = begins ? Object.keys(held).filter((one) => one.startsWith(term)) : [term];
  return united(meant.map((one) => unpacked(held[one]?.[letter])));
};
const thingPostings = async (token, letter) => unpacked((await shelved(thing(token)))[`@${token}`]?.[letter]);
const hitsOf = async (term, letter) => {
  const found = await wordPostings(term, letter);
  if (letter === "n") return found;
  const named = [...(await wordPostings(term, "n"))].slice(0, MOST_NAMED);
  return united([found, ...(await Promise.all(named.map((number) => thingPostings(`e${number}`, letter))))]);
};
const found = async (asked, letter, about) => {
  const every = () => new Set(Array.from({ length: about.sizes[letter] }, (_, number) => number + 1));
  let hits = null;
  for (const term of terms(asked.words)) {
    const more = await hitsOf(term, letter);
    hits = hits ? both(hits, more) : more;
  }
  for (const [sign, facet] of letter === "c" ? Object.entries(about.facets) : []) {
    const picked = about.values.filter(([token, value]) => token[0] === sign && asked.values.some(([name, one]) => name === facet && one === value));
    const stated = asked.values.some(([name]) => name === facet);
    if (!stated) continue;
    const more = united(await Promise.all(picked.map(([token]) => thingPostings(token, "c"))));
    hits = hits ? both(hits, more) : more;
  }
  return [...(hits ?? every())].sort((one, other) => one - other);
};

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};
const written = (number) => number.toLocaleString("en");
const addressOf = (asked, changed = {}) => {
  const to = { ...asked, page: 1, ...changed };
  const stated = [["q", to.words], ["in", to.among === "claims" ? "" : to.among], ...to.values, ["sort", to.order], ["page", to.page > 1 ? to.page : ""]];
  return `?${new URLSearchParams(stated.filter(([, value]) => value))}`;
};
const link = (asked, changed, words, hits, attributes = {}) => {
  const made = element("a", { href: addressOf(asked, changed), ...attributes }, element("bdi", {}, words));
  if (hits !== undefined) made.append(" ", element("span", { class: "number" }, written(hits)));
  return made;
};
const listed = (links) => element("ul", {}, ...links.map((one) => element("li", {}, one)));

const facetsOf = async (asked, hits, about) => {
  const held = await load("facets");
  const counts = new Map();
  for (const number of hits) for (const token of held[number - 1].split(" ")) counts.set(token, (counts.get(token) ?? 0) + 1);
  const details = element("details", { class: "facets" }, element("summary", {}, "Narrow"));
  details.open = matchMedia("(min-width: 58rem)").matches;
  for (const [sign, facet] of Object.entries(about.facets)) {
    const without = (value) => ({ values: asked.values.filter(([name, one]) => name !== facet || one !== value) });
    const picked = asked.values.filter(([name]) => name === facet).map(([, value]) => value);
    const offered = about.values.filter(([token, value]) => token[0] === sign && counts.has(token) && !picked.includes(value))
      .map(([token, value]) => [value, counts.get(token)]).sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).slice(0, 100);
    if (!picked.length && !offered.length) continue;
    const links = offered.map(([value, number]) => link(asked, { values: [...asked.values, [facet, value]] }, value, number));
    const kept = picked.map((value) => {
      const made = link(asked, without(value), value, undefined, { class: "picked" });
      made.prepend(element("span", { class: "hidden" }, "Without "));
      made.append(" ", element("span", { class: "cross", "aria-hidden": "true" }, "×"));
      return made;
    });
    const section = element("section", { "aria-label": `By ${facet}` }, element("h2", {}, facet[0].toUpperCase() + facet.slice(1)), listed([...kept, ...links.slice(0, OFFERED)]));
    if (links.length > OFFERED) section.append(element("details", {}, element("summary", {}, `${links.length - OFFERED} more`), listed(links.slice(OFFERED))));
    details.append(section);
  }
  return details;
};
const cardsOf = async (kind, numbers) => {
  const files = await Promise.all(numbers.map((number) => load(`${kind}/${Math.floor((number - 1) / A_FILE)}`)));
  return numbers.map((number, at) => files[at][(number - 1) % A_FILE]).join(""); // made by the templates, which escape
};
const pagesOf = (asked, all) => {
  const last = Math.ceil(all / A_PAGE);
  const near = [...new Set([1, last, ...[-2, -1, 0, 1, 2].map((step) => asked.page + step)])].filter((page) => page >= 1 && page <= last);
  const links = near.sort((one, other) => one - other).map((page) =>
    link(asked, { page }, written(page), undefined, page === asked.page ? { "aria-current": "page" } : {}));
  return last > 1 ? element("nav", { class: "pages", "aria-label": "Pages of hits" }, listed(links)) : "";
};

const show = async () => {
  const stated = new URLSearchParams(location.search);
  const about = await load("index");
  const facets = Object.values(about.facets);
  const asked = {
    words: (stated.get("q") ?? "").trim(), values: [...stated].filter(([name, value]) => facets.includes(name) && value),
    among: KINDS[stated.get("in")] ? stated.get("in") : "claims", order: stated.get("sort") === "latest" ? "latest" : "",
    page: Math.max(1, Number.parseInt(stated.get("page"), 10) || 1),
  };
  document.querySelector("#words").value = asked.words;
  if (asked.words) document.title = document.title.replace("Search", `Search: ${asked.words}`);
  const hits = {};
  for (const [kind, letter] of Object.entries(KINDS)) hits[kind] = await found(kind === "claims" ? asked : { ...asked, values: [] }, letter, about);
  let here = hits[asked.among];
  if (asked.order) {
    const dated = await load("dated");
    here = here.filter((number) => number <= dated).reverse();
  }
  const kinds = Object.keys(KINDS).map((kind) => link(asked, { among: kind }, kind[0].toUpperCase() + kind.slice(1), hits[kind].length, kind === asked.among ? { "aria-current": "true" } : {}));
  const count = element("p", { class: "count", role: "status", id: "count" }, `${written(here.length)} ${asked.among.slice(0, here.length === 1 ? -1 : undefined)}`);
  if (asked.among === "claims" && here.length > 1) {
    const sorts = [["", "earliest first"], ["latest", "latest first"]];
    count.append(...sorts.flatMap(([order, words]) => [" · ", order === asked.order ? element("strong", {}, words) : link(asked, { order }, words)]));
  }
  const shown = element("section", { class: "hits", "aria-label": "Hits" }, count);
  const cards = element(asked.among === "names" ? "ul" : "div", asked.among === "names" ? { class: "names" } : {});
  cards.innerHTML = await cardsOf(asked.among, here.slice((asked.page - 1) * A_PAGE, asked.page * A_PAGE));
  shown.append(here.length ? cards : element("p", {}, asked.words || asked.values.length ? `Nothing that is looked for stands in any ${asked.among.slice(0, -1)}.` : "There is none in this dataset."), pagesOf(asked, here.length));
  const body = element("div", { class: asked.among === "claims" ? "narrowed" : "found" });
  const waiting = element("details", { class: "facets", "aria-busy": "true" }, element("summary", {}, "Narrow"));
  if (asked.among === "claims") body.append(waiting);
  body.append(shown);
  place.replaceChildren(element("nav", { class: "kinds", "aria-label": "Kinds of hits" }, listed(kinds)), body);
  if (asked.among === "claims") waiting.replaceWith(await facetsOf(asked, here, about)); // of many claims they take a while
};
if (place) show();
