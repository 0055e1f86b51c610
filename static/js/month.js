// A month's progress: Ctrl + Enter saves, a column copied from Excel or WPS fills the boxes from
// the one that it is pasted into downwards, and what is typed takes the tick "no change" away.
// All of it is dead while an input method composes; without it the page is a plain form.
"use strict";
(() => {
  const form = document.getElementById("month");
  if (!form) return;
  const unsaved = form.querySelector(".unsaved");
  const boxes = () => [...form.querySelectorAll("ol textarea")];
  const changed = () => { unsaved.textContent = unsaved.dataset.says; };

  function untick(box) {
    if (box.value) box.closest("li").querySelector("[type=checkbox]").checked = false;
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches("ol textarea")) untick(event.target);
    changed();
  });

  form.addEventListener("paste", (event) => {
    const box = event.target.closest("ol textarea");
    const block = /<table/i.test(event.clipboardData.getData("text/html"));
    if (!box || !block || event.isComposing) return;
    event.preventDefault();
    const cells = cellsOf(event.clipboardData.getData("text/plain"));
    const from = boxes().indexOf(box);
    cells.forEach((text, down) => {
      const into = boxes()[from + down];
      if (!into) return;
      into.value = text.trim();
      untick(into);
    });
    changed();
  });

  // The first column of a block. Excel puts a cell with a line break into quotation marks.
  function cellsOf(text) {
    const cells = [];
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const pattern = /(?:"((?:[^"]|"")*)"|([^\t\n]*))[^\n]*(?:\n|$)/gy;
    while (pattern.lastIndex < lines.length) {
      const found = pattern.exec(lines);
      if (!found) break;
      cells.push(found[1] === undefined ? found[2] : found[1].replace(/""/g, '"'));
    }
    return cells;
  }

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    form.requestSubmit();
  });

  addEventListener("beforeunload", (event) => {
    if (unsaved.textContent) event.preventDefault();
  });
  form.addEventListener("submit", () => { unsaved.textContent = ""; });
  document.querySelectorAll(".with-js").forEach((hint) => { hint.hidden = false; });
})();
