// The map: land as quiet ground, each region's number as a disc, groups drawn as groups.

import { byId, el, svg } from "./dom.js";
import { figure, headline, jointFigures, span, weight } from "./figures.js";
import { number, placeName, regionPoint, shortRegionName, t } from "./words.js";

const VIEWS = {
  UA: [-570, -75, 690, 510],
  RU: [-640, -520, 1400, 1130],
};
const WIDE = [-900, -2760, 3700, 3420];
const AROUND = 330;
const PADDING = 20;
const SHARE = { P1D: 1, P7D: 1 / Math.sqrt(7) };

let shapes = {};
let wide = false;

export async function loadMap() {
  shapes = await (await fetch("shapes.json")).json();
}

export const isWide = () => wide;
export const setWide = (chosen) => (wide = chosen);

/** Draw one window of one front; `select` is called with what was clicked. */
export function drawMap({ front, size, measure, tallies, region, joint, select }) {
  const defender = front.split(">")[1];
  const view = wide ? WIDE : Object.hasOwn(VIEWS, defender) ? VIEWS[defender] : around(defender);
  const unit = view[2] / 690; // one screen's worth of map units
  const drawn = svg("svg", { viewBox: view.join(" "), role: "img", "aria-label": t("map.label") });
  drawn.append(ground(defender, new Set(tallies.map((tally) => tally.region)), region), lines(unit));
  const radius = (value) => Math.min(64, 3 + 3.1 * SHARE[size] * Math.sqrt(value)) * unit;
  const named = tallies
    .filter((tally) => tally.region !== defender && regionPoint(tally.region))
    .map((tally) => ({ tally, cell: tally.measures[measure], ...regionPoint(tally.region) }));
  for (const group of jointFigures(tallies, measure)) drawn.append(...drawGroup(group, unit, joint === group.name, select));
  const taken = [];
  const discs = named.filter((each) => each.cell).sort((one, other) => weight(other.cell) - weight(one.cell));
  for (const each of named.filter((each) => !each.cell)) drawn.append(dot(each, unit, front, select));
  for (const each of discs) drawn.append(disc(each, radius, unit, front, region === each.tally.region, select));
  for (const each of discs) {
    const label = labelOf(each, radius, unit, taken);
    if (label) drawn.append(label);
  }
  byId("map").replaceChildren(drawn);
  const outside = named.filter(({ x, y }) => x < view[0] || y < view[1] || x > view[0] + view[2] || y > view[1] + view[3]);
  control(defender, outside.length);
}

export function drawLegend() {
  const swatch = (name) => el("li", {}, el("span", { class: `swatch ${name}` }), document.createTextNode(t(`legend.${name}`)));
  byId("legend").replaceChildren(...["certain", "possible", "open", "contested", "joint"].map(swatch));
}

function control(defender, outside) {
  const button = byId("wide");
  button.hidden = defender !== "RU" && !wide;
  const more = outside && !wide ? ` (${t("map.outside", { count: number(outside) })})` : "";
  button.textContent = t(wide ? "map.near" : "map.wide") + more;
}

function around(code) {
  const point = regionPoint(code) ?? { x: 0, y: 0 };
  return [point.x - AROUND, point.y - AROUND * 0.75, AROUND * 2, AROUND * 1.5];
}

function ground(defender, spoken, region) {
  const layer = svg("g", { class: "ground" });
  for (const [code, d] of Object.entries(shapes)) {
    const own = code.split("-")[0] === defender;
    const kind = code === "" ? "far" : own ? "own" : /^(RU|UA)-/.test(code) ? "other" : "far";
    layer.append(svg("path", { d, class: `${kind}${spoken.has(code) && code !== defender ? " spoken" : ""}${code === region ? " chosen" : ""}` }));
  }
  return layer;
}

/** The border between the two countries stands out a little: both are drawn from their regions. */
function lines(unit) {
  return svg("g", { class: "lines", "stroke-width": 1.2 * unit });
}

function disc({ tally, cell, x, y }, radius, unit, front, chosen, select) {
  const low = radius(cell.low);
  const shown = svg("g", {
    class: `disc${cell.contested ? " contested" : ""}${chosen ? " chosen" : ""}`,
    on: { click: () => select({ region: tally.region }) },
  });
  shown.append(svg("title", { text: `${placeName(tally.region, front, tally.name)}: ${figure(cell)}` }));
  if (cell.high === null) shown.append(svg("circle", { class: "open", cx: x, cy: y, r: radius(weight(cell)) + 5 * unit, "stroke-width": 1.4 * unit, "stroke-dasharray": `${2 * unit} ${3 * unit}` }));
  else if (cell.high > cell.low) shown.append(svg("circle", { class: "possible", cx: x, cy: y, r: radius(cell.high), "stroke-width": unit }));
  if (cell.low > 0) shown.append(svg("circle", { class: "certain", cx: x, cy: y, r: low }));
  else shown.append(svg("circle", { class: "zero", cx: x, cy: y, r: 3.5 * unit, "stroke-width": 1.4 * unit }));
  if (cell.best !== null && cell.best > cell.low) shown.append(svg("circle", { class: "best", cx: x, cy: y, r: radius(cell.best), "stroke-width": 1.6 * unit }));
  return shown;
}

function dot({ tally, x, y }, unit, front, select) {
  return svg(
    "g",
    { class: "dot", on: { click: () => select({ region: tally.region }) } },
    svg("title", { text: `${placeName(tally.region, front, tally.name)}: ${t("table.unsaid")}` }),
    svg("circle", { cx: x, cy: y, r: 2.6 * unit }),
  );
}

function labelOf({ cell, x, y, tally }, radius, unit, taken) {
  const text = headline(cell);
  const size = 12 * unit;
  const inside = cell.low > 0 && cell.best !== null && radius(cell.low) > size * (0.35 * text.length + 0.2);
  const reach = radius(Math.min(cell.high ?? weight(cell), weight(cell) * 4));
  const places = inside ? [[0, 0]] : [[0, reach + size * 0.75], [0, -reach - size * 0.75], [reach + size * 0.35 * text.length + 3 * unit, 0], [-reach - size * 0.35 * text.length - 3 * unit, 0]];
  const half = size * 0.32 * text.length;
  for (const [dx, dy] of places) {
    const box = [x + dx - half, y + dy - size * 0.65, x + dx + half, y + dy + size * 0.65];
    const free = !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
    if (free) {
      taken.push(box);
      return svg("text", { class: `label${inside ? " inside" : ""}`, x: x + dx, y: y + dy, "font-size": size, "data-region": tally.region, text });
    }
  }
  return null;
}

function drawGroup(group, unit, chosen, select) {
  const points = group.regions.map(regionPoint).filter(Boolean);
  if (points.length < 2) return [];
  const hull = convexHull(points.map(({ x, y }) => [x, y]));
  const d = `M${hull.map((point) => point.join(",")).join("L")}Z`;
  const [top] = [...hull].sort((one, other) => one[1] - other[1]);
  const names = group.regions.map(shortRegionName).join(" + ");
  const act = { click: () => select({ joint: group.name, region: group.regions[0] }) };
  const title = () => svg("title", { text: `${t("together", { regions: names })}: ${figure(group)}` });
  return [
    svg(
      "g",
      { class: `group${chosen ? " chosen" : ""}${group.contested ? " contested" : ""}`, on: act },
      title(),
      svg("path", { class: "skin", d, "stroke-width": 2 * (PADDING + 1.2) * unit }),
      svg("path", { class: "flesh", d, "stroke-width": 2 * PADDING * unit }),
      svg("text", { class: "label", x: top[0], y: top[1] - (PADDING + 7) * unit, "font-size": 12 * unit, text: `Σ ${group.best === null ? span(group) : headline(group)}` }),
    ),
  ];
}

/** Andrew's monotone chain. */
function convexHull(points) {
  const sorted = [...points].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (list) => {
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(sorted), ...half(sorted.toReversed())];
  return hull.length ? hull : sorted;
}
