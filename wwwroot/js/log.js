// A conversation is one long page, of which a part is shown: what lies before and after comes in while its edge is
// near, what is being read stays where it is, and the address says from which message on that is.
// shell.js loads this module when there is a conversation.
const NEAR = "1500px 0px";
const REST_MS = 250;
const anchoring = CSS.supports("overflow-anchor", "auto");
let log = null;
let edges = null;
let anchor = null;
let resting = 0;
let touched = false;
const asked = new WeakSet();

const top = () => log.getBoundingClientRect().top;
const find = (id) => log.querySelector(`:scope > [data-message-id="${CSS.escape(id)}"]`);

// The first message of which a part can be seen.
function firstSeen() {
  const all = log.querySelectorAll(":scope > [data-message-id]");
  const edge = top();
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle].getBoundingClientRect().bottom > edge + 1) high = middle;
    else low = middle + 1;
  }
  return all[low] ?? null;
}

function remember() {
  const first = firstSeen();
  anchor = first && { href: location.href, id: first.dataset.messageId, offset: first.getBoundingClientRect().top - top(), scroll: log.scrollTop };
}

function align() {
  const message = anchor && find(anchor.id);
  if (!message) return;
  const moved = message.getBoundingClientRect().top - top() - anchor.offset;
  if (Math.abs(moved) >= 1) log.scrollTop += moved;
}

// What an address begins with stands at the top, the edge above it out of sight.
function begin() {
  const at = new URLSearchParams(location.search).get("at");
  const message = at && find(at);
  if (message) log.scrollTop += message.getBoundingClientRect().top - top();
}

function say(href) {
  if (location.href !== href || !anchor || !log?.isConnected) return;
  const url = new URL(href);
  const isStart = log.scrollTop < 1 && !log.querySelector("[data-extend=earlier]");
  if (isStart) url.searchParams.delete("at");
  else url.searchParams.set("at", anchor.id);
  if (url.href === href) return;
  history.replaceState(history.state, "", url);
  anchor.href = location.href;
}

// An address changes by a reader's hand alone: what is opened by a link keeps the link's.
for (const own of ["wheel", "pointerdown", "keydown", "touchmove"]) addEventListener(own, () => { touched = true; }, { passive: true, capture: true });

function onScroll() {
  remember();
  if (!touched) return;
  clearTimeout(resting);
  const { href } = location;
  resting = setTimeout(() => say(href), REST_MS);
}

function watch() {
  edges?.disconnect();
  edges = new IntersectionObserver((seen) => {
    // Once per edge: one that could not be followed is asked again when it comes near again.
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) {
        asked.delete(target);
      } else if (!asked.has(target)) {
        asked.add(target);
        target.querySelector("[data-extend]")?.click();
      }
    }
  }, { root: log, rootMargin: NEAR });
  for (const edge of log.querySelectorAll(":scope > .log-edge")) edges.observe(edge);
}

function drawn() {
  const now = document.querySelector("main .log");
  if (now !== log) {
    log = now;
    edges?.disconnect();
    log?.addEventListener("scroll", onScroll, { passive: true });
    // The circuit draws a prerendered page anew, and Back comes to a page that was left.
    if (log && anchor?.href === location.href) align();
    else if (log) begin();
  } else if (log && anchor?.scroll === log.scrollTop && (!anchoring || log.scrollTop === 0)) {
    // The browser itself keeps the place, but not at the very top, and not every browser.
    align();
  }
  if (!log) return;
  remember();
  watch();
}

new MutationObserver(drawn).observe(document.body, { subtree: true, childList: true });
drawn();
