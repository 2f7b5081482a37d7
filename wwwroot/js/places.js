// Back returns to the same place. Per address: how far its scrollers were, and which row was under the keyboard. Blazor
// changes pages without loading them, so the browser itself restores nothing of what scrolls inside main.
// shell.js loads this module when a person first touches the page, or comes back to it.
const PLACE = "place:";
const PATIENCE_MS = 5000;
let waiting = null;

const placeKey = () => PLACE + location.pathname + location.search;

function readPlace() {
  try {
    return JSON.parse(sessionStorage.getItem(placeKey()) ?? "{}");
  } catch {
    return {};
  }
}

function keepPlace(change) {
  try {
    sessionStorage.setItem(placeKey(), JSON.stringify({ ...readPlace(), ...change }));
  } catch {
    // Storage may be blocked or full; Back then starts at the top.
  }
}

document.addEventListener("scroll", (event) => {
  const name = event.target.classList?.[0];
  // Where a conversation is read from stands in its address (log.js).
  if (waiting || !name || name === "log" || !event.target.closest("main")) return;
  keepPlace({ scroll: { ...readPlace().scroll, [name]: event.target.scrollTop } });
}, { capture: true, passive: true });

// The first scroll is what brought this module here.
for (const scroller of document.querySelectorAll("main [class]:not(.log)")) {
  if (scroller.scrollTop > 0) keepPlace({ scroll: { ...readPlace().scroll, [scroller.classList[0]]: scroller.scrollTop } });
}

document.addEventListener("focusin", (event) => {
  const link = event.target.closest?.("[data-row].cursor [data-row-link]");
  if (link) keepPlace({ row: link.getAttribute("href") });
});

// The rows may come later than the page: tried at every change until all stands where it stood, or patience ends.
export function restorePlace() {
  const place = readPlace();
  waiting = { place, until: performance.now() + PATIENCE_MS };
  tryPlace();
}

function tryPlace() {
  if (!waiting) return;
  const { scroll = {}, row } = waiting.place;
  let done = true;
  for (const [name, top] of Object.entries(scroll)) {
    const scroller = document.querySelector(`main .${CSS.escape(name)}`);
    if (scroller) scroller.scrollTop = top;
    if (!scroller || Math.abs(scroller.scrollTop - top) > 1) done = false;
  }
  if (row) {
    const link = document.querySelector(`[data-row-link][href="${CSS.escape(row)}"]`);
    if (link) link.closest("[data-row]").classList.add("cursor");
    else done = false;
  }
  if (done || performance.now() > waiting.until) waiting = null;
}

addEventListener("popstate", restorePlace);
for (const own of ["wheel", "pointerdown", "keydown"]) addEventListener(own, () => { waiting = null; }, { passive: true, capture: true });
new MutationObserver(tryPlace).observe(document.body, { subtree: true, childList: true });

// --- Pages that were open in this tab, for the command palette; newest first -----------------------

const RECENT = "recent";
const MOST_RECENT = 12;

export function recentPages() {
  try {
    return JSON.parse(sessionStorage.getItem(RECENT) ?? "[]").filter((p) => p.url !== location.pathname + location.search);
  } catch {
    return [];
  }
}

function noteRecent() {
  const title = document.title.replace(/ · Duyetbot$/, "");
  if (!title) return;
  try {
    const others = JSON.parse(sessionStorage.getItem(RECENT) ?? "[]").filter((p) => p.url.split("?")[0] !== location.pathname);
    sessionStorage.setItem(RECENT, JSON.stringify([{ title, url: location.pathname + location.search }, ...others].slice(0, MOST_RECENT)));
  } catch {
    // Storage may be blocked; then there are no recent pages.
  }
}

noteRecent();
new MutationObserver(noteRecent).observe(document.head, { subtree: true, childList: true, characterData: true });
