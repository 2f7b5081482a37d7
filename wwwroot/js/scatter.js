// Brushing the picture of duration over time: on release the page goes to the address that holds the selection.
const SMALLEST = 6;

function addressOf(plot, box) {
  const { width, height } = plot.firstElementChild.getBoundingClientRect();
  const { from, to, low, high, url } = plot.dataset;
  const time = (x) => Math.round(+from + (x / width) * (to - from));
  const duration = (y) => Math.round(10 ** (+high - (y / height) * (high - low)));
  const address = new URL(url, location.href);
  address.searchParams.set("from", time(box.left));
  address.searchParams.set("to", time(box.right) + 1);
  if (box.bottom < height - 1) address.searchParams.set("min_duration_ms", duration(box.bottom));
  if (box.top > 1) address.searchParams.set("max_duration_ms", duration(box.top));
  return address.pathname + address.search;
}

function brush(event) {
  const plot = event.currentTarget;
  if (event.button !== 0 || event.pointerType === "touch") return;
  const area = plot.firstElementChild.getBoundingClientRect();
  const clamp = (value, most) => Math.min(most, Math.max(0, value));
  const at = (e) => [clamp(e.clientX - area.left, area.width), clamp(e.clientY - area.top, area.height)];
  const [x0, y0] = at(event);
  const mark = document.createElement("div");
  mark.className = "sc-brush";
  let box = null;
  const move = (e) => {
    const [x, y] = at(e);
    if (!box && Math.hypot(x - x0, y - y0) < SMALLEST) return;
    // A flat drag selects time alone.
    const flat = Math.abs(y - y0) < SMALLEST;
    box = { left: Math.min(x, x0), right: Math.max(x, x0), top: flat ? 0 : Math.min(y, y0), bottom: flat ? area.height : Math.max(y, y0) };
    if (!mark.isConnected) plot.append(mark);
    mark.style.cssText = `left:${box.left}px;top:${box.top}px;width:${box.right - box.left}px;height:${box.bottom - box.top}px`;
  };
  const end = (e) => {
    plot.removeEventListener("pointermove", move);
    plot.removeEventListener("pointerup", end);
    plot.removeEventListener("pointercancel", end);
    mark.remove();
    if (e.type === "pointerup" && box && box.right - box.left >= SMALLEST) Blazor.navigateTo(addressOf(plot, box));
  };
  event.preventDefault();
  plot.setPointerCapture(event.pointerId);
  plot.addEventListener("pointermove", move);
  plot.addEventListener("pointerup", end);
  plot.addEventListener("pointercancel", end);
}

export function attach() {
  for (const plot of document.querySelectorAll("[data-scatter]")) {
    if (plot.dataset.ready) continue;
    plot.dataset.ready = "true";
    plot.addEventListener("pointerdown", brush);
  }
}
