// The width of the pane beside a list: dragged or moved by arrow keys, kept between its bounds, remembered per page.
// theme.js sets it before the first paint; shell.js loads this module when a grip is first touched.
const MIN = 320;
const MAX = 640;
const STEP = 16;

const widthOf = (grip) => Math.round(grip.parentElement.getBoundingClientRect().width);

function tell(grip) {
  grip.setAttribute("aria-valuenow", String(widthOf(grip)));
}

function setWidth(grip, px) {
  const name = `--pane-${grip.dataset.paneGrip}`;
  const root = document.documentElement;
  if (px === null) root.style.removeProperty(name);
  else root.style.setProperty(name, `${Math.min(MAX, Math.max(MIN, Math.round(px)))}px`);
  tell(grip);
  return root.style.getPropertyValue(name);
}

function keep(grip, width) {
  const key = `pane-${grip.dataset.paneGrip}`;
  try {
    if (width) localStorage.setItem(key, width);
    else localStorage.removeItem(key);
  } catch {
    // Storage may be blocked; the width then lasts as long as the page.
  }
}

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-pane-grip]");
  if (!grip || event.button !== 0) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  const right = grip.parentElement.getBoundingClientRect().right;
  let width = "";
  const move = (e) => {
    width = setWidth(grip, right - e.clientX);
  };
  const end = () => {
    grip.removeEventListener("pointermove", move);
    grip.removeEventListener("pointerup", end);
    grip.removeEventListener("pointercancel", end);
    if (width) keep(grip, width);
  };
  grip.addEventListener("pointermove", move);
  grip.addEventListener("pointerup", end);
  grip.addEventListener("pointercancel", end);
});

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.("[data-pane-grip]");
  if (!grip) return;
  const to = {
    ArrowLeft: widthOf(grip) + STEP,
    ArrowRight: widthOf(grip) - STEP,
    Home: MIN,
    End: MAX,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  keep(grip, setWidth(grip, to));
}, true);

document.addEventListener("dblclick", (event) => {
  const grip = event.target.closest?.("[data-pane-grip]");
  if (grip) keep(grip, setWidth(grip, null));
});

document.addEventListener("focusin", (event) => {
  const grip = event.target.closest?.("[data-pane-grip]");
  if (grip) tell(grip);
});
