// Draws one chart with apexcharts. Names and notes may be anything that people typed: they reach the page as text only,
// and the library, which would take them for HTML, never sees them.
const mostColumns = 400;
const mostPeriods = 120;
const narrowScreen = matchMedia("(max-width: 720px)");

/** Makes a chart in the host element; null where the element is gone by then. */
export async function create(host, library, config, receiver) {
  if (!host.isConnected) return null;
  const { default: ApexCharts } = await import(library);
  if (!host.isConnected) return null;
  const drawing = new Drawing(host, JSON.parse(config), receiver);
  await drawing.start(ApexCharts);
  return drawing;
}

class Drawing {
  constructor(host, config, receiver) {
    this.host = host;
    this.config = config;
    this.receiver = receiver;
    this.redraw = () => this.draw();
    this.click = (event) => this.onClick(event);
    this.point = (event) => {
      const index = this.indexAt(event);
      this.pointed = index >= 0 ? index : undefined;
    };
    this.theme = new MutationObserver(this.redraw);
  }

  async start(ApexCharts) {
    this.chart = new ApexCharts(this.host, this.options());
    await this.chart.render();
    this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    narrowScreen.addEventListener("change", this.redraw);
    this.host.addEventListener("click", this.click);
    // Heard before the library asks for the tooltip; it would name the nearest point, not the column under the pointer.
    this.host.addEventListener("mousemove", this.point, true);
  }

  async update(config) {
    this.config = JSON.parse(config);
    await this.draw();
  }

  async draw() {
    if (this.chart && this.host.isConnected) await this.chart.updateOptions(this.options(), false, false, false);
  }

  dispose() {
    this.theme.disconnect();
    narrowScreen.removeEventListener("change", this.redraw);
    this.host.removeEventListener("click", this.click);
    this.host.removeEventListener("mousemove", this.point, true);
    this.chart?.destroy();
    this.chart = null;
    this.receiver = null;
  }

  onClick(event) {
    const index = this.indexAt(event);
    if (index >= 0) this.receiver?.invokeMethodAsync("OnClickAsync", index, this.seriesAt(index, event), narrowScreen.matches).catch(() => {});
  }

  // The part of a stacked bar under the pointer, from the values: the library's own marks may lie over it.
  seriesAt(index, event) {
    const c = this.config;
    if (!c.stacked) return -1;
    const { gridHeight, translateY, maxY } = this.chart.w.globals;
    const height = 1 - (event.clientY - this.host.getBoundingClientRect().top - translateY) / gridHeight;
    const max = c.max ?? maxY;
    let foot = 0;
    for (const [i, s] of c.series.entries()) {
      if (s.type === "step") continue;
      const part = (s.plot ?? s.data)[index] / max;
      if (part > 0 && height >= foot && height < foot + part) return i;
      foot += part;
    }
    return -1;
  }

  // The whole column answers, not only its bar.
  indexAt(event) {
    const inner = this.host.querySelector(".apexcharts-grid");
    const count = this.config.categories.length;
    if (!this.chart || !inner || count === 0) return -1;
    const box = this.plotBox();
    const x = event.clientX - box.left;
    return x < 0 || x >= box.width ? -1 : Math.floor((x / box.width) * count);
  }

  plotBox() {
    const { gridWidth, translateX } = this.chart.w.globals;
    return { left: this.host.getBoundingClientRect().left + translateX, width: gridWidth };
  }

  options() {
    const c = this.config;
    const bars = c.series.filter((s) => s.type !== "step");
    const mixed = new Set(bars.map((s) => s.type)).size > 1;
    const text = colour(c.textColor);
    const grid = colour(c.gridColor);
    const surface = background(this.host);
    const count = c.categories.length;
    const ticks = c.tickLabels;
    const roomy = count <= 62 && !narrowScreen.matches;
    // Thousands of columns would hold the browser for seconds: close together they are one area in steps per series.
    const dense = (count > mostPeriods || count * bars.length > mostColumns) && bars.every((s) => s.type === "bar");
    const labels = (narrowScreen.matches ? c.narrowLabels : null) ?? c.labels ?? c.categories.map(() => "");
    return {
      chart: {
        type: mixed ? "line" : dense ? "area" : (bars[0]?.type ?? "bar"),
        stacked: c.stacked,
        height: narrowScreen.matches ? (c.narrowHeight ?? c.height) : c.height,
        width: "100%",
        parentHeightOffset: 0,
        background: "transparent",
        fontFamily: "inherit",
        toolbar: { show: false },
        zoom: { enabled: false },
        selection: { enabled: false },
        animations: { enabled: false },
        events: { mounted: () => this.overlay(), updated: () => this.overlay() },
      },
      series: bars.map((s, i) => ({ name: `series ${i + 1}`, data: dense ? closed(s.plot ?? s.data) : (s.plot ?? s.data), ...(mixed ? { type: s.type } : {}) })),
      colors: bars.map((s) => colour(s.color)),
      fill: { type: "solid", opacity: 1 },
      stroke: dense ? { width: 0, curve: "stepline" } : bars.some((s) => s.type !== "bar") ? { width: 1.5, curve: "straight" } : { show: roomy, width: roomy ? 0.6 : 0, colors: [surface] },
      plotOptions: { bar: { columnWidth: count === 1 ? "12%" : count <= 8 ? "50%" : count <= 120 ? "70%" : "84%", borderRadius: 0 } },
      dataLabels: { enabled: false },
      legend: { show: false },
      markers: { size: 0, hover: { size: 0, sizeOffset: 0 } },
      states: { hover: { filter: { type: "none" } }, active: { filter: { type: "none" } } },
      grid: { borderColor: grid, padding: { left: 8, right: -10, top: -16, bottom: -8 }, xaxis: { lines: { show: false } } },
      xaxis: {
        type: "category",
        categories: dense ? [...labels, ""] : labels,
        tickPlacement: dense ? "on" : "between",
        labels: { rotate: 0, rotateAlways: false, hideOverlappingLabels: false, trim: false, style: { colors: text, fontSize: "11px" } },
        axisBorder: { color: grid },
        axisTicks: { show: false },
        tooltip: { enabled: false },
        crosshairs: { show: !dense, width: "tickWidth", fill: { type: "solid", color: colour(c.bandColor) }, opacity: 0.09, stroke: { width: 0 } },
      },
      yaxis: {
        min: 0,
        ...(c.max ? { max: c.max } : {}),
        ...(ticks ? { tickAmount: ticks.length - 1 } : {}),
        labels: {
          minWidth: c.labelWidth,
          maxWidth: c.labelWidth,
          style: { colors: text, fontSize: "11px" },
          ...(ticks && c.max ? { formatter: (value) => ticks[Math.round((value / c.max) * (ticks.length - 1))] ?? "" } : {}),
        },
      },
      tooltip: { enabled: c.tooltip, shared: true, intersect: false, followCursor: false, custom: ({ dataPointIndex }) => this.tooltip(this.pointed ?? dataPointIndex) },
    };
  }

  tooltip(index) {
    const c = this.config;
    if (index < 0 || index >= c.categories.length) return "";
    const box = element("div", "tip apex-tip");
    const bars = c.series.filter((s) => s.type !== "step");
    row(box, "row hd", c.categories[index], c.stacked ? format(c, bars.reduce((sum, s) => sum + s.data[index], 0)) : "");
    for (const s of [...bars].reverse()) {
      if (s.data[index] !== 0 || bars.length === 1) row(box, "row", s.name, format(c, s.data[index]), s.color);
    }
    for (const s of c.series) {
      if (s.type === "step" && index < s.data.length) row(box, "row t3", s.name, format(c, s.data[index]));
    }
    if (c.notes?.[index]) {
      const note = element("div", "row t3 apex-note");
      note.textContent = c.notes[index];
      box.append(note);
    }
    return box.outerHTML;
  }

  // The chosen column's band and the dashed steps are ours: the library's own step line begins in the middle of a column.
  overlay() {
    const inner = this.host.querySelector(".apexcharts-inner");
    if (!inner || !this.chart) return;
    for (const old of inner.querySelectorAll(".apex-own")) old.remove();
    const c = this.config;
    const { gridWidth, gridHeight } = this.chart.w.globals;
    const count = c.categories.length;
    const slot = gridWidth / Math.max(1, count);
    if (c.selected !== undefined && c.selected < count) {
      inner.prepend(shape("rect", { class: "apex-own band", x: c.selected * slot, y: 0, width: slot, height: gridHeight, "pointer-events": "none" }));
    }
    for (const index of c.beyond ?? []) {
      const x = (index + 0.5) * slot;
      const half = Math.max(4, Math.min(slot / 2, 16));
      // A gap in the bar, and an arrow on its end.
      inner.append(shape("path", { class: "apex-own gap", d: `M${x - half} 15L${x + half} 9`, "pointer-events": "none" }));
      inner.append(shape("path", { class: "apex-own beyond", d: `M${x - 4} -1L${x} -7L${x + 4} -1Z`, "pointer-events": "none" }));
    }
    const max = c.max ?? this.chart.w.globals.maxY;
    for (const s of c.series) {
      if (s.type !== "step" || !(max > 0)) continue;
      const values = s.plot ?? s.data;
      const steps = values.slice(0, count).map((v, i) => `${i === 0 ? "M" : "L"}${(i * slot).toFixed(1)} ${y(v)}H${((i + 1) * slot).toFixed(1)}`);
      inner.append(shape("path", { class: "apex-own ghost", d: steps.join(""), "pointer-events": "none" }));
    }
    function y(value) {
      return (gridHeight * (1 - Math.min(1, value / max))).toFixed(1);
    }
  }
}

// A step is as wide as the way to the next point: one more point gives the last value its width.
function closed(values) {
  return values.length > 0 ? [...values, values[values.length - 1]] : values;
}

function colour(name) {
  return name.startsWith("--") ? getComputedStyle(document.documentElement).getPropertyValue(name).trim() || "#888888" : name;
}

function background(element) {
  for (let at = element; at; at = at.parentElement) {
    const value = getComputedStyle(at).backgroundColor;
    if (value !== "transparent" && value !== "rgba(0, 0, 0, 0)") return value;
  }
  return "#ffffff";
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function row(box, className, name, value, mark) {
  const line = element("div", className);
  const left = element("span", "apex-name");
  if (mark) {
    const square = element("i", "sq");
    square.style.setProperty("--c", mark.startsWith("--") ? `var(${mark})` : mark);
    left.append(square);
  }
  left.append(document.createTextNode(name));
  const right = element("span", "apex-value");
  right.textContent = value;
  line.append(left, right);
  box.append(line);
  return line;
}

function shape(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function format(config, value) {
  if (!config.dollars) return Math.round(value).toLocaleString("en-US");
  if (value === 0) return "$0";
  if (value < 0.00005) return "<$0.0001";
  return value < 1 ? `$${value.toFixed(4)}` : `$${value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
