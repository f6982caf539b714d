// The tables of a static site: rows are found, sorted and downloaded here; the server does it with kg.web.pages.table.
import { fold } from "./search.js";

const order = new Intl.Collator("en", { numeric: true });
const cellsOf = (row) => [...row.cells].map((cell) => cell.textContent.trim());
const quoted = (text) => `"${(/^[=+@\t\r-]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text).replaceAll('"', '""')}"`;

for (const listing of document.querySelectorAll(".listing")) {
  const table = listing.querySelector("table");
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, cells: cellsOf(row), folded: fold(row.textContent) }));
  const look = new URLSearchParams(location.search);
  const find = Object.assign(document.createElement("input"), { type: "search", placeholder: "Find in the rows", value: look.get("find") ?? "" });
  find.setAttribute("aria-label", "Find in the rows");
  const download = Object.assign(document.createElement("a"), { className: "csv", textContent: "These rows as CSV", download: `${listing.dataset.name}.csv` });
  const bar = Object.assign(document.createElement("div"), { className: "look" });
  bar.append(find, download);
  listing.prepend(bar);
  const names = heads.map((head) => head.textContent.trim());

  const show = () => {
    const wanted = fold(find.value).split(" ");
    const sort = look.get("sort") ?? "";
    const column = names.indexOf(sort.replace(/^-/, ""));
    const here = rows.filter(({ folded }) => wanted.every((word) => folded.includes(word)));
    if (column >= 0) {
      const sign = sort.startsWith("-") ? -1 : 1;
      here.sort(({ cells: one }, { cells: other }) =>
        !one[column] - !other[column] || sign * order.compare(fold(one[column]), fold(other[column])));
    }
    table.tBodies[0].replaceChildren(...here.map(({ row }) => row));
    for (const [number, head] of heads.entries()) {
      head.removeAttribute("aria-sort");
      if (number === column) head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
    }
    listing.querySelector(".count").textContent = `${here.length.toLocaleString("en")} ${here.length === 1 ? "row" : "rows"}`;
    URL.revokeObjectURL(download.href);
    const lines = [names, ...here.map(({ cells }) => cells)].map((cells) => cells.map(quoted).join(","));
    download.href = URL.createObjectURL(new Blob([`${lines.join("\r\n")}\r\n`], { type: "text/csv" }));
    const stated = new URLSearchParams([...look].filter(([, value]) => value));
    history.replaceState(null, "", stated.size ? `?${stated}` : location.pathname);
  };
  for (const [number, head] of heads.entries()) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "by", textContent: names[number] });
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      look.set("sort", look.get("sort") === names[number] ? `-${names[number]}` : names[number]);
      show();
    });
  }
  find.addEventListener("input", () => {
    look.set("find", find.value);
    show();
  });
  show();
}
