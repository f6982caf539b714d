// A timeline can be zoomed and moved: by buttons, by keys, by the wheel with Ctrl. Marks that lie on each other are one
// with their number, and opens; a mark says its date where there is room for it. Each view has an address.
const DAY = 86_400_000;
const NEAREST = 30 * DAY; // what is seen at least
const NEAR = 15; // pixels
const NARROWEST = 16; // of a mark for several days
const LETTER = 6.4; // pixels of a date's letters
const SMALL = 820; // pixels of a screen on which names stand above their rows
const STEPS = [["Y", 500], ["Y", 200], ["Y", 100], ["Y", 50], ["Y", 20], ["Y", 10], ["Y", 5], ["Y", 2], ["Y", 1], ["M", 6], ["M", 3], ["M", 1], ["D", 10], ["D", 5]];
const LONG = { Y: 365.2425 * DAY, M: 30.4 * DAY, D: DAY };
const wording = (options) => new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
const WORDS = { Y: wording({ year: "numeric" }), M: wording({ month: "short", year: "numeric" }), D: wording({ day: "numeric", month: "short", year: "numeric" }) };

function zoomable(chart) {
  const make = (name, attributes, words = "") => {
    const made = document.createElementNS(chart.namespaceURI, name);
    set(made, attributes);
    made.textContent = words;
    return made;
  };
  const set = (one, attributes) => Object.entries(attributes).forEach(([key, value]) => one.setAttribute(key, value));
  const [first, last] = chart.dataset.days.split(" ").map((day) => Date.parse(day));
  const ends = chart.dataset.ends.split(" ").map(Number);
  const whole = chart.viewBox.baseVal.width;
  const region = chart.closest(".scroll");
  const dayOf = (x) => first + ((x - ends[0]) / (ends[1] - ends[0])) * (last - first); // in the drawing as it came
  let [left, right] = ends;
  const rows = [...chart.querySelectorAll(".row")].map((row) => ({
    row,
    bars: [...row.querySelectorAll(":scope > rect")].map((bar) => {
      const [x, width] = ["x", "width"].map((name) => Number(bar.getAttribute(name)));
      return { bar, from: dayOf(x), to: dayOf(x + width) };
    }),
    marks: [...row.querySelectorAll(".mark")].map((mark) => {
      const [from, to] = mark.dataset.days.split(" ").map((day) => Date.parse(day));
      return { mark, from, to, style: ["exact", "open", "within"].find((one) => mark.classList.contains(one)), when: mark.dataset.when };
    }),
  }));
  let seen = [first, last];
  const at = (time) => left + ((time - seen[0]) / (seen[1] - seen[0])) * (right - left);
  const held = (x) => Math.min(Math.max(x, left), right);

  // On a small screen the years have its whole width.
  function layOut() {
    const small = region.clientWidth < SMALL;
    const width = small ? region.clientWidth : whole;
    const [top, step] = small ? [44, 44] : [34, 34];
    [left, right] = small ? [10, width - 18] : ends;
    Object.assign(chart.dataset, { ends: `${left} ${right}`, top, step });
    chart.classList.toggle("narrow", small);
    chart.setAttribute("width", width);
    const shown = rows.filter(({ row }) => !row.classList.contains("gone"));
    shown.forEach(({ row }, number) => row.setAttribute("transform", `translate(0 ${top + step * number})`));
    chart.setAttribute("viewBox", `0 0 ${width} ${top + step * shown.length + 12}`);
    for (const label of chart.querySelectorAll(".row-label")) set(label, small ? { x: 0, y: -3, "text-anchor": "start" } : { x: 168, y: 15, "text-anchor": "end" });
  }

  function drawAxis() {
    const room = Math.max((right - left) / 12, 72);
    const scale = (right - left) / (seen[1] - seen[0]);
    const [unit, step] = STEPS.findLast(([name, count]) => LONG[name] * count * scale >= room) ?? STEPS[0];
    const axis = chart.querySelector(".axis");
    const height = chart.viewBox.baseVal.height;
    const begin = new Date(seen[0]);
    const ticks = [];
    let year = unit === "Y" ? Math.ceil(begin.getUTCFullYear() / step) * step : begin.getUTCFullYear();
    let [month, day] = [0, 1];
    for (let guard = 0; guard < 2000; guard++) {
      const time = new Date(0).setUTCFullYear(year, month, day);
      if (time > seen[1] || year > 9999) break;
      if (time >= seen[0]) ticks.push(time);
      if (unit === "Y") year += step;
      else if (unit === "M") [year, month] = [year + Math.floor((month + step) / 12), (month + step) % 12];
      else [month, day] = day + step > 30 - step / 2 ? [month + 1, 1] : [month, day === 1 ? step : day + step];
      if (month > 11) [year, month] = [year + 1, 0];
    }
    axis.replaceChildren(...ticks.flatMap((time) => [make("path", { d: `M${at(time)} 22V${height}` }), make("text", { x: at(time), y: 15, "text-anchor": "middle" }, WORDS[unit].format(time))]));
  }

  function stand(one) {
    const { mark, style } = one;
    let [x, to] = [at(one.from), style === "open" ? right : at(one.to)];
    if (style === "within" && to - x < NARROWEST) [x, to] = [(x + to - NARROWEST) / 2, (x + to + NARROWEST) / 2];
    one.outside = to < left - 1 || x > right + 1;
    mark.classList.toggle("outside", one.outside);
    if (one.outside) return;
    const width = style === "exact" ? 0 : Math.max(held(to) - held(x), 1);
    if (style !== "exact") x = held(x);
    for (const shape of mark.querySelectorAll("circle")) set(shape, { cx: x });
    for (const shape of mark.querySelectorAll(".within")) set(shape, { x, width });
    if (style === "open") {
      set(mark.querySelector(".line"), { d: `M${x} 11H${x + width}` });
      set(mark.querySelector(".head"), { d: `M${x + width - 8} 6l7 5-7 5` });
    }
    set(mark.querySelector(".reach"), { x: x - 8, width: width + 16 });
    const differs = mark.querySelector(".differs");
    if (differs) set(differs, { x: x + Math.max(width, 8) + 5 });
    Object.assign(one, { differs, x, end: x + width, middle: style === "within" ? x + width / 2 : x, narrow: width <= NARROWEST || style === "open", room: x + width + (differs ? 24 : 12) });
  }

  function drawRow({ row, bars, marks }) {
    for (const old of row.querySelectorAll(":scope > .together, :scope > .dated")) old.remove();
    for (const { bar, from, to } of bars) {
      const [x, end] = [held(at(from)), held(at(to))];
      set(bar, { x, width: Math.max(end - x, 0) });
    }
    marks.forEach(stand);
    for (const { mark } of marks) mark.classList.remove("clustered");
    const inside = marks.filter((one) => !one.outside).toSorted((one, other) => one.middle - other.middle);
    const groups = [];
    for (const one of inside) {
      const group = one.narrow && seen[1] - seen[0] > NEAREST && groups.findLast((other) => other[0].narrow);
      if (group && one.middle - group.at(-1).middle < (group.at(-1).differs ? 2 : 1) * NEAR) group.push(one);
      else groups.push([one]);
    }
    for (const group of groups) if (group.length > 1) row.append(together(group));
    if (seen[0] > first || seen[1] < last) date(row, groups);
  }

  function together(group) {
    for (const { mark } of group) mark.classList.add("clustered");
    const x = (group[0].middle + group.at(-1).middle) / 2;
    const told = group.map(({ mark }) => mark.getAttribute("aria-label"));
    const made = make("g", { class: "together", tabindex: 0, role: "button", "aria-label": `${group.length} events, opens: ${told.join("; ")}` });
    made.append(make("circle", { cx: x, cy: 11, r: 10 }), make("text", { x, y: 15.5, "text-anchor": "middle" }, group.length), make("title", {}, told.join("\n")));
    made.events = group.map(({ mark }) => mark);
    const open = () => {
      const [from, to] = [Math.min(...group.map((one) => one.from)), Math.max(...group.map((one) => one.to))];
      const wide = Math.max((to - from) * 1.6, NEAREST);
      look([(from + to - wide) / 2, (from + to + wide) / 2]);
      group[0].mark.focus();
    };
    made.addEventListener("click", open);
    made.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), open()));
    return made;
  }

  function date(row, groups) {
    groups.forEach(([one, ...others], number) => {
      const free = (groups[number + 1]?.[0].x ?? right) - 10 - one.room;
      if (!others.length && one.when && one.style !== "open" && one.when.length * LETTER < free) row.append(make("text", { class: "dated", x: one.room, y: 15 }, one.when));
    });
  }

  const shade = () => {
    for (const one of chart.querySelectorAll(".together")) one.classList.toggle("pale", one.events.every((mark) => mark.classList.contains("pale")));
  };

  function draw() {
    drawAxis();
    rows.forEach(drawRow);
    shade();
    chart.dataset.seen = seen.map((time) => new Date(time).toISOString().slice(0, 10)).join(" ");
    said.textContent = seen.map((time) => WORDS.D.format(time)).join(" to ");
    closer.disabled = seen[1] - seen[0] <= NEAREST;
    wider.disabled = every.disabled = seen[0] <= first && seen[1] >= last;
    chart.dispatchEvent(new CustomEvent("zoomed"));
  }

  function look([from, to]) {
    const wide = Math.min(Math.max(to - from, NEAREST), last - first);
    const begin = Math.min(Math.max((from + to - wide) / 2, first), last - wide);
    seen = [begin, begin + wide];
    draw();
    const address = new URLSearchParams(location.search);
    if (wide < last - first) address.set("seen", chart.dataset.seen.replace(" ", ".."));
    else address.delete("seen");
    history.replaceState(null, "", `${address.size ? `?${address}` : location.pathname}${location.hash}`);
  }
  const zoom = (factor, around = (seen[0] + seen[1]) / 2) => look(seen.map((time) => around + (time - around) * factor));
  const move = (share) => look(seen.map((time) => time + (seen[1] - seen[0]) * share));

  const bar = document.createElement("div");
  bar.className = "zoom";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "What the timeline shows");
  const button = (words, told, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.setAttribute("aria-label", told);
    made.title = told;
    made.addEventListener("click", act);
    return made;
  };
  const said = document.createElement("output");
  const closer = button("+", "Closer", () => zoom(1 / 2));
  const wider = button("−", "Wider", () => zoom(2));
  const every = button("All years", "All years", () => look([first, last]));
  bar.append(said, button("←", "Earlier", () => move(-1 / 2)), button("→", "Later", () => move(1 / 2)), closer, wider, every);
  region.before(bar);

  const KEYS = { "+": () => zoom(1 / 2), "=": () => zoom(1 / 2), "-": () => zoom(2), 0: () => look([first, last]), ArrowLeft: () => move(-1 / 4), ArrowRight: () => move(1 / 4) };
  region.addEventListener("keydown", (event) => {
    const whole = seen[0] <= first && seen[1] >= last;
    if (!(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey || (whole && event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  const time = (event) => {
    const x = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse()).x;
    return seen[0] + ((held(x) - left) / (right - left)) * (seen[1] - seen[0]);
  };
  chart.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1 / 1.3 : 1.3, time(event));
  }, { passive: false });
  if (!chart.closest(".as-of")) {
    let pressed = null; // dragging moves it; on the map's page it is the brush
    chart.addEventListener("pointerdown", (event) => event.button === 0 && !event.target.closest("a, .together") && (pressed = time(event)));
    addEventListener("pointermove", (event) => pressed !== null && look(seen.map((one) => one + pressed - time(event))));
    addEventListener("pointerup", () => (pressed = null));
  }
  chart.addEventListener("brushed", shade);

  // No drawing is cut where a page of paper ends: a long one is printed as several, between rows.
  const copies = [];
  addEventListener("beforeprint", () => {
    const { width, height } = chart.viewBox.baseVal;
    const [top, step] = [Number(chart.dataset.top) - 8, Number(chart.dataset.step)];
    const most = Math.floor((width * 1.1) / step) * step;
    if (height <= most + top) return;
    for (let from = 0; from < height; from += most + (from ? 0 : top)) {
      const copy = chart.cloneNode(true);
      copy.setAttribute("viewBox", `0 ${from} ${width} ${Math.min(most + (from ? 0 : top), height - from)}`);
      chart.before(copy);
      copies.push(copy);
    }
    chart.classList.add("outside");
  });
  addEventListener("afterprint", () => {
    chart.classList.remove("outside");
    for (const copy of copies.splice(0)) copy.remove();
  });
  let laidOut = 0;
  new ResizeObserver(() => {
    if (region.clientWidth === laidOut || Math.min(region.clientWidth, laidOut) >= SMALL) return;
    laidOut = region.clientWidth;
    layOut();
    draw();
  }).observe(region);
  const asked = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(new URLSearchParams(location.search).get("seen") ?? "");
  laidOut = region.clientWidth;
  layOut();
  if (asked) look(asked.slice(1).map((day) => Date.parse(day)));
  else draw();
}

document.querySelectorAll("svg.timeline").forEach(zoomable);
