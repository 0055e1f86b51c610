// The table of drafts, and the internal columns of the ledger's table: a block copied from Excel or WPS fills the cells to the right and below, or
// by its own row of headings; names that are no choice yet are offered to be made.
// Enter goes one row down, Ctrl + Enter saves. All of it is dead while an input method composes;
// without it the table is a plain form.
"use strict";
(() => {
  const form = document.querySelector("#drafts, #cells");
  const body = form.querySelector("tbody");
  const count = form.elements.rows;
  const unsaved = form.querySelector(".unsaved");
  const FIELDS = "td:not(.col-do) > :is(input:not([type=hidden]), select, textarea)";
  const MOST = 150; // as the server
  // Cells of several lines, in which Enter begins another
  const LONG = ["measures", "criteria", "problem", "effect", "source", "remark", "internal_note"];
  const offers = [...form.querySelectorAll(".offers [data-columns]")];
  const told = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");
  const headings = told("headings");
  const names = told("names"); // by column, where a text names several
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
    const at = Number(count?.value);
    if (!count || at >= MOST) return null; // only drafts can be more
    const row = last.cloneNode(true);
    const renamed = (text) => text.replace(/row-\d+/, `row-${at}`);
    row.id = renamed(row.id);
    row.classList.remove("wrong-row");
    row.querySelectorAll(".error, .theirs, .read").forEach((said) => said.remove());
    row.querySelectorAll("[name], [for]").forEach((part) => {
      if (part.name) part.name = renamed(part.name);
      if (part.id) part.id = renamed(part.id);
      if (part.htmlFor) part.htmlFor = renamed(part.htmlFor);
      if (part.localName === "button") part.value = part.value.replace(/\d+$/, at);
      else if ("value" in part) part.value = "";
    });
    body.append(row);
    count.value = at + 1;
    return row;
  }

  // Write a text into a field; tell why it couldn't be: "unknown", or "several" that begin alike.
  function write(field, text) {
    text = text.trim();
    if (field.localName !== "select") {
      field.value = text;
      return "";
    }
    const options = [...field.options];
    const says = (option) => option.text.trim();
    const held = options.filter((option) => text && option.dataset.holder === text);
    const alike = options.filter((option) => text && says(option).startsWith(text));
    const found = options.find((option) => says(option) === text || option.dataset.name === text)
      || (held.length === 1 ? held[0] : alike.length === 1 ? alike[0] : null);
    field.value = found ? found.value : "";
    if (found || !text || text === "—") return "";
    if (alike.length || held.length) return "several";
    if (!offerOf(columnOf(field))) return "unknown";
    const option = new Option(`${text} ${unsaved.dataset.new}`, `new:${text}`);
    option.dataset.name = text;
    field.add(option);
    field.value = option.value;
    return "";
  }

  const columnOf = (field) => field.name.replace(/^row-\d+-/, "");
  const offerOf = (column) => offers.find((offer) => offer.dataset.columns.split(" ").includes(column));

  // Say of each kind of choices which names would be made new.
  function offer() {
    offers.forEach((each) => {
      const columns = each.dataset.columns.split(" ");
      const chosen = rows().flatMap(fields).filter((field) => columns.includes(columnOf(field)));
      const made = [...new Set(chosen.flatMap(newNames))];
      each.hidden = !made.length;
      each.querySelector("b").textContent = made.length;
      each.querySelector(".read").textContent = made.join("、");
      each.querySelector("[type=hidden]").value = made.join("\n");
    });
  }

  // The new names in a field: of a choice that was pasted, or of a text that names several.
  function newNames(field) {
    const known = names[columnOf(field)];
    if (!known) return field.value.startsWith("new:") ? [field.value.slice(4)] : [];
    const each = field.value.replace(/[(（【[][^)）】\]]*[)）】\]]/g, "").split(/[、，,；;/\n]+/);
    return each.map((name) => name.trim()).filter((name) => name && !known.includes(name));
  }

  // The headings of a sheet, compared as the import does: no spaces, signs, brackets or width.
  const letters = (text) => text.normalize("NFKC").toLowerCase()
    .replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|〔[^〔〕]*〕/g, "").replace(/[\s_.:：*'’\-、]+/g, "");

  // Return the place of the row of headings among the first lines of a block, or -1.
  function headingRow(lines) {
    return lines.slice(0, 4).findIndex((cells) => {
      const filled = cells.map(letters).filter(Boolean);
      const known = filled.filter((words) => words in headings);
      return known.length > 1 && known.length * 2 >= filled.length;
    });
  }

  function paste(start, lines) {
    const [top, left] = place(start);
    const wrong = { unknown: [], several: [], elsewhere: [] };
    let leftOut = 0;
    const at = headingRow(lines);
    const columns = at < 0 ? null : lines[at].map((words) => headings[letters(words)] || "");
    if (columns) {
      wrong.elsewhere = lines[at].filter((words, right) => words.trim() && !columns[right]);
      lines = lines.slice(at + 1);
    }
    const known = rows();
    lines.forEach((cells, down) => {
      const row = known[top + down] || addRow();
      if (!row) {
        leftOut++;
        return;
      }
      const into = fields(row);
      const written = new Set();
      cells.forEach((text, right) => {
        const field = columns
          ? into.find((each) => columns[right] && columnOf(each) === columns[right])
          : into[left + right];
        if (field && written.has(field) && names[columnOf(field)]) { // 牵头单位 beside 责任单位
          text = [field.value, text.trim()].filter(Boolean).join("、");
        }
        written.add(field);
        const why = field ? write(field, text) : "";
        if (why) wrong[why].push(text.trim());
      });
    });
    offer();
    changed(wrong, leftOut);
  }

  // Say that something isn't saved, what couldn't be written and why, and what found no room.
  function changed(wrong = {}, leftOut = 0) {
    const said = [unsaved.dataset.says];
    Object.entries(wrong).forEach(([why, texts]) => {
      const each = [...new Set(texts)].join(", ");
      if (each) said.push(`${unsaved.dataset[why]} ${each}`);
    });
    if (leftOut) said.push(`${unsaved.dataset.full} ${leftOut}`);
    unsaved.textContent = said.join(" · ");
  }

  if (!unsaved) return; // who may not save may only read
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; });
  form.addEventListener("input", () => { offer(); changed(); });

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
    if (!field || field.localName === "select" || LONG.includes(columnOf(field)) || event.shiftKey) return;
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
