// The chosen figure in large, with how sure it is and who stands behind it; and all measures of its region.

import { byId, el } from "./dom.js";
import { figure, headline, jointFigures, marks, span } from "./figures.js";
import { claimantName, dayInWords, dayOfMoment, dayShort, languageName, list, many, number, placeName, shortRegionName, t, time } from "./words.js";

/** Say how the chosen day is called: a day, or seven that end with it. */
export const windowInWords = (size, day, short = false) => {
  const words = short ? dayShort(day) : dayInWords(day);
  return size === "P7D" ? t("week.until", { day: dayShort(day) }) : words;
};

/** The name of what is chosen: a region, a whole front, or a group. */
export function chosenName({ front, region, joint }, tally) {
  if (joint) return t("together", { regions: joint.split("+").map(shortRegionName).join(" + ") });
  return placeName(region, front, tally?.name);
}

/** The cell of what is chosen, or undefined. */
export function chosenCell({ measure, region, joint }, tallies) {
  if (joint) return jointFigures(tallies, measure).find((group) => group.name === joint);
  return tallies.find((tally) => tally.region === region)?.measures[measure];
}

export function drawSummary(state, tallies) {
  const tally = tallies.find((each) => each.region === state.region);
  const cell = chosenCell(state, tallies);
  set("when", `${windowInWords(state.size, state.day)} · ${t(`measure.${state.measure}`)}`);
  set("where", chosenName(state, tally));
  set("figure", cell ? headline(cell) : "–");
  set("bounds", cell ? bounds(cell, state.measure) : t("day.none"));
  const whole = state.region === state.front.split(">")[1];
  const grouped = tally && !whole ? jointFigures([tally], state.measure).length > 0 : false;
  byId("marks").replaceChildren(...marks(cell, { final: tally ? tally.final : null, joint: grouped && !state.joint }));
  byId("coverage").replaceChildren(...coverage(tally));
  byId("figure").classList.toggle("empty", !cell);
  byId("head").classList.toggle("contested", Boolean(cell?.contested));
}

/** One button for each measure, with its figure for the chosen region. */
export function drawMeasures(measures, state, tallies, choose) {
  const tally = tallies.find((each) => each.region === state.region);
  const place = byId("measures");
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.measure : null;
  place.replaceChildren(
    ...measures.map((measure) => {
      const cell = state.joint ? chosenCell({ ...state, measure }, tallies) : tally?.measures[measure];
      const classes = `measure${cell ? "" : " empty"}${cell?.contested ? " contested" : ""}`;
      return el(
        "button",
        { type: "button", class: classes, "data-measure": measure, "aria-pressed": String(measure === state.measure), on: { click: () => choose(measure) } },
        el("span", { class: "measure-name", text: t(`measure.${measure}`) }),
        el("span", { class: "measure-figure", text: cell ? headline(cell) : "–" }),
        el("span", { class: "measure-span", text: cell && cell.best !== null && cell.low !== cell.high ? span(cell) : "" }),
      );
    }),
  );
  if (focused) place.querySelector(`[data-measure="${focused}"]`)?.focus();
}

function bounds(cell, measure) {
  if (cell.high !== null && cell.low === cell.high) return measure === "attack" ? "" : t("bounds.exact");
  return t("bounds", { low: number(cell.low), high: cell.high === null ? t("open") : number(cell.high) });
}

function coverage(tally) {
  if (!tally) return [el("span", { text: t("coverage.none") })];
  const said = t("coverage", {
    articles: many("articles", tally.articles),
    outlets: many("outlets", tally.outlets),
    languages: list(tally.languages.map(languageName)),
    claimants: list(tally.claimants.map(claimantName)) || t("unknown"),
  });
  const lines = [el("span", { text: said })];
  if (tally.as_of) lines.push(el("span", { class: "as-of", text: t("as_of", { time: time(tally.as_of) }) }));
  for (const check of tally.checks) {
    lines.push(
      el("span", {
        class: "check",
        text: `${t(`measure.${check.measure}`)}: ${t("checks", { figure: figure({ low: check.low, best: null, high: check.high }), from: dayOfMoment(check.start), to: dayOfMoment(new Date(Date.parse(check.end) - 1)), claimant: claimantName(check.source) })}`,
      }),
    );
  }
  return lines;
}

function set(id, text) {
  const place = byId(id);
  if (place.textContent !== text) place.textContent = text; // unchanged text must not be read out again
}
