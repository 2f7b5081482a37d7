// The command palette (Ctrl or Cmd K): pages, saved views, actions of this page, recent pages, any id or address of ours, words to search.
// A native modal dialog with a combobox and its list box; shell.js loads this module when it is first asked for.
import { recentPages } from "./places.js";

const PAUSE_MS = 120;
const MOST = 6;
let dialog;
let field;
let list;
let options = [];
let at = 0;
let asked = 0;
let found = { text: "", matches: [] };
let opener = null;

const clean = (text) => text.replace(/\s+/g, " ").trim();
const icon = (name) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.querySelector("svg.i use")?.getAttribute("href").split("#")[0] ?? ""}#i-${name}`);
  svg.append(use);
  return svg;
};

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function build() {
  field = element("input", {
    type: "text", role: "combobox", "aria-label": "Page, action, id, address or words", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list",
    placeholder: "Page, action, id, address or words", autocomplete: "off", spellcheck: "false", maxlength: "4000",
  });
  list = element("ul", { id: "palette-list", role: "listbox", "aria-label": "Suggestions" });
  const foot = element("div", { class: "ft", "aria-hidden": "true" });
  for (const [key, words] of [["↑ ↓", "choose"], ["Enter", "go"], ["Esc", "close"], ["?", "all keys"]]) foot.append(element("span", {}, element("kbd", {}, key), ` ${words}`));
  dialog = element("dialog", { class: "dialog palette", "aria-label": "Command palette", "data-testid": "palette" }, element("div", { class: "in" }, icon("search"), field), list, foot);
  field.addEventListener("input", typed);
  field.addEventListener("keydown", onKey);
  list.addEventListener("pointermove", (event) => choose(options.findIndex((o) => o.row === event.target.closest("[role=option]"))));
  list.addEventListener("click", (event) => run(options.find((o) => o.row === event.target.closest("[role=option]"))));
  // A press beside it closes it.
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog) dialog.close();
  });
  // Esc is the dialog's own; the page below must not hear of it.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => {
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  });
  document.body.append(dialog);
}

// Links of the frame and whatever the page marks: what is there now is what can be done now.
function commands() {
  const pages = [...document.querySelectorAll(".rail [data-go]")].map((a) => ({ group: "Pages", name: clean(a.textContent), href: a.getAttribute("href"), icon: iconOf(a) ?? "right", key: `g ${a.dataset.go}` }));
  const views = [...document.querySelectorAll(".rail [data-view]")].map((a) => ({ group: "Saved views", name: `${a.dataset.view}: ${clean(a.textContent)}`, href: a.getAttribute("href"), icon: "filter" }));
  const actions = [...document.querySelectorAll("[data-command]")]
    .filter((e) => !dialog.contains(e) && !e.disabled)
    .map((e) => ({ group: "Actions", name: e.dataset.command || clean(e.textContent), act: () => e.click(), icon: iconOf(e) ?? "bolt", key: e.dataset.commandKey }));
  const recent = recentPages().map((p) => ({ group: "Recent", name: p.title, href: p.url, icon: "clock" }));
  return { pages, views, actions, recent };
}

const iconOf = (e) => e.querySelector("use")?.getAttribute("href")?.split("#i-")[1];

function suggestions(text) {
  const { pages, views, actions, recent } = commands();
  if (!text) return [...recent.slice(0, MOST), ...pages, ...views, ...actions];
  const words = text.toLowerCase().split(/\s+/);
  const fits = (o) => words.every((w) => o.name.toLowerCase().includes(w));
  const ids = found.text === text ? found.matches.map((m) => ({ group: "Found", name: m.label, hint: m.kind, href: m.url, icon: { trace: "trace", step: "trace", message: "msg", user: "users", page: "right" }[m.kind] ?? "chat" })) : [];
  const query = encodeURIComponent(text);
  const search = [
    { group: "Search", name: `Messages with “${text}”`, href: `/messages?q=${query}&range=all`, icon: "msg" },
    { group: "Search", name: `Conversations with “${text}”`, href: `/conversations?q=${query}&range=all`, icon: "chat" },
    { group: "Search", name: `Traces with “${text}”`, href: `/traces?q=${query}&range=all`, icon: "trace" },
  ];
  return [...ids, ...[...pages, ...views, ...actions].filter(fits), ...recent.filter(fits).slice(0, MOST), ...search];
}

function draw() {
  const text = clean(field.value);
  options = suggestions(text);
  list.replaceChildren();
  let group = null;
  let part = null;
  options.forEach((option, index) => {
    if (option.group !== group) {
      group = option.group;
      const head = element("li", { class: "grp", role: "presentation", id: `palette-g${index}` }, group);
      part = element("ul", { role: "group", "aria-labelledby": head.id });
      list.append(head, element("li", { role: "presentation" }, part));
    }
    option.row = element("li", { class: "op", role: "option", id: `palette-${index}`, "aria-selected": "false" }, icon(option.icon), element("span", { class: "cut" }, option.name));
    if (option.key) option.row.append(element("kbd", {}, option.key));
    else if (option.hint) option.row.append(element("span", { class: "hint t3" }, option.hint));
    part.append(option.row);
  });
  choose(0);
  list.scrollTop = 0;
}

function choose(index) {
  if (index < 0 || index >= options.length) return;
  options[at]?.row.setAttribute("aria-selected", "false");
  at = index;
  options[at].row.setAttribute("aria-selected", "true");
  options[at].row.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", options[at].row.id);
}

async function typed() {
  draw();
  const text = clean(field.value);
  const mine = ++asked;
  await new Promise((done) => setTimeout(done, PAUSE_MS));
  if (mine !== asked || !text || found.text === text) return;
  await ask(text, mine);
}

// Whether an id or an address of ours was typed; words are no id, so most of the time nothing comes back.
async function ask(text, mine) {
  try {
    const answer = await fetch(`/go/matches?q=${encodeURIComponent(text)}`, { headers: { accept: "application/json" } });
    if (!answer.ok || mine !== asked) return;
    const matches = await answer.json();
    if (mine !== asked) return;
    found = { text, matches };
    if (matches.length > 0) draw();
  } catch {
    // Without the server words can still be searched for.
  }
}

async function onKey(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    choose((at + step + options.length) % options.length);
  } else if (event.key === "Home" || event.key === "End") {
    if (field.value) return;
    event.preventDefault();
    choose(event.key === "Home" ? 0 : options.length - 1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    const text = clean(field.value);
    // A pasted id and Enter at once: its thing comes before a search for it.
    if (text && found.text !== text && !/\s/.test(text)) await ask(text, ++asked);
    run(options[at]);
  } else if (event.key === "?" && !field.value) {
    event.preventDefault();
    dialog.close();
    import("./keys.js").then((keys) => keys.open());
  } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    dialog.close();
  }
}

function run(option) {
  if (!option) return;
  dialog.close();
  if (option.act) option.act();
  else if (globalThis.Blazor?.navigateTo) Blazor.navigateTo(option.href);
  else location.href = option.href;
}

export function open(text) {
  if (!dialog) build();
  if (dialog.open) return;
  opener = document.activeElement;
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
  field.value = text;
  dialog.showModal();
  field.select();
  typed();
}
