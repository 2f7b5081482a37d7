// Trees of JSON and long texts: their keys, bringing a place into view, and copying what is too long to stand in the page.
// shell.js loads this module when one is first touched.
const MOVES = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Enter", " ", "*"];
const LETTERS = { j: "ArrowDown", k: "ArrowUp", h: "ArrowLeft", l: "ArrowRight" };

// What the keys of the page would do with it otherwise.
function take(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function press(box, name) {
  const button = box.querySelector(`[data-${name}]:enabled`);
  button?.click();
  return Boolean(button);
}

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.("[data-payload]");
  if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
  const body = box.querySelector("[data-body]");
  if (event.target.matches("[data-find]")) {
    // Enter alone submits the field: the next place.
    if (event.key === "Enter" && event.shiftKey) {
      take(event);
      press(box, "previous");
    } else if (event.key === "Escape" || event.key === "ArrowDown") {
      take(event);
      body?.focus();
    }
    return;
  }
  if (event.target !== body) return;
  if (event.key === "n" || event.key === "N") {
    if (press(box, event.key === "n" ? "next" : "previous")) take(event);
  } else if (event.key === "/") {
    take(event);
    box.querySelector("[data-find]")?.select();
  } else if (body.matches("[role=tree]")) {
    if (LETTERS[event.key]) {
      take(event);
      body.dispatchEvent(new KeyboardEvent("keydown", { key: LETTERS[event.key], bubbles: true }));
    } else if (MOVES.includes(event.key)) {
      // The server moves; the browser is not to scroll as well.
      event.preventDefault();
    }
  }
}, true);

// A row that is not drawn lies where its number says; scrolling there draws it, and then it is brought into view itself.
function bring(body, jump = body.dataset.jump, tries = 30) {
  const [row] = (jump ?? "").split(":");
  if (!row || row < 0 || jump !== body.dataset.jump) return;
  body.scrollLeft = 0;
  const drawn = body.querySelector(`[data-i="${row}"]`);
  if (drawn) {
    (drawn.querySelector("mark.now") ?? drawn).scrollIntoView({ block: "nearest", inline: "nearest" });
    return;
  }
  const height = body.querySelector("[data-i]")?.getBoundingClientRect().height ?? 24;
  body.scrollTop = row * height - body.clientHeight / 2;
  if (tries > 0) setTimeout(bring, 50, body, jump, tries - 1);
}

// The shell copies what a button holds.
function copy(text) {
  const button = document.createElement("button");
  button.hidden = true;
  button.dataset.copy = text;
  document.body.append(button);
  button.click();
  button.remove();
}

new MutationObserver((changes) => {
  for (const { target, attributeName } of changes) {
    if (attributeName === "data-jump") bring(target);
    else if (target.dataset.copyNow !== undefined) copy(target.dataset.copyNow);
  }
}).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-jump", "data-copy-now"] });
