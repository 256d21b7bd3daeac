// How a number with its bounds is written, everywhere the same.

import { el } from "./dom.js";
import { number, t } from "./words.js";

/** low–high, one number where they meet, `24+` where there is no upper bound. */
export function span(cell) {
  if (cell.high === null) return `${number(cell.low)}+`;
  return cell.low === cell.high ? number(cell.low) : `${number(cell.low)}–${number(cell.high)}`;
}

/** The figure to quote, else its bounds. */
export const headline = (cell) => (cell.best === null ? span(cell) : number(cell.best));

/** The figure to quote with its bounds behind it where they say more. */
export function figure(cell) {
  return cell.best === null || cell.low === cell.high ? span(cell) : `${number(cell.best)} (${span(cell)})`;
}

/** What a figure is drawn and sorted by. */
export const weight = (cell) => cell.best ?? cell.low;

/** Small labels beside a number; each says in words what it means. */
export function marks(cell, { final = null, joint = false } = {}) {
  const found = [];
  const mark = (name, kind, holes) => found.push(el("span", { class: `mark ${kind}`, title: t(`${name}.note`), text: t(name, holes) }));
  if (cell?.contested) mark("mark.contested", "contested");
  if (cell?.floating) mark("mark.floating", "floating", { count: number(cell.floating) });
  if (joint) mark("mark.joint", "joint");
  if (final !== null) mark(final ? "mark.final" : "mark.open", "quiet");
  return found;
}

/** Each joint figure of a window once: every region of a group carries it. */
export function jointFigures(tallies, measure) {
  const found = new Map();
  for (const tally of tallies) {
    for (const joint of tally.joint) {
      const name = joint.regions.join("+");
      if (joint.measure === measure && !found.has(name)) found.set(name, { ...joint, name, tally });
    }
  }
  return [...found.values()].sort((one, other) => weight(other) - weight(one));
}
