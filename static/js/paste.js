// The table of drafts: a block copied from Excel or WPS fills the cells to the right and below,
// Enter goes one row down, Ctrl + Enter saves. All of it is dead while an input method composes;
// without it the table is a plain form.
"use strict";
(() => {
  const form = document.getElementById("drafts");
  const body = form.querySelector("tbody");
  const count = form.elements.rows;
  const unsaved = form.querySelector(".unsaved");
  const FIELDS = "td:not(.col-delete) > :is(input:not([type=hidden]), select, textarea)";
  const MOST = 150; // as the server
  let composing = false;

  const rows = () => [...body.querySelectorAll("tr:not(.said-of-row)")];
  const fields = (row) => [...row.querySelectorAll(FIELDS)];
  const place = (field) => {
    const row = field.closest("tr");
    return [rows().indexOf(row), fields(row).indexOf(field)];
  };

  // Excel puts a cell with a line break or a quotation mark into quotation marks.
  function cellsOf(text) {
    const lines = [[""]];
    let quoted = false;
    const put = (sign) => { const line = lines.at(-1); line[line.length - 1] += sign; };
    text = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < text.length; at++) {
      const sign = text[at];
      if (quoted) {
        if (sign !== '"') put(sign);
        else if (text[at + 1] === '"') { put('"'); at++; }
        else quoted = false;
      } else if (sign === '"' && lines.at(-1).at(-1) === "") quoted = true;
      else if (sign === "\t") lines.at(-1).push("");
      else if (sign === "\n") lines.push([""]);
      else put(sign);
    }
    return lines;
  }

  function addRow() {
    const last = rows().at(-1);
    const at = Number(count.value);
    if (at >= MOST) return null;
    const row = last.cloneNode(true);
    const renamed = (text) => text.replace(/row-\d+/, `row-${at}`);
    row.id = renamed(row.id);
    row.classList.remove("wrong-row");
    row.querySelectorAll(".error, .theirs, .read").forEach((said) => said.remove());
    row.querySelectorAll("[name], [for]").forEach((part) => {
      if (part.name) part.name = renamed(part.name);
      if (part.id) part.id = renamed(part.id);
      if (part.htmlFor) part.htmlFor = renamed(part.htmlFor);
      if ("value" in part) part.value = "";
    });
    body.append(row);
    count.value = at + 1;
    return row;
  }

  // Write a text into a field; tell whether it could be.
  function write(field, text) {
    text = text.trim();
    if (field.localName !== "select") {
      field.value = text;
      return true;
    }
    const says = (option) => option.text.trim();
    const found = [...field.options].find((option) => says(option) === text)
      || [...field.options].find((option) => text && says(option).startsWith(text));
    field.value = found ? found.value : "";
    return Boolean(found) || !text;
  }

  function paste(start, lines) {
    const [top, left] = place(start);
    const unknown = [];
    let leftOut = 0;
    const known = rows();
    lines.forEach((cells, down) => {
      const row = known[top + down] || addRow();
      if (!row) {
        leftOut++;
        return;
      }
      const into = fields(row);
      cells.forEach((text, right) => {
        const field = into[left + right];
        if (field && !write(field, text)) unknown.push(text.trim());
      });
    });
    changed([...new Set(unknown)], leftOut);
  }

  // Say that something isn't saved, which words are no choice, and how many lines found no room.
  function changed(unknown = [], leftOut = 0) {
    const said = [unsaved.dataset.says];
    if (unknown.length) said.push(`${unsaved.dataset.unknown} ${unknown.join(", ")}`);
    if (leftOut) said.push(`${unsaved.dataset.full} ${leftOut}`);
    unsaved.textContent = said.join(" · ");
  }

  if (!unsaved) return; // who may not save may only read
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; });
  form.addEventListener("input", () => changed());

  form.addEventListener("paste", (event) => {
    const field = event.target.closest(FIELDS);
    const text = event.clipboardData.getData("text/plain");
    const isBlock = text.includes("\t") || /<table/i.test(event.clipboardData.getData("text/html"));
    if (composing || !field || !isBlock) return;
    event.preventDefault();
    paste(field, cellsOf(text));
  });

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || composing || event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const field = event.target.closest(FIELDS);
    if (!field || field.localName === "select" || field.closest(".col-measures") || event.shiftKey) return;
    event.preventDefault();
    const [row, column] = place(field);
    const below = rows()[row + 1];
    if (below) fields(below)[column].focus();
  });

  addEventListener("beforeunload", (event) => {
    if (unsaved.textContent) event.preventDefault();
  });
  form.addEventListener("submit", () => { unsaved.textContent = ""; });
  document.querySelectorAll(".with-js").forEach((hint) => { hint.hidden = false; });
})();
