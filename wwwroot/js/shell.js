// The frame's behaviour: theme, rail, menus, keyboard. Works by delegation, before and after the page is interactive.
const root = document.documentElement;

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage may be blocked.
  }
}

function toggleTheme() {
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  remember("theme", root.dataset.theme);
}

function toggleRail() {
  root.dataset.rail = root.dataset.rail === "min" ? "wide" : "min";
  remember("rail", root.dataset.rail);
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

// Says something in the corner, by a field that the server listens to.
function notice(text) {
  const field = document.querySelector("[data-notice]");
  if (!field) return;
  field.value = text;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function copyText(text, words) {
  navigator.clipboard?.writeText(text).then(() => notice(words), () => notice("The browser does not let this page copy."));
}

document.addEventListener("click", (event) => {
  const at = event.target;
  if (at.closest("[data-theme-toggle]")) toggleTheme();
  if (at.closest("[data-fold-rail]")) toggleRail();
  // The router scrolls to a hash of the same page; the focus has to follow.
  if (at.closest("a.skip")) document.getElementById("main").focus();
  if (at.closest("[data-reload]")) location.reload();
  if (at.closest("[data-reconnect]")) globalThis.Blazor?.reconnect();
  at.closest("[data-explain]")?.classList.remove("closed");
  const copy = at.closest("[data-copy]");
  if (copy) copyText(copy.dataset.copy, "Copied");
  const pill = at.closest("[data-to]");
  if (pill) import("./live.js").then((live) => live.goTo(pill.dataset.to));
  // The server's part of the button hears of the click itself.
  if (at.closest("[data-live-toggle]")) {
    const paused = at.closest("[data-live-toggle]").classList.contains("paused");
    document.cookie = `live=${paused ? "on" : "off"}; path=/; max-age=31536000; samesite=lax`;
  }
  closeMenus(at.closest("a") ? null : at.closest("details.menu"));
});

document.addEventListener("change", (event) => {
  const at = event.target;
  if (at.matches?.("[data-upload]")) import("./upload.js").then((upload) => upload.send(at));
});

for (const reach of ["pointerover", "focusin"]) {
  document.addEventListener(reach, (event) => {
    if (event.target.closest?.("[data-pane-grip]")) import("./pane.js");
    if (event.target.closest?.("table[data-roving]")) import("./heat.js");
    if (event.target.closest?.("[data-payload]")) import("./payload.js");
  });
}

// Offers the browser's own zone in the zone menu.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("details.menu[open]")) return;
  const zone = menu.querySelector("[data-browser-zone]");
  if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
}, true);

// --- Command palette and the sheet of keys, loaded when first asked for ---------------------------

const openPalette = (text = "") => import("./palette.js").then((palette) => palette.open(text));
const openKeys = () => import("./keys.js").then((keys) => keys.open());

// Without this script the field is a form that finds an id or words.
document.addEventListener("pointerdown", (event) => {
  const field = event.target.closest?.("form.cmdk");
  if (!field || event.button !== 0) return;
  event.preventDefault();
  openPalette(field.querySelector("input").value);
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-palette]");
  if (!opener) return;
  event.preventDefault();
  openPalette();
});

// --- Keyboard -------------------------------------------------------------------------------------

// How long after g the letter of a page may come, by the moments of the keys themselves: a busy page hears of them late.
const GO_MS = 1500;
let pendingGo = -Infinity;

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function rows() {
  return [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
}

function moveCursor(step, only) {
  let all = rows();
  if (all.length === 0) return false;
  if (only) all = all.filter((row) => row.matches(`.cursor, ${only}`));
  const current = all.findIndex((row) => row.classList.contains("cursor"));
  const next = all[Math.min(all.length - 1, Math.max(0, current < 0 ? (step > 0 ? 0 : all.length - 1) : current + step))];
  if (!next || (only && !next.matches(only))) return false;
  for (const row of rows()) row.classList.remove("cursor");
  next.classList.add("cursor");
  next.scrollIntoView({ block: "nearest" });
  (next.querySelector("[data-row-link]") ?? next.querySelector("a") ?? next).focus({ preventScroll: true });
  return true;
}

// An explanation is open while its figure is pointed at or holds the focus; Esc closes it until both have gone.
function closeExplanation() {
  const open = document.querySelector("[data-explain]:is(:hover, :focus-within):not(.closed)");
  open?.classList.add("closed");
  return open !== null;
}

for (const gone of ["mouseout", "focusout"]) {
  document.addEventListener(gone, (event) => {
    const at = event.target.closest?.("[data-explain].closed");
    if (at && !at.contains(event.relatedTarget)) at.classList.remove("closed");
  });
}

// From the pane back to the row that it belongs to; the pane stays.
function leavePane() {
  const row = document.querySelector("[data-row][aria-selected=true], [data-row].cursor, [data-show]");
  const target = row?.matches("[tabindex]") ? row : row?.querySelector("a, button");
  target?.focus();
  return Boolean(target);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (closeExplanation()) return;
    const open = document.querySelector("details.menu[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
      return;
    }
    if (isTyping(event.target)) {
      event.target.blur();
      return;
    }
    if (event.target.closest?.(".pane") && leavePane()) return;
    document.querySelector("[data-close-pane]")?.click();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.timeStamp - pendingGo < GO_MS) {
    pendingGo = -Infinity;
    const entry = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (entry) {
      event.preventDefault();
      entry.click();
      return;
    }
  }
  switch (event.key) {
    case "g": pendingGo = event.timeStamp; break;
    case "j": if (moveCursor(1)) event.preventDefault(); break;
    case "k": if (moveCursor(-1)) event.preventDefault(); break;
    case "[": toggleRail(); break;
    // A page that has just arrived takes the focus; the row under the keyboard still opens.
    case "Enter": {
      const link = document.querySelector("[data-row].cursor [data-row-link]");
      if (link && (event.target === document.body || event.target.id === "main")) {
        event.preventDefault();
        link.click();
      }
      break;
    }
    case "/": {
      const box = document.querySelector("[data-testid=search-box] input, input[data-testid=search-box]");
      if (box) {
        event.preventDefault();
        box.focus();
        box.select();
      }
      break;
    }
    case ".": copyText(location.href, "Link copied"); break;
    case "p": document.querySelector("[data-live-toggle]")?.click(); break;
    case "?": openKeys(); break;
    // Whatever the page gives a letter: a link or a button.
    default: {
      const own = /^[\w]$/.test(event.key) && document.querySelector(`main [data-key="${event.key}"]`);
      if (own) {
        event.preventDefault();
        own.click();
      } else if (event.key === "e" || event.key === "E") {
        moveCursor(event.key === "e" ? 1 : -1, "[data-failed]");
      } else if (event.key === "x" || event.key === "X") {
        // A row is chosen, with Shift all from the last one.
        document.querySelector("[data-row].cursor [data-select]")?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey }));
      }
    }
  }
});

// Enter saves where Shift and Enter begin a line.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches?.("textarea[data-enter]")) return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
  event.target.form.requestSubmit();
});

// --- What an address selects is brought into view, once -------------------------------------------

let shown;
// On a phone the drill-down covers the lower part.
const isPhone = matchMedia("(max-width: 720px)");

function showSelected() {
  // The element, not its id: the circuit draws a prerendered page anew.
  const selected = document.querySelector("[data-show]");
  // An address that says where a conversation is read from means that place.
  const isPlaced = selected?.closest(".log") && new URLSearchParams(location.search).has("at");
  if (selected !== shown && !isPlaced) selected?.scrollIntoView({ block: isPhone.matches ? "start" : "nearest" });
  shown = selected;
  if (document.hidden || document.querySelector("[data-live-end]")) loadLive();
  if (document.querySelector("main .log")) import("./log.js");
}

function loadLive() {
  import("./live.js");
}

document.addEventListener("visibilitychange", loadLive, { once: true });
showSelected();
new MutationObserver(showSelected).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-show"] });

// --- Back returns to the same place ---------------------------------------------------------------

const loadPlaces = () => import("./places.js");
for (const touch of ["scroll", "keydown", "pointerdown"]) addEventListener(touch, loadPlaces, { capture: true, once: true, passive: true });
if (["back_forward", "reload"].includes(performance.getEntriesByType("navigation")[0]?.type)) loadPlaces().then((places) => places.restorePlace());

// --- A sign-in that ends while the connection is lost ---------------------------------------------

// The page that is asked for anew leads to the sign-in page.
function leaveWhereSignedOut() {
  fetch("/_blazor/negotiate?negotiateVersion=1", { method: "POST" }).then((answer) => answer.status === 401 && location.reload(), () => {});
}

document.addEventListener("components-reconnect-state-changed", (event) => /retrying|failed/.test(event.detail?.state) && leaveWhereSignedOut(), true);
