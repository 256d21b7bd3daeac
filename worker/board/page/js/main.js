// Holds what is chosen, fetches what that needs, and has it drawn. The address holds it too: a view can be quoted.

import { byId, el } from "./dom.js";
import * as feed from "./feed.js";
import { drawGrounds } from "./grounds.js";
import { drawLegend, drawMap, isWide, loadMap, setWide } from "./map.js";
import { chosenName, drawMeasures, drawSummary, windowInWords } from "./summary.js";
import { drawTable } from "./table.js";
import { drawLine, markDay, redrawLine, resizeLine } from "./timeline.js";
import { dayInWords, dayNumber, dayOf, frontName, knowRegions, knowZone, LANGUAGES, number, speak, t, time } from "./words.js";

const FRAME_MS = 450;
const SETTLE_MS = 60;
const RETRY_MS = 5000;
const state = { front: "", size: "P1D", measure: "", day: "", region: "", joint: "" };
const KEPT = [...Object.keys(state), "lang", "theme"];
let frame = null;
let status = null;
let language = "en";
let following = true; // the newest day, as long as nobody chose another one
let wished = false; // somebody chose what is looked at, here or by the address
let settled = false; // the topics were read to their ends when the frame was made
let playing = null;
let drawing = 0;

async function start() {
  const asked = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(state)) state[name] = asked.get(name) ?? state[name];
  if (state.region.length > 100) state.region = state.joint = "";
  following = !state.day;
  wished = Boolean(state.front);
  language = wantedLanguage(asked.get("lang"));
  const [first, regions] = await Promise.all([feed.frame(), feed.regions(), speak(language), loadMap()]);
  knowRegions(regions);
  take(first);
  wire();
  drawStill();
  await draw({ line: true });
  feed.listen({ since: frame.changes, changed, status: (news) => drawState(news), offline: () => drawState({ state: "offline" }) });
  performance.mark("drawn");
  document.documentElement.dataset.ready = "";
}

function wantedLanguage(asked) {
  const kept = stored("lang");
  const wanted = [asked, kept, ...navigator.languages.map((each) => each.slice(0, 2))];
  return wanted.find((each) => LANGUAGES.includes(each)) ?? "en";
}

/**
 * Take what the server has, and choose what is there where nothing fitting is chosen. While the topics are still read,
 * what somebody chose may be yet to come: it is kept until then.
 */
function take(news) {
  frame = news;
  const before = settled;
  settled = frame.status.state !== "reading";
  knowZone(frame.zone);
  drawState(frame.status);
  if (!["P1D", "P7D"].includes(state.size)) state.size = "P1D";
  const fronts = frame.fronts[state.size];
  const known = fronts.some(({ front }) => front === state.front);
  if (!(known ? before || wished : wished && !settled)) {
    state.front = [...fronts].sort((one, other) => other.days - one.days || one.front.localeCompare(other.front))[0]?.front ?? "RU>UA";
    state.region = state.joint = "";
  }
  if (!frame.measures.includes(state.measure)) state.measure = state.front.startsWith("UA") ? "intercepted" : "launched";
  if (!state.region) state.region = state.front.split(">")[1];
  const { first, last } = extent();
  if (following || !/^\d{4}-\d\d-\d\d$/.test(state.day)) state.day = last;
  if (settled && state.day < first) state.day = first;
  if (settled && state.day > last) state.day = last;
}

function extent() {
  const found = frame.fronts[state.size].find(({ front }) => front === state.front);
  const today = new Date().toISOString().slice(0, 10);
  return found ?? { first: today, last: today, days: 0 };
}

/** Draw the chosen window; what comes too late for the next choice is dropped. */
async function draw({ line = false } = {}) {
  const turn = ++drawing;
  const chosen = { ...state };
  const asked = [feed.windowOf(chosen.size, chosen.front, chosen.day)];
  const query = { size: chosen.size, front: chosen.front, region: chosen.region };
  if (line) asked.push(feed.line({ ...query, measure: chosen.measure }));
  const [{ tallies }, columns] = await Promise.all(asked);
  if (turn !== drawing) return;
  drawSlider();
  if (columns) {
    drawLine(columns, { ...extent(), day: chosen.day, measure: t(`measure.${chosen.measure}`), region: chosenName({ ...chosen, joint: "" }), choose: chooseDay });
  } else markDay(chosen.day);
  drawSummary(chosen, tallies);
  drawMeasures(frame.measures, chosen, tallies, (measure) => choose({ measure }, { line: true }));
  const look = { ...chosen, tallies, select: (what) => choose({ joint: "", ...what }, { line: true }) };
  drawMap(look);
  drawTable({ ...look, day: windowInWords(chosen.size, chosen.day) });
  keep();
  if (playing) return; // sentences when it stands still
  clearTimeout(draw.waiting);
  draw.waiting = setTimeout(() => drawBehind(turn, chosen, query, tallies).catch(failed), line ? 0 : SETTLE_MS);
}

async function drawBehind(turn, chosen, query, tallies) {
  const answer = await feed.grounds({ ...query, day: chosen.day });
  if (turn !== drawing) return;
  const tally = tallies.find((each) => each.region === chosen.region);
  const title = t("grounds", { measure: t(`measure.${chosen.measure}`), region: chosenName(chosen, tally), day: windowInWords(chosen.size, chosen.day, true) });
  drawGrounds(answer, chosen, title);
}

function failed(error) {
  drawState({ state: "offline" });
  console.warn(error.message);
}

function choose(what, how) {
  wished = true;
  Object.assign(state, what);
  return draw(how).catch(failed);
}

function chooseDay(day) {
  const { first, last } = extent();
  state.day = day < first ? first : day > last ? last : day;
  following = state.day === last;
  return choose({});
}

async function chooseFront(front) {
  Object.assign(state, { front, region: front.split(">")[1], joint: "" });
  take(frame);
  drawStill();
  await choose({}, { line: true });
}

/** What changed elsewhere: null for everything, else the windows as [size, front, day]. */
let missed = false;
let refreshing = null;
function changed(windows) {
  const known = frame.fronts[state.size].find(({ front }) => front === state.front);
  const mine = windows?.filter(([size, front]) => size === state.size && front === state.front);
  missed ||= windows === null || windows.some(([size, front, day]) => {
    const range = frame.fronts[size]?.find((each) => each.front === front);
    return !range || day <= range.first || day >= range.last; // the first and the last may also go
  });
  if (windows !== null && !mine.length && !missed && known) return;
  refreshing ??= setTimeout(refresh, SETTLE_MS);
}

async function refresh() {
  refreshing = null;
  try {
    if (missed) {
      missed = false;
      take(await feed.frame());
      drawStill();
    }
    await draw({ line: true });
  } catch (error) {
    failed(error);
  }
}

function drawStill() {
  const button = (name, text, pressed, act) => el("button", { type: "button", "data-choice": name, "aria-pressed": String(pressed), text, on: { click: act } });
  const focused = document.activeElement?.dataset?.choice;
  const fronts = [...frame.fronts[state.size]].sort((one, other) => other.days - one.days); // the war before its spill-overs
  byId("fronts").replaceChildren(...fronts.map(({ front }) => button(front, frontName(front), front === state.front, () => chooseFront(front))));
  byId("sizes").replaceChildren(...["P1D", "P7D"].map((size) => button(size, t(`window.${size}`), size === state.size, () => chooseSize(size))));
  if (focused) document.querySelector(`[data-choice="${CSS.escape(focused)}"]`)?.focus();
  drawLegend();
  byId("how").replaceChildren(...["low", "best", "high", "joint", "contested", "floating", "zero"].map((name) => el("li", { text: t(`how.${name}`) })));
  drawPlay();
}

async function chooseSize(size) {
  state.size = size;
  take(frame);
  drawStill();
  await choose({}, { line: true });
}

function drawSlider() {
  const { first, last } = extent();
  const slider = byId("day");
  slider.min = dayNumber(first);
  slider.max = dayNumber(last);
  slider.value = dayNumber(state.day);
  slider.setAttribute("aria-valuetext", dayInWords(state.day));
  const date = byId("date");
  Object.assign(date, { min: first, max: last, value: state.day });
  byId("before").disabled = state.day <= first;
  byId("after").disabled = state.day >= last;
}

function drawPlay() {
  const button = byId("play");
  button.textContent = playing ? "❚❚" : "▶";
  button.setAttribute("aria-label", t("play")); // whether it does is told by its state: one that says both says neither
  button.setAttribute("aria-pressed", String(Boolean(playing)));
}

function play() {
  if (playing) return stop();
  const { first, last } = extent();
  if (state.day >= last) state.day = first;
  const step = async () => {
    const began = performance.now();
    const day = dayNumber(state.day);
    if (day < dayNumber(last)) feed.windowOf(state.size, state.front, dayOf(day + 1)).catch(() => {});
    await chooseDay(state.day);
    if (!playing) return;
    if (state.day >= extent().last) return stop();
    playing = setTimeout(() => {
      state.day = dayOf(day + 1);
      step();
    }, Math.max(50, FRAME_MS - (performance.now() - began)));
  };
  playing = setTimeout(step, 0);
  drawPlay();
}

function stop() {
  clearTimeout(playing);
  playing = null;
  drawPlay();
  choose({});
}

function drawState(news) {
  if (news.state === "offline" || status === null) status = { ...status, ...news };
  else status = news;
  const place = byId("state");
  const refused = Object.values(status.unreadable ?? {}).reduce((sum, count) => sum + count, 0);
  const words = t(`state.${status.state}`, { count: number(status.remaining ?? 0), time: time(status.since) });
  place.dataset.state = status.state;
  place.textContent = refused ? `${words} · ${t("state.unreadable", { count: number(refused) })}` : words;
}

function wire() {
  byId("play").addEventListener("click", play);
  byId("before").addEventListener("click", () => chooseDay(dayOf(dayNumber(state.day) - 1)));
  byId("after").addEventListener("click", () => chooseDay(dayOf(dayNumber(state.day) + 1)));
  byId("day").addEventListener("input", (event) => chooseDay(dayOf(Number(event.target.value))));
  byId("date").addEventListener("change", (event) => event.target.value && chooseDay(event.target.value));
  byId("wide").addEventListener("click", () => {
    setWide(!isWide());
    choose({});
  });
  byId("language").addEventListener("change", async (event) => {
    language = event.target.value;
    store("lang", language);
    await speak(language);
    drawState(status);
    drawStill();
    await choose({}, { line: true });
  });
  const theme = byId("theme");
  theme.value = document.documentElement.dataset.theme;
  theme.addEventListener("change", () => {
    document.documentElement.dataset.theme = theme.value;
    store("theme", theme.value);
    redrawLine();
    keep();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawLine);
  addEventListener("hashchange", () => location.reload()); // somebody pasted another view
  new ResizeObserver(resizeLine).observe(byId("line"));
}

/** Write what is chosen into the address, without a step in the browser's history for each day of a play. */
function keep() {
  const kept = new URLSearchParams();
  const theme = document.documentElement.dataset.theme;
  const values = { ...state, day: following ? "" : state.day, lang: language, theme: theme === "auto" ? "" : theme };
  for (const name of KEPT) if (values[name]) kept.set(name, values[name]);
  history.replaceState(null, "", `#${kept}`);
}

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // forbidden or full: the choice then lasts as long as the page
  }
}

start().catch((error) => {
  failed(error);
  setTimeout(() => location.reload(), RETRY_MS); // the board may be starting, too
});
