// Runs before the first paint: the theme that was chosen, else the system's; the rail and the panes as they were left.
(function () {
  let chosen = null;
  let rail = null;
  const panes = [];
  try {
    chosen = localStorage.getItem("theme");
    rail = localStorage.getItem("rail");
    for (const key of Object.keys(localStorage)) if (/^pane-\w+$/.test(key)) panes.push([key, localStorage.getItem(key)]);
  } catch {
    // Storage may be blocked; the system's theme serves.
  }
  const root = document.documentElement;
  root.dataset.theme = chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  if (rail) root.dataset.rail = rail;
  for (const [key, width] of panes) root.style.setProperty(`--${key}`, width);
})();
