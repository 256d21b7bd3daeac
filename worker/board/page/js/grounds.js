// The sentences a number rests on. All of it comes from outside: text is set as text, addresses are checked.

import { byId, el, webAddress } from "./dom.js";
import { claimantName, dayOfMoment, languageName, list, number, shortRegionName, t, has } from "./words.js";

// What a measure follows from beside statements of its own.
const PARTS = { neutralised: ["intercepted", "suppressed"] };

export function drawGrounds(answer, { measure, joint, front }, title) {
  byId("grounds-title").textContent = title;
  const said = answer.grounds.filter((ground) => ground.measure === measure || PARTS[measure]?.includes(ground.measure));
  const exact = said.filter((ground) => speaksOf(ground, joint, answer.region, front));
  // Where nobody gave a total, the whole front's number is what its regions come to.
  const direct = exact.length || joint ? exact : said;
  const other = answer.grounds.filter((ground) => !direct.includes(ground));
  const gone = answer.named - answer.known;
  byId("grounds-note").textContent = gone > 0 ? t("grounds.missing", { known: number(answer.known), named: number(answer.named) }) : direct.length ? "" : t("grounds.none");
  byId("grounds-list").replaceChildren(...direct.map(statement));
  const more = byId("grounds-more");
  more.hidden = other.length === 0;
  more.querySelector("summary").textContent = t("grounds.more", { count: number(other.length) });
  more.querySelector("ol").replaceChildren(...other.map(statement));
}

function speaksOf(ground, joint, region, front) {
  if (joint) return [...ground.regions].sort().join("+") === joint;
  const whole = region === front.split(">")[1];
  return whole ? ground.regions.length === 0 : ground.regions.includes(region);
}

function statement(ground) {
  const quote = el("blockquote", { lang: /^[a-z]{2,3}$/.test(ground.language) ? ground.language : null, dir: "auto" });
  quote.append(ground.before, el("mark", { text: ground.said }), ground.after);
  const about = [t(`measure.${ground.measure}`) + (ground.quantity ? `: ${quantity(ground.quantity)}` : "")];
  if (ground.regions.length) about.push(list(ground.regions.slice(0, 8).map(shortRegionName)) + (ground.regions.length > 8 ? " …" : ""));
  for (const name of [`scope.${ground.scope}`, `status.${ground.status}`]) if (has(name)) about.push(t(name));
  const facts = el("p", { class: "facts" }, el("strong", { text: about.join(" · ") }));
  if (ground.set_aside) facts.append(el("span", { class: "mark contested", text: `${t("grounds.aside")}: ${has(`aside.${ground.set_aside}`) ? t(`aside.${ground.set_aside}`) : ground.set_aside}` }));
  const origin = [claimantName(ground.claimant), ground.outlet || t("grounds.unnamed"), dayOfMoment(ground.published_at), languageName(ground.language)];
  return el("li", {}, quote, facts, el("p", { class: "origin" }, el("span", { text: origin.filter(Boolean).join(" · ") }), " ", link(ground)));
}

function link(ground) {
  const address = webAddress(ground.url);
  if (address === null) return el("span", { class: "unlinked", text: t("grounds.unlinked") });
  const text = t("grounds.link");
  return el("a", {
    href: address,
    target: "_blank",
    rel: "noopener noreferrer nofollow",
    title: address,
    "aria-label": t("grounds.link.new", { link: text, outlet: ground.outlet || t("grounds.unnamed") }),
    text: `${text} ↗`,
  });
}

function quantity({ low, high, qualifier }) {
  if (low !== high && high !== null && qualifier !== "up_to") return `${number(low)}–${number(high)}`;
  const stated = qualifier === "up_to" ? high : qualifier === "more_than" ? low - 1 : low;
  return t(`quantity.${qualifier}`, { number: number(stated ?? low) });
}
