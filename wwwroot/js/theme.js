// Runs before the first paint: the theme that was chosen, else the system's; the rail as it was left.
(function () {
  let chosen = null;
  let rail = null;
  try {
    chosen = localStorage.getItem("theme");
    rail = localStorage.getItem("rail");
  } catch {
    // Storage may be blocked; the system's theme serves.
  }
  const root = document.documentElement;
  root.dataset.theme = chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  if (rail) root.dataset.rail = rail;
})();
