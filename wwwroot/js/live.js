// Following new data: tells the server when the tab is hidden or shown, and whether the end of a conversation is in view.
// shell.js loads this module when one of that matters. The server's side is a hidden box each (LiveWatch, ConversationPage).
const NEAR = 48;
const PATIENCE_MS = 5000;
let stickUntil = 0;
let wasAtEnd = false;

function set(box, value) {
  if (box.checked === value) return;
  box.checked = value;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function tellShown() {
  for (const box of document.querySelectorAll("[data-live-shown]")) set(box, !document.hidden);
}

const log = () => (document.querySelector("[data-live-end]") ? document.querySelector("main .log") : null);

function tellEnd() {
  const box = document.querySelector("[data-live-end]");
  const scroller = log();
  if (!box || !scroller) return;
  // The end of what is shown is not the end, while more can be read.
  wasAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR && !scroller.querySelector("[data-extend=later]");
  set(box, wasAtEnd);
}

// Who stood at the end stays there; who asked for the end gets there once it has come.
function drawn() {
  const scroller = log();
  if (scroller && (wasAtEnd || performance.now() < stickUntil)) scroller.scrollTop = scroller.scrollHeight;
  tellEnd();
  if (document.hidden) tellShown();
}

export function goTo(place) {
  // The pill that was pressed goes; the focus must not go with it.
  document.getElementById("main")?.focus({ preventScroll: true });
  if (place === "end") {
    stickUntil = performance.now() + PATIENCE_MS;
    return;
  }
  if (place === "start") {
    for (const scroller of document.querySelectorAll("main .log")) scroller.scrollTop = 0;
    return;
  }
  for (const scroller of document.querySelectorAll("main .list-scroll, main .lbody")) scroller.scrollTop = 0;
}

for (const own of ["wheel", "pointerdown", "keydown"]) addEventListener(own, () => { stickUntil = 0; }, { passive: true, capture: true });
document.addEventListener("visibilitychange", tellShown);
document.addEventListener("scroll", (event) => {
  if (event.target === log()) tellEnd();
}, { capture: true, passive: true });
new MutationObserver(drawn).observe(document.body, { subtree: true, childList: true });
tellShown();
tellEnd();
