// One number through time: for each day the stretch from certain to possible, with the figure to quote in it.
// uPlot gives axes, cursor and zoom; the bands are drawn here, since neighbouring days have nothing to do with each other.

import { byId } from "./dom.js";
import { span } from "./figures.js";
import { dayNumber, dayOf, dayShort, many, number, t } from "./words.js";

const DAY = 86_400;
const HEIGHT = 190;
let plot = null;
let shown = null; // what is drawn: columns, first and last day, the day that is chosen
let pick = () => {};

/** Draw a line; `choose` is called with the day that was clicked. */
export function drawLine(line, { first, last, day, measure, region, choose }) {
  pick = choose;
  shown = { line, day };
  const place = byId("line");
  const values = line.days.map((each, at) => line.high[at] ?? line.best[at] ?? line.low[at]);
  const most = Math.max(0, ...values);
  place.setAttribute(
    "aria-label",
    line.days.length
      ? t("line.label", { measure, region, days: many("days", line.days.length), first: dayShort(line.days[0]), last: dayShort(line.days.at(-1)), most: number(most) })
      : t("line.empty"),
  );
  const x = line.days.map((each) => dayNumber(each) * DAY);
  const range = [dayNumber(first) * DAY - DAY * 0.2, (dayNumber(last) + 1) * DAY + DAY * 0.2];
  const data = [x, line.high.map((high, at) => high ?? line.best[at] ?? line.low[at])];
  plot?.destroy();
  plot = new uPlot(options(place.clientWidth, range, most), data, place);
}

/** Move the mark of the chosen day without drawing anything else anew. */
export function markDay(day) {
  if (shown) shown.day = day;
  plot?.redraw(false);
}

export function resizeLine() {
  const width = byId("line").clientWidth;
  if (plot && width && width !== plot.width) plot.setSize({ width, height: HEIGHT });
}

export function redrawLine() {
  plot?.redraw(false);
}

function options(width, range, most) {
  const colour = (name) => () => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const font = "12px system-ui, sans-serif";
  const axis = { stroke: colour("--muted"), font, grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1, size: 4 } };
  return {
    width: Math.max(200, width),
    height: HEIGHT,
    tzDate: (seconds) => new Date((seconds + new Date(seconds * 1000).getTimezoneOffset() * 60) * 1000),
    legend: { show: false },
    padding: [8, 8, 0, 0],
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false } },
    scales: { x: { time: true, range: (_, from, to) => (plot?.zoomed ? [from, to] : range) }, y: { range: [0, Math.max(1, most * 1.08)] } },
    series: [{}, { show: true, paths: () => null, points: { show: false } }],
    axes: [
      { ...axis, values: (_, splits) => labels(splits), space: 90, incrs: [1, 2, 7, 14, 30.5, 61, 91.5, 183, 365].map((days) => days * DAY) },
      { ...axis, size: 46, values: (_, splits) => splits.map((split) => (Number.isInteger(split) ? number(split) : "")) },
    ],
    hooks: { draw: [(u) => bands(u, colour)], ready: [(u) => u.over.addEventListener("click", (event) => clicked(u, event))] },
  };
}

function labels(splits) {
  const far = splits.length > 1 && splits[1] - splits[0] > 20 * DAY;
  const style = far ? { month: "short", year: "2-digit" } : { day: "numeric", month: "short" };
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { ...style, timeZone: "UTC" });
  return splits.map((split) => format.format(new Date(split * 1000)));
}

function bands(u, colour) {
  const { ctx, bbox } = u;
  const { line, day } = shown;
  const ratio = devicePixelRatio || 1;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  const across = u.valToPos(u.scales.x.min + DAY, "x", true) - u.valToPos(u.scales.x.min, "x", true);
  const gap = across > 6 * ratio ? Math.min(4 * ratio, across * 0.12) : 0;
  const at = (name) => colour(name)();
  const paint = { chosen: at("--chosen"), band: at("--band"), best: at("--accent"), contested: at("--contested"), contestedBand: at("--contested-band") };
  const chosen = u.valToPos(dayNumber(day) * DAY, "x", true);
  ctx.fillStyle = paint.chosen;
  ctx.fillRect(chosen, bbox.top, Math.max(across, 2 * ratio), bbox.height);
  line.days.forEach((each, index) => {
    const left = u.valToPos(dayNumber(each) * DAY, "x", true) + gap;
    const width = Math.max(ratio, across - 2 * gap);
    if (left + width < bbox.left || left > bbox.left + bbox.width) return;
    const y = (value) => u.valToPos(value, "y", true);
    const [low, best, high] = [line.low[index], line.best[index], line.high[index]];
    ctx.fillStyle = line.contested[index] ? paint.contestedBand : paint.band;
    const top = high === null ? bbox.top : y(high);
    if (high === null) {
      ctx.globalAlpha = 0.35; // nobody said how many at most
      ctx.fillRect(left, top, width, y(low) - top);
      ctx.globalAlpha = 1;
    } else {
      ctx.fillRect(left, top, width, Math.max(ratio, y(low) - top));
    }
    ctx.globalAlpha = 0.5;
    ctx.fillRect(left, y(low), width, y(0) - y(low));
    ctx.globalAlpha = 1;
    ctx.fillStyle = line.contested[index] ? paint.contested : paint.best;
    if (best !== null) ctx.fillRect(left, y(best) - ratio, width, 2 * ratio);
  });
  ctx.restore();
}

function clicked(u, event) {
  if (u.select.width > 2) return; // that was a zoom
  const left = event.clientX - u.over.getBoundingClientRect().left;
  pick(dayOf(Math.floor(u.posToVal(left, "x") / DAY)));
}

/** What the line says of one day, in words; empty where it says nothing. */
export function atDay(line, day) {
  const at = line.days.indexOf(day);
  return at < 0 ? "" : span({ low: line.low[at], high: line.high[at] });
}
