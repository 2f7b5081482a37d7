// Brings the selected message of a conversation into view, once, when its address is opened.
export function showSelected() {
  document.querySelector(".log .sel")?.scrollIntoView({ block: "center" });
}
