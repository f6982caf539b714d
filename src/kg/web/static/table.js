// The tables of a static site: the address says how rows are looked at, as it does on a server (kg.web.pages.table).
import { fold } from "./search.js";

const A_PAGE = 100;
const MOST = 5000;
const wordsOf = (cell) => [...cell.children].filter((one) => one.tagName !== "BR").map((one) => one.textContent.trim()).join(" | ");
const safe = (text) => (/^[=+@\t\r-]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text);
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

class Listing {
  constructor(box) {
    this.box = box;
    this.form = box.querySelector("form.look");
    this.table = box.querySelector("table");
    this.heads = [...this.table.tHead.rows[0].cells];
    this.names = this.heads.map((head) => head.dataset.column);
    this.words = this.heads.map((head) => head.textContent.trim());
    this.rows = [...this.table.tBodies[0].rows].map((row) => {
      const texts = [...row.cells].map(wordsOf);
      return { row, cells: [...row.cells], texts, folded: fold(texts.join(" | ")), ranks: row.dataset.ranks.split(" ").map(Number) };
    });
    this.form.hidden = false;
    this.form.elements.find.addEventListener("input", () => {
      history.replaceState(null, "", this.addressOf({ find: this.form.elements.find.value, page: 1 }));
      this.show();
    });
    addEventListener("popstate", () => this.show());
    this.show();
  }

  look() {
    const stated = new URLSearchParams(location.search);
    const sort = stated.getAll("sort").at(-1) ?? "";
    const columns = [...new Set(stated.getAll("column"))].filter((name) => this.names.includes(name));
    return {
      find: (stated.getAll("find").at(-1) ?? "").trim(),
      sort: this.names.includes(sort.replace(/^-/, "")) ? sort : "",
      columns: columns.length && columns.join() !== this.names.join() ? columns : [],
      page: Math.max(1, Number.parseInt(stated.get("page"), 10) || 1),
    };
  }

  addressOf(changed) {
    const look = { ...this.look(), ...changed };
    const stated = [["find", look.find], ["sort", look.sort], ...look.columns.map((name) => ["column", name]), ["page", look.page > 1 ? look.page : ""]];
    const kept = stated.filter(([, value]) => value);
    return kept.length ? `?${new URLSearchParams(kept)}` : location.pathname;
  }

  select({ find, sort }) {
    const wanted = fold(find).split(" ").filter(Boolean);
    const here = this.rows.filter(({ folded }) => wanted.every((word) => folded.includes(word)));
    const column = this.names.indexOf(sort.replace(/^-/, ""));
    if (column < 0) return here;
    const sign = sort.startsWith("-") ? -1 : 1; // what is not stated has no number and comes last
    return here.sort(({ ranks: { [column]: one } }, { ranks: { [column]: other } }) =>
      Number.isNaN(one) || Number.isNaN(other) ? Number.isNaN(one) - Number.isNaN(other) : sign * (one - other));
  }

  show() {
    const look = this.look();
    const here = this.select(look);
    const picked = (look.columns.length ? look.columns : this.names).map((name) => this.names.indexOf(name));
    const page = here.slice((look.page - 1) * A_PAGE, look.page * A_PAGE);
    for (const { row, cells } of page) row.replaceChildren(...picked.map((number) => cells[number]));
    this.table.tBodies[0].replaceChildren(...page.map(({ row }) => row));
    this.table.tHead.rows[0].replaceChildren(...picked.map((number) => this.head(number, look)));
    this.box.querySelector(".count").textContent =
      `${here.length.toLocaleString("en")} ${here.length === 1 ? "row" : "rows"}${this.box.dataset.more ? ` of the first ${MOST.toLocaleString("en")}` : ""}`;
    this.steps(look, Math.ceil(here.length / A_PAGE));
    this.fill(look, picked);
    this.offer(here, picked);
  }

  head(number, { sort }) {
    const head = this.heads[number];
    const name = this.names[number];
    const link = document.createElement("a");
    link.href = this.addressOf({ sort: sort === name ? `-${name}` : name, page: 1 });
    link.textContent = this.words[number];
    head.removeAttribute("aria-sort");
    if (sort.replace(/^-/, "") === name) {
      head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
      const arrow = Object.assign(document.createElement("span"), { textContent: sort.startsWith("-") ? "↓" : "↑" });
      arrow.setAttribute("aria-hidden", "true");
      link.append(" ", arrow);
    }
    head.replaceChildren(link);
    return head;
  }

  steps(look, last) {
    const near = new Set([1, last, ...[-2, -1, 0, 1, 2].map((step) => look.page + step)]);
    const pages = last > 1 ? [...near].filter((page) => page >= 1 && page <= last).sort((one, other) => one - other) : [];
    const nav = this.box.querySelector(".pages");
    nav.hidden = !pages.length;
    nav.querySelector("ul").replaceChildren(...pages.map((page) => {
      const link = Object.assign(document.createElement("a"), { href: this.addressOf({ page }), textContent: page.toLocaleString("en") });
      if (page === look.page) link.setAttribute("aria-current", "page");
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
  }

  fill({ find, sort }, picked) {
    const { elements } = this.form;
    if (document.activeElement !== elements.find) elements.find.value = find;
    elements.sort.value = sort;
    elements.sort.disabled = !sort;
    for (const box of this.form.querySelectorAll("[name=column]")) box.checked = picked.includes(this.names.indexOf(box.value));
  }

  offer(here, picked) {
    const download = this.box.querySelector(".csv");
    if (download.href) URL.revokeObjectURL(download.href);
    const lines = [picked.map((number) => this.names[number]), ...here.map(({ texts }) => picked.map((number) => safe(texts[number])))];
    const text = lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
    download.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  }
}

for (const box of document.querySelectorAll(".listing")) new Listing(box);
