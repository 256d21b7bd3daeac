// Words, numbers, days and names in the language of the reader.

import { byId } from "./dom.js";

export const LANGUAGES = ["en", "de", "uk", "ru"];

// Looked up by names from outside, such as "constructor", which every plain object has: maps hold only what was put there.
let words = new Map();
let language = "en";
let plurals, numbers, longDay, shortDay, times, lists, languageNames;
let regions = new Map();
let zone = "UTC";
let locale = "en";

/** Choose a language: loads its words and puts them wherever the page names one. */
export async function speak(chosen) {
  const answer = await fetch(`words/${chosen}.json`);
  words = new Map(Object.entries(await answer.json()));
  language = chosen;
  // Days and numbers as the reader's country writes them, where it speaks this language.
  locale = navigator.languages.find((each) => each.split("-")[0] === language) ?? language;
  plurals = new Intl.PluralRules(language);
  numbers = new Intl.NumberFormat(locale);
  longDay = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
  shortDay = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  times = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  lists = new Intl.ListFormat(language, { type: "conjunction" });
  languageNames = new Intl.DisplayNames([language], { type: "language", fallback: "code" });
  document.documentElement.lang = language;
  document.title = t("title");
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = t(place.dataset.word);
  for (const place of document.querySelectorAll("[data-label]")) place.setAttribute("aria-label", t(place.dataset.label));
  byId("language").value = language;
}

/** The words under a name, with `{holes}` filled. */
export function t(name, holes = {}) {
  const text = words.get(name) ?? name;
  return text.replace(/\{(\w+)\}/g, (_, hole) => (Object.hasOwn(holes, hole) ? String(holes[hole] ?? "") : ""));
}

export function has(name) {
  return words.has(name);
}

/** `3 articles`, in the form that the number asks for. */
export function many(name, count) {
  const form = `${name}.${plurals.select(count)}`;
  return t(has(form) ? form : `${name}.other`, { count: number(count) });
}

export const number = (value) => numbers.format(value);
export const dayInWords = (day) => (day ? longDay.format(utc(day)) : "");
export const dayShort = (day) => (day ? shortDay.format(utc(day)) : "");
export const time = (moment) => (Number.isNaN(Date.parse(moment)) ? "" : times.format(new Date(moment)));
export const list = (items) => lists.format(items);

export function languageName(code) {
  try {
    return code === "und" ? t("unknown") : languageNames.of(code);
  } catch {
    return code;
  }
}

/** A day as the number of days since 1970, and back. */
export const dayNumber = (day) => Math.round(utc(day).getTime() / 86_400_000);
export const dayOf = (count) => new Date(count * 86_400_000).toISOString().slice(0, 10);

/** The day of a moment in the zone whose midnights cut the days. */
export function dayOfMoment(moment) {
  if (Number.isNaN(Date.parse(moment))) return "";
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: zone }).format(new Date(moment));
}

/** Learn the worker's time zone; one that this browser does not know is read as UTC. */
export function knowZone(name) {
  try {
    zone = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    zone = "UTC";
  }
}

export function knowRegions(known) {
  regions = new Map(Object.entries(known));
}

export function regionName(code, fallback) {
  return regions.get(code)?.names[language] ?? fallback ?? code;
}

/** Short names for groups: without the word for the kind of region that all of them share. */
export function shortRegionName(code) {
  const full = regionName(code);
  const short = full.replace(/^Oblast |^Region | Oblast$| Krai$| область$| край$/u, "");
  const taken = [...regions].some(([other, { names }]) => other !== code && names[language] === short);
  return short && !taken ? short : full; // Moscow is not its region
}

export const regionPoint = (code) => regions.get(code) ?? null;

export function frontName(front) {
  const [attacker, defender] = front.split(">");
  return t("front.name", { attacker: regionName(attacker), defender: regionName(defender) });
}

export function placeName(region, front, fallback) {
  return region === front.split(">")[1] ? t("whole", { country: regionName(region, fallback) }) : regionName(region, fallback);
}

export function claimantName(code) {
  if (code.startsWith("local:")) return t("claimant.local", { region: regionName(code.slice(6)) });
  return has(`claimant.${code}`) ? t(`claimant.${code}`) : code;
}

function utc(day) {
  return new Date(`${day}T00:00:00Z`);
}
