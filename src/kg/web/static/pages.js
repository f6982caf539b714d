// What makes the pages quicker to use; each works without it.

// A document: pointing at evidence shows its claims there, and the other way round.
const text = document.querySelector(".text");
if (text) {
  const notes = new Map([...document.querySelectorAll(".note")].map((note) => [note.id.slice("claims-".length), note]));
  const spansOf = (piece) => piece.dataset.spans.trim().split(" ");
  const pieces = [...text.querySelectorAll("a.evidence")];
  let popover = null;

  const light = (spans, on) => {
    for (const piece of pieces) if (spansOf(piece).some((span) => spans.includes(span))) piece.classList.toggle("lit", on);
    for (const span of spans) notes.get(span)?.classList.toggle("lit", on);
  };
  const hide = () => {
    popover?.remove();
    popover = null;
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  };
  const show = (piece) => {
    hide();
    light([spansOf(piece)[0]], true);
    popover = document.createElement("div");
    popover.className = "popover";
    for (const span of spansOf(piece)) {
      const list = notes.get(span)?.querySelector("ul");
      if (list) popover.append(list.cloneNode(true));
    }
    document.body.append(popover);
    const box = piece.getClientRects()[0];
    const left = Math.min(box.left, document.documentElement.clientWidth - popover.offsetWidth - 16);
    popover.style.left = `${Math.max(16, left) + scrollX}px`;
    const below = box.bottom + popover.offsetHeight + 12 < innerHeight || box.top < popover.offsetHeight + 12;
    popover.style.top = `${(below ? piece.getBoundingClientRect().bottom + 6 : box.top - popover.offsetHeight - 6) + scrollY}px`;
    popover.addEventListener("mouseleave", hide);
  };
  for (const piece of pieces) {
    piece.addEventListener("mouseenter", () => show(piece));
    piece.addEventListener("focus", () => show(piece));
    piece.addEventListener("click", (event) => {
      if (event.detail && matchMedia("(hover: none)").matches) event.preventDefault(); // a tap shows what hovering does
      show(piece);
    });
  }
  for (const [span, note] of notes) {
    note.addEventListener("mouseenter", () => light([span], true));
    note.addEventListener("mouseleave", () => light([span], false));
  }
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("click", (event) => {
    if (popover && !popover.contains(event.target) && !event.target.closest(".evidence")) hide();
  });
  text.addEventListener("mouseleave", (event) => !popover?.contains(event.relatedTarget) && hide());
  // An address such as #75-114 lights every piece of that span, not its first alone.
  const follow = () => {
    const span = decodeURIComponent(location.hash.slice(1));
    if (notes.has(span)) light([span], true);
  };
  addEventListener("hashchange", follow);
  follow();
}

// The map: the slider moves through the days on which something changes; what is shown, said and linked follows.
const map = document.querySelector(".as-of");
if (map) {
  const days = map.dataset.days.split(" ");
  const slide = map.querySelector("#slide");
  const picked = map.querySelector("#day");
  const rows = new Map([...document.querySelectorAll("tr[data-place]")].map((row) => [row.dataset.place, row.querySelector(".now")]));
  const circles = [...map.querySelectorAll("[data-states]")].map((circle) => ({
    circle, states: JSON.parse(circle.dataset.states), name: circle.querySelector("title").textContent.split(":")[0],
  }));
  const drawing = map.querySelector("svg[role=group]");
  const wording = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const site = document.title.slice(document.querySelector("#map-title").textContent.length);
  const show = (day) => {
    for (const { circle, states, name } of circles) {
      const [, colour, words] = states.findLast(([since]) => since <= day) ?? ["", "before", "no claim up to this day"];
      circle.setAttribute("class", `circle ${colour}`);
      circle.querySelector("title").textContent = `${name}: ${words}`;
      rows.get(circle.dataset.place).textContent = words;
    }
    const words = wording.format(new Date(`${day}T00:00Z`));
    for (const one of document.querySelectorAll("#day-words, .day-words")) one.textContent = words;
    document.querySelector("#map-title").textContent = `Who held what on ${words}`;
    drawing.setAttribute("aria-label", `Who held what on ${words}`);
    document.title = `Who held what on ${words}${site}`;
    slide.setAttribute("aria-valuetext", words);
    picked.value = day;
    const address = new URLSearchParams(location.search);
    address.set("date", day);
    history.replaceState(null, "", `?${address}`);
    map.dataset.day = day;
    map.dispatchEvent(new CustomEvent("shown"));
  };
  const pick = (day) => {
    slide.value = Math.max(0, days.findLastIndex((other) => other <= day));
    show(day);
  };
  slide.hidden = false;
  map.querySelector("button").hidden = true;
  slide.addEventListener("input", () => show(days[slide.value]));
  map.addEventListener("pick", (event) => pick(event.detail));
  picked.addEventListener("change", () => picked.value && pick(picked.value));
  const asked = new URLSearchParams(location.search).get("date");
  if (/^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked))) pick(asked);
}

// A query stands in the address, so that it can be passed on, unless it is longer than addresses may be.
const editor = document.querySelector("form.editor[action$='query']");
editor?.addEventListener("submit", () => (editor.method = editor.elements.query.value.length > 6000 ? "post" : "get"));

// What is cited, to the clipboard.
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.closest(".cited").querySelector(button.dataset.copy).textContent);
    button.textContent = "Copied";
  });
}

// What narrows a search stands beside the hits, and on a narrow screen above them, closed. The sheet shows it already.
const facets = document.querySelector(".facets");
if (facets && matchMedia("(min-width: 58rem)").matches) facets.open = true;

// A static host shows this page where nothing lies: a piece of evidence is in the text, and what one document alone tells
// of is with its claims. Which document that is its IRI says; the longest of which there is a page is it.
const lost = document.querySelector("h1[data-root]");
if (lost) {
  const { root } = lost.dataset;
  const path = location.pathname.slice(location.pathname.startsWith(root) ? root.length : 1).replace(/\.html$/, "");
  const [, family, name] = path.match(/^(span|claim|event|place|agent|role)\/([\w-]+)$/) ?? [];
  const tellers = (words) => words.map((_, end) => words.slice(0, words.length - 1 - end).join("_")).filter((one) => /-\d+$/.test(one));
  const leadTo = async (pages) => {
    for (const page of pages) {
      const address = `${root}${page}`;
      if ((await fetch(address.split("#")[0], { method: "HEAD" })).ok) return location.replace(address + (page.includes("#") ? "" : location.hash));
    }
  };
  if (family === "span") leadTo([name.replace(/^(.*)-(\d+)-(\d+)$/, "document/$1.html#$2-$3")]);
  else if (name) {
    const words = name.split("_");
    const told = [...tellers(words), ...(family === "event" ? tellers(words.slice(1)) : [])];
    leadTo(told.map((document) => `claims/${document}.html#${path}${location.hash.replace("#", "/")}`));
  }
}
