// Heat maps: one stop of the Tab key; arrows go from cell to cell. shell.js loads this module when one is first touched.
const arrows = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

document.addEventListener("keydown", (event) => {
  const step = arrows[event.key];
  const cell = step && event.target.closest?.("table[data-roving] td");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  const rows = cell.closest("tbody").rows;
  let [row, column] = [cell.parentElement.rowIndex - rows[0].rowIndex, cell.cellIndex];
  // Over cells that hold nothing to the next that does.
  for (;;) {
    [row, column] = [row + step[0], column + step[1]];
    const next = rows[row]?.cells[column];
    if (!next) return;
    const target = next.querySelector("[tabindex]");
    if (target) {
      target.focus();
      return;
    }
  }
});

function rove(target) {
  const table = target?.closest?.("table[data-roving]");
  if (!table || !target.matches("[tabindex]")) return;
  for (const other of table.querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
  target.tabIndex = 0;
}

document.addEventListener("focusin", (event) => rove(event.target));
// The first focus is what brought this module here.
rove(document.activeElement);
