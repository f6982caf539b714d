// The linked view: the map of the page can be moved and zoomed over coasts and borders, and one brush over the timeline
// says which days it shows. The marks are the page's own: links, in the colours and words that pages.js gives them.
import { Layer, control, map as mapIn, polyline, svg as renderer } from "leaflet";
import "leaflet/dist/leaflet.css";

const KM = 111.32; // of a degree of latitude
const NEAR = 28; // pixels: places so near to each other are one mark with their number
const DOT = 6;
const LONGEST = 26; // letters of a name on the map
const box = document.querySelector(".as-of");
const drawing = box.querySelector("svg.map");
const circles = new Map([...drawing.querySelectorAll("a.circle")].map((one) => [one.dataset.place, one]));
const element = (name, attributes, words = "") => {
  const made = document.createElementNS(drawing.namespaceURI, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = words;
  return made;
};

// Marks, clusters and names, each time that the map stands still.
const Marks = Layer.extend({
  initialize(places) {
    this.places = Object.entries(places).map(([path, place]) => ({ ...place, path, mark: circles.get(path) }));
    this.more = element("g", { class: "clusters" });
    this.names = element("g", { class: "labels", "aria-hidden": "true" });
    for (const old of drawing.querySelectorAll(".lines, .labels")) old.remove();
    for (const name of ["viewBox", "class"]) drawing.removeAttribute(name);
    drawing.classList.add("marks");
    drawing.append(this.more, this.names);
  },
  onAdd(map) {
    map.getPanes().overlayPane.append(drawing);
    map.on("zoomend moveend resize", this.draw, this);
    this.draw();
  },
  draw() {
    const found = this.places.filter((place) => !place.mark.classList.contains("gone")).map((place) => this.stand(place));
    for (const place of this.places) place.mark.classList.add("clustered");
    const groups = [];
    for (const one of found) {
      const near = one.radius < NEAR && groups.find(([other]) => other.radius < NEAR && Math.hypot(one.x - other.x, one.y - other.y) < NEAR);
      if (near && this._map.getZoom() < this._map.getMaxZoom()) near.push(one);
      else groups.push([one]);
    }
    this.more.replaceChildren(...groups.filter((group) => group.length > 1).map((group) => this.cluster(group)));
    for (const [one, ...others] of groups) if (!others.length) one.place.mark.classList.remove("clustered");
    this.name(groups);
  },
  stand(place) {
    const [latitude, longitude] = place.at;
    const { x, y } = this._map.latLngToLayerPoint(place.at);
    const length = y - this._map.latLngToLayerPoint([latitude + 1 / KM, longitude]).y; // of a kilometre
    const radii = place.areas.map((area) => Math.max(Math.sqrt(area / Math.PI) * length, DOT)).reverse();
    const drawn = radii.length ? [...radii, radii[0]] : [DOT, DOT]; // the last is the hatching
    [...place.mark.querySelectorAll("circle")].forEach((circle, number) => {
      for (const [key, value] of [["cx", x], ["cy", y], ["r", drawn[number] ?? DOT]]) circle.setAttribute(key, value);
    });
    return { place, x, y, radius: drawn[0] };
  },
  cluster(group) {
    const [{ x, y }] = group;
    const names = group.map(({ place }) => place.name);
    const pale = group.every(({ place }) => place.mark.classList.contains("pale"));
    const made = element("g", { class: `cluster${pale ? " pale" : ""}`, tabindex: 0, role: "button", "aria-label": `${group.length} places: ${names.join(", ")}` });
    made.append(element("circle", { cx: x, cy: y, r: 13 }), element("text", { x, y: y + 5, "text-anchor": "middle" }, group.length));
    made.append(element("title", {}, names.join(", ")));
    const open = () => this._map.fitBounds(group.map(({ place }) => place.at), { padding: [60, 60], maxZoom: this._map.getMaxZoom() });
    made.addEventListener("click", open);
    made.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), open()));
    return made;
  },
  name(groups) {
    const found = groups.filter((group) => group.length === 1).map(([one]) => one);
    const order = found.toSorted((one, other) => one.place.mark.classList.contains("pale") - other.place.mark.classList.contains("pale") || other.radius - one.radius);
    const taken = groups.filter((group) => group.length > 1).map(([{ x, y }]) => ({ x, y: y + 5, half: 16 }));
    const labels = [];
    for (const { place, x, y, radius } of order) {
      const name = place.name.length > LONGEST ? `${place.name.slice(0, LONGEST - 1)}…` : place.name;
      const half = name.length * 4 + 3;
      const middle = radius > 34 ? [y + 5] : [];
      for (const at of [...middle, y - radius - 5, y + radius + 14]) {
        const free = !taken.some((other) => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - at) < 16);
        if (!free) continue;
        taken.push({ x, y: at, half });
        labels.push(element("text", { x, y: at, "text-anchor": "middle" }, name));
        break;
      }
    }
    this.names.replaceChildren(...labels);
  },
});

function drawMap(view) {
  const host = document.createElement("div");
  host.className = "zoomed";
  host.setAttribute("role", "region");
  host.setAttribute("aria-label", "Map: arrow keys move it, plus and minus zoom");
  drawing.before(host);
  const map = mapIn(host, { attributionControl: false, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, scrollWheelZoom: "center", zoomSnap: 0.5, maxZoom: 12, maxBounds: view.limits });
  map.fitBounds(view.bounds, { padding: [16, 16], maxZoom: 9 });
  map.setMinZoom(Math.min(map.getBoundsZoom(view.limits), map.getZoom()));
  map.createPane("lines");
  const lines = renderer({ pane: "lines", padding: 0.6 });
  for (const [kind, found] of Object.entries(view.lines))
    polyline(found, { renderer: lines, className: kind, interactive: false, smoothFactor: 1.2, fill: kind === "lake" }).addTo(map);
  control.scale({ imperial: false }).addTo(map);
  const marks = new Marks(view.places);
  marks.addTo(map);
  // Printed it is as wide as a page, and shows the same places.
  let seen = null;
  const sized = (width) => {
    seen ??= map.getBounds();
    host.style.width = width;
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(seen, { animate: false });
  };
  addEventListener("beforeprint", () => sized("640px"));
  addEventListener("afterprint", () => (sized(""), (seen = null)));
  box.addEventListener("shown", () => marks.draw()); // pages.js has given the circles their classes anew
  return marks;
}

// The brush: from one day to another, by dragging over the years or by two sliders.
function linkTimeline(marks) {
  const chart = box.querySelector("svg.timeline");
  const form = box.querySelector(".brush");
  if (!chart || !form) return;
  const seen = () => (chart.dataset.seen ?? chart.dataset.days).split(" ").map((day) => Date.parse(day)); // timeline.js zooms
  const ends = () => chart.dataset.ends.split(" ").map(Number);
  const rows = [...chart.querySelectorAll(".row")];
  const days = box.dataset.days.split(" ");
  const from = form.querySelector("#from");
  const acting = form.querySelector("#acting");
  const wording = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const across = (day) => {
    const [first, last] = seen();
    const [left, right] = ends();
    return left + Math.min(Math.max((Date.parse(day) - first) / (last - first), 0), 1) * (right - left);
  };
  const dayAt = (x) => {
    const [first, last] = seen();
    const [left, right] = ends();
    return new Date(first + Math.min(Math.max((x - left) / (right - left), 0), 1) * (last - first)).toISOString().slice(0, 10);
  };
  const shade = element("rect", { class: "brushed", y: 20 });
  const edges = [0, 1].map(() => element("path", { class: "brush-edge" }));
  chart.append(shade, ...edges);
  let begin = days[0];

  const fits = (mark) => !acting.value || mark.dataset.actors.split(" ").includes(acting.value);
  const within = (mark) => {
    const [one, other] = mark.dataset.days.split(" ");
    return one <= (box.dataset.day ?? days.at(-1)) && other >= begin;
  };
  const update = () => {
    const end = box.dataset.day ?? days.at(-1);
    const [top, height] = [chart.dataset.top ?? 34, chart.dataset.step ?? 34].map(Number);
    let shown = 0;
    rows.forEach((row, number) => {
      const marksOf = [...row.querySelectorAll(".mark")];
      const ofRegion = rows.slice(number + 1, rows.findIndex((other, at) => at > number && !other.dataset.place) >>> 0);
      const kept = row.dataset.place ? marksOf.some(fits) : ofRegion.some((other) => [...other.querySelectorAll(".mark")].some(fits));
      row.classList.toggle("gone", !kept);
      if (kept) row.setAttribute("transform", `translate(0 ${top + height * shown++})`);
      for (const mark of marksOf) mark.classList.toggle("pale", !(within(mark) && fits(mark)));
      const circle = circles.get(row.dataset.place);
      circle?.classList.toggle("gone", !kept);
      circle?.classList.toggle("pale", !marksOf.some((mark) => within(mark) && fits(mark)));
    });
    const tall = top + height * shown + 12;
    chart.setAttribute("viewBox", `0 0 ${chart.viewBox.baseVal.width} ${tall}`);
    const [x, to] = [across(begin), across(end)];
    for (const [key, value] of [["x", Math.min(x, to)], ["width", Math.max(to - x, 2)], ["height", tall - 20]]) shade.setAttribute(key, value);
    edges.forEach((edge, number) => edge.setAttribute("d", `M${number ? to : x} 20V${tall}`));
    form.querySelector("#from-words").textContent = wording.format(new Date(`${begin}T00:00Z`));
    from.setAttribute("aria-valuetext", form.querySelector("#from-words").textContent);
    const address = new URLSearchParams(location.search);
    for (const [key, value] of [["from", begin === days[0] ? "" : begin], ["who", acting.value]])
      if (value) address.set(key, value);
      else address.delete(key);
    history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
    chart.dispatchEvent(new CustomEvent("brushed"));
    marks.draw();
  };
  const start = (day) => {
    begin = day;
    from.value = Math.max(0, days.findLastIndex((other) => other <= day));
  };
  const pick = (day) => box.dispatchEvent(new CustomEvent("pick", { detail: day }));

  let pressed = null;
  const place = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse()).x;
  chart.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && place(event) >= ends()[0] - 8 && !event.target.closest("a, .together")) pressed = place(event);
  });
  addEventListener("pointermove", (event) => {
    if (pressed === null || Math.abs(place(event) - pressed) < 4) return;
    const [one, other] = [pressed, place(event)].toSorted((a, b) => a - b).map(dayAt);
    start(one);
    pick(other);
  });
  addEventListener("pointerup", () => (pressed = null));
  from.addEventListener("input", () => {
    start(days[from.value]);
    if (begin > (box.dataset.day ?? begin)) pick(begin);
    else update();
  });
  acting.addEventListener("change", update);
  chart.addEventListener("zoomed", update);
  box.addEventListener("shown", () => {
    if (box.dataset.day < begin) start(box.dataset.day);
    update();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  const asked = new URLSearchParams(location.search);
  if (/^\d{4}-\d\d-\d\d$/.test(asked.get("from") ?? "")) start(asked.get("from"));
  if ([...acting.options].some((option) => option.value === asked.get("who"))) acting.value = asked.get("who");
  form.hidden = false;
  update();
}

const answer = await fetch(box.dataset.view);
if (answer.ok) linkTimeline(drawMap(await answer.json()));
