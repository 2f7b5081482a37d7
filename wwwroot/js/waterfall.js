// One trace: keyboard in the tree, zoom and pan of the time axis. Zooming moves two CSS variables of the
// container; the address, and with it the server, hears of it only when the hand comes to rest.
const DRAG = 5;
const SETTLE_MS = 300;
let revealed;
let settling = 0;

const grid = () => document.querySelector("[data-wf]");
const rowsOf = (wf) => [...wf.querySelectorAll("[data-row]")];
const isTyping = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

// --- Time axis ------------------------------------------------------------------------------------

function windowOf(wf) {
  const style = getComputedStyle(wf);
  return { from: parseFloat(style.getPropertyValue("--z0")), width: 100 / parseFloat(style.getPropertyValue("--zs")) };
}

function show(wf, from, width) {
  const w = Math.min(100, Math.max(0.001, width));
  const z = Math.min(100 - w, Math.max(0, from));
  wf.style.setProperty("--z0", `${z}%`);
  wf.style.setProperty("--zs", `${100 / w}`);
  const mark = wf.querySelector(".mm-win");
  if (mark) mark.hidden = w >= 100;
}

function settle(wf) {
  const { from, width } = windowOf(wf);
  const { start, length, zoomUrl } = wf.dataset;
  const address = new URL(zoomUrl, location.href);
  if (width < 99.99) {
    const begin = Math.floor(+start + (from / 100) * length);
    const end = Math.max(begin + 1, Math.ceil(+start + ((from + width) / 100) * length));
    address.searchParams.set("zoom", `${begin}~${end}`);
  }
  Blazor.navigateTo(address.pathname + address.search, { replaceHistoryEntry: true });
}

function settleSoon(wf) {
  clearTimeout(settling);
  settling = setTimeout(() => settle(wf), SETTLE_MS);
}

function zoomBy(wf, factor, at) {
  const { from, width } = windowOf(wf);
  const next = Math.min(100, width * factor);
  show(wf, from + at * (width - next), next);
  settleSoon(wf);
}

function onWheel(event) {
  const wf = event.currentTarget;
  const area = wf.querySelector(".wf-head .axis").getBoundingClientRect();
  const at = (event.clientX - area.left) / area.width;
  if (at < 0 || at > 1) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    zoomBy(wf, event.deltaY > 0 ? 1.2 : 1 / 1.2, at);
  } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
    const { from, width } = windowOf(wf);
    if (width >= 100) return;
    event.preventDefault();
    show(wf, from + ((event.deltaX || event.deltaY) / area.width) * width, width);
    settleSoon(wf);
  }
}

// "12.0 – 31.9 s · 19.9 s", in ms where the window is short.
function windowWords(wf, { from, width }) {
  const { start, length } = wf.dataset;
  const ms = (width / 100) * length;
  const begin = +start + (from / 100) * length;
  const [unit, name, digits] = ms < 1000 ? [1, "ms", 0] : [1000, "s", ms < 10000 ? 2 : 1];
  const words = (value) => (value / unit).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "\u2212");
  return `${words(begin)} – ${words(begin + ms)}\u202f${name} · ${words(ms)}\u202f${name}`;
}

// Dragging in the rows or in the minimap chooses a window; dragging the minimap's window moves it.
function onPointerDown(event) {
  const wf = event.currentTarget;
  if (event.button !== 0 || event.pointerType === "touch" || event.target.closest("[data-toggle]")) return;
  const minimap = event.target.closest("[data-minimap]");
  if (!minimap && !event.target.closest(".wf-body")) return;
  const axis = minimap ?? wf.querySelector(".wf-head .axis");
  const area = axis.getBoundingClientRect();
  if (area.width === 0 || event.clientX < area.left - 8) return;
  const before = windowOf(wf);
  const scale = minimap ? { from: 0, width: 100 } : before;
  const percent = (x) => scale.from + (Math.min(area.width, Math.max(0, x - area.left)) / area.width) * scale.width;
  const origin = percent(event.clientX);
  const pans = minimap && before.width < 100 && origin >= before.from && origin <= before.from + before.width;
  const mark = document.createElement("div");
  mark.className = "zoom";
  const tag = document.createElement("span");
  tag.className = "zoom-tag";
  mark.append(tag);
  let chosen = null;
  const move = (e) => {
    if (!chosen && Math.abs(e.clientX - event.clientX) < DRAG) return;
    const here = percent(e.clientX);
    if (pans) {
      chosen = { from: before.from + here - origin, width: before.width };
      show(wf, chosen.from, chosen.width);
      return;
    }
    chosen = { from: Math.min(origin, here), width: Math.abs(here - origin) };
    if (minimap) {
      show(wf, chosen.from, Math.max(0.01, chosen.width));
      return;
    }
    if (!mark.isConnected) wf.querySelector("[data-drag]").append(mark);
    mark.style.left = `${((chosen.from - scale.from) / scale.width) * 100}%`;
    mark.style.width = `${(chosen.width / scale.width) * 100}%`;
    tag.textContent = windowWords(wf, chosen);
  };
  const end = (e) => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    mark.remove();
    if (!chosen) return;
    if (e.type === "pointercancel" || chosen.width < 0.01) {
      show(wf, before.from, before.width);
      return;
    }
    // The row's link under the pointer is not meant by a drag.
    addEventListener("click", (click) => {
      click.preventDefault();
      click.stopImmediatePropagation();
    }, { capture: true, once: true });
    setTimeout(() => settle(wf));
    show(wf, chosen.from, chosen.width);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
}

function onDoubleClick(event) {
  const wf = event.currentTarget;
  const area = wf.querySelector(".wf-head .axis").getBoundingClientRect();
  if (event.clientX < area.left || windowOf(wf).width >= 100) return;
  show(wf, 0, 100);
  settle(wf);
}

// --- Keyboard -------------------------------------------------------------------------------------

function focusRow(wf, row) {
  if (!row) return;
  for (const other of wf.querySelectorAll("[data-row][tabindex='0']")) other.tabIndex = -1;
  row.tabIndex = 0;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function current(wf) {
  return document.activeElement?.closest?.("[data-row]") ?? wf.querySelector("[data-row][tabindex='0']");
}

function step(wf, by) {
  const rows = rowsOf(wf);
  const inside = document.activeElement?.closest?.("[data-row]");
  const at = rows.indexOf(current(wf));
  focusRow(wf, inside ? rows[Math.min(rows.length - 1, Math.max(0, at + by))] : rows[Math.max(0, at)]);
}

function parentOf(wf, row) {
  const rows = rowsOf(wf);
  const level = +row.getAttribute("aria-level");
  for (let i = rows.indexOf(row) - 1; i >= 0; i--) {
    if (+rows[i].getAttribute("aria-level") < level) return rows[i];
  }
  return null;
}

function fold(wf, open) {
  const row = current(wf);
  if (!row) return;
  const state = row.getAttribute("aria-expanded");
  if (state === String(!open)) {
    focusRow(wf, row);
    row.querySelector("[data-toggle]").click();
  } else if (!open) {
    focusRow(wf, parentOf(wf, row));
  } else if (state === "true") {
    step(wf, 1);
  }
}

// The first Enter opens the step beside the tree, the next one goes there; Esc comes back (shell.js).
function openOrEnter(row) {
  const pane = row.getAttribute("aria-selected") === "true" ? document.querySelector(".trace .pane-b") : null;
  if (pane) pane.focus();
  else row.querySelector("[data-row-link]").click();
}

function onKey(event) {
  const wf = grid();
  if (!wf || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const inside = event.target.closest?.("[data-wf]");
  const act = {
    j: () => step(wf, 1),
    k: () => step(wf, -1),
    h: () => fold(wf, false),
    l: () => fold(wf, true),
    "+": () => zoomBy(wf, 1 / 1.5, 0.5),
    "-": () => zoomBy(wf, 1.5, 0.5),
    ...(inside && {
      ArrowDown: () => step(wf, 1),
      ArrowUp: () => step(wf, -1),
      ArrowLeft: () => fold(wf, false),
      ArrowRight: () => fold(wf, true),
      Home: () => focusRow(wf, rowsOf(wf)[0]),
      End: () => focusRow(wf, rowsOf(wf).at(-1)),
    }),
    ...(event.target.matches?.("[data-row]") && {
      Enter: () => openOrEnter(event.target),
      " ": () => event.target.querySelector("[data-row-link]").click(),
    }),
  }[event.key];
  const link = act ? null : document.querySelector(`.trace [data-key="${CSS.escape(event.key)}"]`);
  if (!act && !link) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (act) act();
  else link.click();
}

function onClick(event) {
  if (event.target.closest("[data-copy-url]")) navigator.clipboard?.writeText(location.href);
}

// A step chosen by its link, by an error key or in the pane comes into view.
function reveal(wf) {
  const first = revealed === undefined;
  const row = wf.querySelector("[data-row][aria-selected=true]");
  const id = row?.dataset.step ?? null;
  if (id === revealed) return;
  revealed = id;
  if (!row) return;
  row.scrollIntoView({ block: "nearest" });
  if (first) return;
  const active = document.activeElement;
  if (!active || active === document.body || active.id === "main" || active.closest("[data-wf]")) focusRow(wf, row);
}

export function attach() {
  if (!document.documentElement.dataset.traceKeys) {
    document.documentElement.dataset.traceKeys = "true";
    document.addEventListener("keydown", onKey, true);
    document.addEventListener("click", onClick);
  }
  const wf = grid();
  if (!wf) return;
  if (!wf.dataset.ready) {
    wf.dataset.ready = "true";
    wf.addEventListener("wheel", onWheel, { passive: false });
    wf.addEventListener("pointerdown", onPointerDown);
    wf.addEventListener("dblclick", onDoubleClick);
  }
  reveal(wf);
}
