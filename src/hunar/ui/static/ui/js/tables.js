// Ticking rows, and the labels that a table needs when its rows become cards.
function prepare(root) {
  for (const box of root.querySelectorAll("[data-select-all]")) box.hidden = false;
  for (const table of root.querySelectorAll(".stacks > table")) {
    const heads = [...table.querySelectorAll("thead tr:last-child > *")];
    const labels = heads.map((cell) => cell.textContent.trim());
    for (const row of table.tBodies[0]?.rows ?? []) {
      [...row.cells].forEach((cell, place) => {
        if (cell.tagName === "TD" && cell.dataset.label === undefined && row.cells.length === labels.length)
          cell.dataset.label = labels[place];
      });
    }
  }
}

function count() {
  const ticked = document.querySelectorAll("[data-select-row]:checked").length;
  for (const output of document.querySelectorAll("[data-selected]")) output.textContent = ticked;
  for (const all of document.querySelectorAll("[data-select-all]")) {
    const rows = [...all.closest("table").querySelectorAll("[data-select-row]")];
    const some = rows.filter((box) => box.checked).length;
    all.checked = some > 0 && some === rows.length;
    all.indeterminate = some > 0 && some < rows.length;
  }
}

document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-select-all]");
  if (all)
    for (const box of all.closest("table").querySelectorAll("[data-select-row]:not(:disabled)"))
      box.checked = all.checked;
  if (all || event.target.closest("[data-select-row]")) count();
});

document.addEventListener("htmx:load", (event) => {
  prepare(event.target.closest?.(".table-frame") ?? event.target);
  count();
});

prepare(document);
count();
