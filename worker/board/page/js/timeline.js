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
      { ...axis, size: 46, incrs: [1, 2, 5].flatMap((step) => [0, 1, 2, 3, 4, 5].map((zeros) => step * 10 ** zeros)).sort((one, other) => one - other), values: (_, splits) => splits.map(number) },
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
  const y = (value) => Math.round(u.valToPos(value, "y", true));
  const x = (count) => Math.round(u.valToPos(count * DAY, "x", true)); // whole pixels, or thin bars shimmer
  const across = u.valToPos(u.scales.x.min + DAY, "x", true) - u.valToPos(u.scales.x.min, "x", true);
  const gap = across > 8 * ratio ? Math.min(4 * ratio, Math.round(across * 0.1)) : 0;
  const at = (name) => colour(name)();
  const paint = { band: at("--band"), best: at("--accent"), contested: at("--contested"), contestedBand: at("--contested-band") };
  const fill = (style, alpha, left, top, width, height) => {
    ctx.fillStyle = style;
    ctx.globalAlpha = alpha;
    ctx.fillRect(left, top, width, height);
  };
  const chosen = x(dayNumber(day));
  fill(at("--chosen"), 1, chosen, bbox.top, Math.max(across, 3 * ratio), bbox.height);
  line.days.forEach((each, index) => {
    const left = x(dayNumber(each)) + gap;
    const width = Math.max(1, x(dayNumber(each) + 1) - gap - left);
    if (left + width < bbox.left || left > bbox.left + bbox.width) return;
    const [low, best, high] = [line.low[index], line.best[index], line.high[index]];
    const contested = line.contested[index];
    const band = contested ? paint.contestedBand : paint.band;
    fill(band, 0.4, left, y(low), width, y(0) - y(low));
    if (high === null) fill(band, 0.25, left, bbox.top, width, y(low) - bbox.top); // nobody said how many at most
    else fill(band, 1, left, y(high), width, Math.max(1, y(low) - y(high)));
    const mark = contested ? paint.contested : paint.best;
    if (best !== null) fill(mark, 1, left, y(best) - Math.round(ratio), width, 2 * Math.round(ratio));
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
