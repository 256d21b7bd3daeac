// The table: the same numbers as on the map, for reading, copying and listening to.

import { byId, el } from "./dom.js";
import { jointFigures, marks, weight } from "./figures.js";
import { claimantName, list, many, number, placeName, shortRegionName, t } from "./words.js";

/** Fill the table of one window; `select` is called with what was chosen. */
export function drawTable({ front, measure, day, tallies, region, joint, select }) {
  const defender = front.split(">")[1];
  const groups = jointFigures(tallies, measure);
  const grouped = new Set(groups.flatMap((group) => group.regions));
  const rows = tallies
    .filter((tally) => tally.measures[measure])
    .map((tally) => ({ tally, cell: tally.measures[measure], whole: tally.region === defender }))
    .sort((one, other) => other.whole - one.whole || weight(other.cell) - weight(one.cell) || one.tally.region.localeCompare(other.tally.region));
  const most = Math.max(1, ...rows.filter((row) => !row.whole).map(({ cell }) => cell.high ?? cell.best ?? cell.low), ...groups.map((group) => group.high ?? weight(group)));
  const unsaid = tallies.filter((tally) => !tally.measures[measure] && tally.region !== defender);
  const table = el(
    "table",
    {},
    el("caption", { text: t("table.caption", { measure: t(`measure.${measure}`), day }) }),
    el("thead", {}, el("tr", {}, ...["region", "range", "low", "best", "high", "coverage"].map((name) => el("th", { scope: "col", class: name, text: t(`table.${name}`) })))),
  );
  const body = el("tbody");
  for (const { tally, cell, whole } of rows) {
    const name = placeName(tally.region, front, tally.name);
    const chosen = !joint && region === tally.region;
    body.append(row({ name, cell, tally, whole, chosen, most, joint: grouped.has(tally.region), choose: () => select({ region: tally.region }) }));
  }
  for (const group of groups) {
    const name = t("together", { regions: group.regions.map(shortRegionName).join(" + ") });
    body.append(row({ name, cell: group, tally: group.tally, group: true, chosen: joint === group.name, most, choose: () => select({ joint: group.name, region: group.regions[0] }) }));
  }
  if (!rows.length && !groups.length) body.append(el("tr", {}, el("td", { colspan: 6, class: "empty", text: t("table.empty") })));
  table.append(body);
  const place = byId("table");
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.row : null;
  place.replaceChildren(table, ...others(unsaid, front, region, select));
  if (focused) place.querySelector(`[data-row="${CSS.escape(focused)}"]`)?.focus();
}

function row({ name, cell, tally, whole = false, group = false, chosen, most, joint = false, choose }) {
  const button = el("button", { type: "button", class: "row-name", "aria-pressed": String(chosen), "data-row": group ? cell.name : tally.region, text: name, on: { click: choose } });
  const labels = marks(cell, { joint: joint && !group });
  return el(
    "tr",
    { class: `${whole ? "whole" : ""}${group ? "group" : ""}${chosen ? " chosen" : ""}`, "data-region": group ? null : tally.region },
    el("th", { scope: "row", title: group ? t("together.note") : null }, button, ...(labels.length ? [el("span", { class: "row-marks" }, ...labels)] : [])),
    el("td", { class: "range" }, whole ? null : bar(cell, most)),
    el("td", { class: "low", text: number(cell.low) }),
    el("td", { class: "best", text: cell.best === null ? "–" : number(cell.best), "aria-label": cell.best === null ? t("unquoted") : null }),
    el("td", { class: "high", text: cell.high === null ? "∞" : number(cell.high), "aria-label": cell.high === null ? t("open") : null }),
    coverage(tally),
  );
}

function coverage(tally) {
  const claimants = list(tally.claimants.map(claimantName));
  return el("td", { class: "coverage", title: claimants }, el("span", { text: t("coverage.short", { articles: many("articles", tally.articles), outlets: many("outlets", tally.outlets) }) }), el("span", { class: "who", text: claimants }));
}

/** A bar from certain to possible with a tick at the figure to quote; widths are set as properties, not as markup. */
function bar(cell, most) {
  const share = (value) => `${Math.min(100, (100 * value) / most)}%`;
  const whole = el("span", { class: `bar${cell.contested ? " contested" : ""}${cell.high === null ? " open" : ""}`, "aria-hidden": "true" });
  const sure = el("span", { class: "sure" });
  sure.style.width = share(cell.low);
  const perhaps = el("span", { class: "perhaps" });
  perhaps.style.left = share(cell.low);
  perhaps.style.width = cell.high === null ? `calc(100% - ${share(cell.low)})` : `${Math.max(0, Math.min(100, (100 * (cell.high - cell.low)) / most))}%`;
  whole.append(sure, perhaps);
  if (cell.best !== null) {
    const tick = el("span", { class: "tick" });
    tick.style.left = share(cell.best);
    whole.append(tick);
  }
  return whole;
}

function others(tallies, front, region, select) {
  if (!tallies.length) return [];
  const button = (tally) =>
    el("button", { type: "button", class: "chip", "aria-pressed": String(region === tally.region), "data-row": tally.region, text: placeName(tally.region, front, tally.name), on: { click: () => select({ region: tally.region }) } });
  return [el("div", { class: "unsaid" }, el("h3", { text: t("table.unsaid") }), el("p", {}, ...tallies.map(button)))];
}
