"use strict";
// Sorting, searching and opening of what a link leads to. Nothing is fetched, nothing is kept.

function text(row, at) {
  return row.cells[at].textContent.trim();
}

function compare(x, y) {
  const numeric = /^[\d.]+%?$/;
  if (numeric.test(x) && numeric.test(y)) return parseFloat(x) - parseFloat(y);
  if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
  return x.localeCompare(y, "zh-CN");
}

function sort(head) {
  const table = head.closest("table"), body = table.tBodies[0], at = head.cellIndex;
  const down = head.getAttribute("aria-sort") === "ascending";
  const rows = [...body.rows].filter((row) => !row.classList.contains("total"));
  rows.sort((a, b) => (down ? -1 : 1) * compare(text(a, at), text(b, at)));
  for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  body.append(...rows);
}

for (const head of document.querySelectorAll("table.sortable thead th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.title = "点击排序";
  button.append(...head.childNodes);
  button.addEventListener("click", () => sort(head));
  head.append(button);
}

function narrow(form) {
  const wanted = new FormData(form), table = document.getElementById(form.dataset.table);
  const typed = String(wanted.get("find") || "").trim().toLowerCase();
  let shown = 0;
  for (const row of table.tBodies[0].rows) {
    const fits = ["village", "category", "state", "late"].every(
      (key) => !wanted.get(key) || row.dataset[key] === wanted.get(key)
    ) && row.dataset.find.includes(typed);
    row.hidden = !fits;
    shown += fits;
  }
  form.querySelector("output").textContent = `列出 ${shown} 家，共 ${table.tBodies[0].rows.length} 家`;
}

for (const form of document.querySelectorAll("form.filter")) {
  if (!document.getElementById(form.dataset.table)) continue;
  form.hidden = false;
  form.addEventListener("input", () => narrow(form));
  form.addEventListener("submit", (event) => event.preventDefault());
  narrow(form);
}

function reveal() {
  const goal = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = goal; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (goal) goal.scrollIntoView();
}
addEventListener("hashchange", reveal);
reveal();
