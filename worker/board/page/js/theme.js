// Runs before the first paint, so that a dark page does not begin with a white flash.
(() => {
  let theme = "auto";
  try {
    theme = new URLSearchParams(location.hash.slice(1)).get("theme") || localStorage.getItem("theme") || "auto";
  } catch {
    // storage may be forbidden; the system's choice is as good
  }
  document.documentElement.dataset.theme = ["light", "dark"].includes(theme) ? theme : "auto";
})();
