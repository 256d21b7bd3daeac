// What the board's server knows: fetched when it is looked at, and again when it has changed.

const windows = new Map();
const MOST_WINDOWS = 400;

async function ask(path, query = {}) {
  const asked = new URLSearchParams(query).toString();
  const answer = await fetch(`api/${path}${asked && "?"}${asked}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

export const frame = () => ask("frame");
export const regions = () => ask("regions");
export const line = (query) => ask("line", query);
export const grounds = (query) => ask("grounds", query);

/** One window; asked for once until it changes. */
export function windowOf(size, front, day) {
  const name = `${size} ${front} ${day}`;
  if (!windows.has(name)) {
    if (windows.size >= MOST_WINDOWS) windows.delete(windows.keys().next().value);
    const asked = ask("window", { size, front, day });
    asked.catch(() => windows.delete(name));
    windows.set(name, asked);
  }
  return windows.get(name);
}

/**
 * Listen for changes as long as the page is looked at: a browser allows few connections to one place, and a page in the
 * background needs none.
 */
export function listen({ since, changed, status, offline }) {
  let source = null;
  const open = () => {
    source = new EventSource(`api/events?since=${since}`); // everything is news to who comes back later
    source.onmessage = (event) => {
      const news = JSON.parse(event.data);
      if (news.status) status(news.status);
      if (news.all) windows.clear();
      else for (const [size, front, day] of news.windows) windows.delete(`${size} ${front} ${day}`);
      if (news.all || news.windows.length) changed(news.all ? null : news.windows);
    };
    source.onerror = () => {
      offline();
      if (source.readyState === EventSource.CLOSED) setTimeout(() => !document.hidden && reopen(), 3000);
    };
  };
  const reopen = () => {
    source?.close();
    open();
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? source?.close() : reopen()));
  open();
}
