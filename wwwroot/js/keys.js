// The sheet of keys (?): what holds on this page, and nothing that does not. shell.js loads this module when it is first asked for.
const GROUPS = [
  ["Everywhere", "body", [
    [["Ctrl", "K"], "command palette"], [["?"], "this sheet"], [["g"], "then a letter: a page"], [["."], "copy the link"], [["["], "fold or unfold the rail", ".rail .fold"], [["Esc"], "close, or leave what is open"],
    [["p"], "pause or resume following", "[data-live-toggle]"], [["/"], "search on this page", "[data-testid=search-box]"],
  ]],
  ["Rows", "main [data-row]", [[["j"], "next row"], [["k"], "previous row"], [["Enter"], "open"], [["x"], "choose", "main [data-select]"], [["Shift", "x"], "choose up to here", "main [data-select]"], [["e"], "next with an error", "main [data-row][data-failed]"], [["E"], "previous with an error", "main [data-row][data-failed]"]]],
  ["Steps", "main [data-wf]", [
    [["h"], "fold, or to the parent"], [["l"], "unfold, or to the first child"], [["↑", "↓"], "previous, next row of the tree"], [["←", "→"], "fold, unfold"], [["Home", "End"], "first, last row"], [["+", "-"], "zoom in, out"],
  ]],
  ["Conversation", "main [data-go=g]", [[["g", "g"], "first message"]]],
  ["Pane", "main .pane", [[["Esc"], "back to the row, then close"], [["←", "→"], "width, on the edge", "[data-pane-grip]"]]],
  ["Heat map", "main table[data-roving]", [[["←", "→", "↑", "↓"], "from cell to cell"], [["Enter"], "the rows behind it"]]],
];
let dialog;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const line = (keys, words) => element("li", {}, element("span", {}, words), ...keys.map((key) => element("kbd", {}, key)));
const isThere = (selector) => [...document.querySelectorAll(selector)].some((e) => e.offsetParent !== null || e === document.body);

function parts() {
  const made = [];
  const add = (name, lines) => {
    if (lines.length > 0) made.push(element("section", {}, element("h3", {}, name), element("ul", {}, ...lines)));
  };
  const [everywhere, ...others] = GROUPS.map(([name, where, keys]) => [name, isThere(where) ? keys.filter(([, , only]) => !only || isThere(only)).map(([k, words]) => line(k, words)) : []]);
  add(...everywhere);
  add("Pages", [...document.querySelectorAll(".rail [data-go]")].map((a) => line(["g", a.dataset.go], a.querySelector("span")?.textContent ?? a.textContent)));
  // What the page gives a letter says so itself.
  const own = [...document.querySelectorAll("main [data-key]")].map((e) => line([e.dataset.key], (e.dataset.keyName ?? e.getAttribute("aria-label") ?? e.textContent).replace(/\(.*?\)/, "").replace(/\s+/g, " ").trim().toLowerCase()));
  add("On this page", own);
  for (const [name, lines] of others) add(name, lines);
  return made;
}

export function open() {
  if (dialog?.open) return;
  if (!dialog) {
    dialog = element("dialog", { class: "dialog keys", "aria-label": "Keys", "data-testid": "keys" });
    dialog.addEventListener("pointerdown", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "?") dialog.close();
    });
    document.body.append(dialog);
  }
  const close = element("button", { class: "btn", type: "button" }, "Close");
  close.addEventListener("click", () => dialog.close());
  dialog.replaceChildren(element("div", { class: "keys-h" }, element("h2", { class: "h" }, "Keys"), close), element("div", { class: "sheet", tabindex: "0" }, ...parts()));
  dialog.showModal();
}
