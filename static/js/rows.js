// The table of drafts: rows are moved, copied and filled down without asking the server, which does
// the same where this can't. Alt + ↑ and ↓ move a row, Ctrl + D takes what stands above.
"use strict";
(() => {
  const form = document.getElementById("drafts");
  const body = form.querySelector("tbody");
  const column = form.elements.column;
  const from = form.elements.from;
  if (!column) return; // who may not save may only read

  const rows = () => [...body.querySelectorAll("tr:not(.said-of-row)")];
  const cell = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const cells = (row) => [...row.querySelectorAll("td:not(.col-do) > :is(input:not([type=hidden]), select, textarea)")];
  const nameOf = (field) => field.name.replace(/^row-\d+-/, "");
  const isUsed = (row) => Boolean(cell(row, "item").value || cells(row).some((field) => field.value));
  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));

  function put(field, source) {
    if (field.localName === "select" && ![...field.options].some((each) => each.value === source.value)) {
      field.add(source.selectedOptions[0].cloneNode(true));
    }
    field.value = source.value;
  }

  function rename(row, at) {
    const renamed = (text) => text.replace(/row-\d+/, `row-${at}`);
    row.id = renamed(row.id);
    row.querySelectorAll("[name], [for]").forEach((part) => {
      if (part.localName === "button") part.value = part.value.replace(/\d+$/, at);
      else if (part.name) part.name = renamed(part.name);
      if (part.id) part.id = renamed(part.id);
      if (part.htmlFor) part.htmlFor = renamed(part.htmlFor);
    });
  }

  // Let two rows change places, their numbers stay; tell whether the server isn't needed for it.
  function move(at, step) {
    const all = rows();
    const [row, other] = [all[at], all[at + step]];
    if (!other || !isUsed(row) || !isUsed(other)) return true;
    const numbers = [cell(row, "number"), cell(other, "number")];
    if (!numbers[0].value || !numbers[1].value) return false;
    body.querySelectorAll(".said-of-row").forEach((said) => said.remove());
    [numbers[0].value, numbers[1].value] = [numbers[1].value, numbers[0].value];
    if (step < 0) other.before(row);
    else other.after(row);
    rename(row, at + step);
    rename(other, at);
    row.querySelector("details").open = false;
    changed();
    return true;
  }

  function copy(at) {
    const all = rows();
    const empty = all.find((row) => !isUsed(row));
    if (!empty) return false;
    cells(all[at]).forEach((source) => {
      if (nameOf(source) !== "number") put(cell(empty, nameOf(source)), source);
    });
    all[at].querySelector("details").open = false;
    cell(empty, "title").focus();
    changed();
    return true;
  }

  function fill(at, name) {
    const all = rows();
    const source = cell(all[at], name);
    for (const row of all.slice(at + 1)) {
      const field = cell(row, name);
      if (field.value.trim() || !isUsed(row)) break;
      put(field, source);
    }
    changed();
    return true;
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[name=do]");
    if (!button) return;
    const [verb, place] = button.value.split("-");
    const isDone = verb === "fill" ? fill(Number(from.value), column.value)
      : verb === "copy" ? copy(Number(place))
        : move(Number(place), verb === "up" ? -1 : 1);
    if (isDone) event.preventDefault();
    if (isDone && verb !== "fill" && verb !== "copy") rows()[Number(place)].querySelector("summary").focus();
  });

  // What is filled down is the cell in which one was last.
  function remember(event) {
    const field = event.target.closest("td:not(.col-do) > *");
    if (!field || !field.name || nameOf(field) === "number") return;
    const row = field.closest("tr");
    const at = String(rows().indexOf(row));
    if (![...from.options].some((each) => each.value === at)) from.add(new Option(Number(at) + 1, at));
    column.value = nameOf(field);
    from.value = at;
  }
  form.addEventListener("focusin", remember);
  form.addEventListener("change", remember);

  form.addEventListener("keydown", (event) => {
    const field = event.target.closest("td:not(.col-do) > *");
    if (!field || event.isComposing || event.keyCode === 229) return;
    const all = rows();
    const at = all.indexOf(field.closest("tr"));
    const isMove = event.altKey && /^Arrow(Up|Down)$/.test(event.key) && field.localName !== "select";
    if (isMove) {
      const verb = event.key === "ArrowUp" ? "up" : "down";
      const button = field.closest("tr").querySelector(`[value^=${verb}-]`);
      event.preventDefault();
      if (!button) return; // sorted by another column
      if (move(at, verb === "up" ? -1 : 1)) field.focus();
      else form.requestSubmit(button);
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
      event.preventDefault();
      const name = nameOf(field);
      if (!at || name === "number") return;
      put(field, cell(all[at - 1], name));
      if (all[at + 1] && isUsed(all[at + 1])) cell(all[at + 1], name).focus();
      changed();
    }
  });
})();
