// Keys of the desk. An element says with data-key which key presses or focuses it; j and k walk
// along the rows; ? shows them all. They are dead while somebody types or an input method composes,
// and can be switched off in this browser (WCAG 2.1.4).
"use strict";
(() => {
  const help = document.getElementById("keys");
  const open = document.getElementById("show-keys");
  const off = help.querySelector("input");
  const OFF = "keys-off";

  const rows = () => [...document.querySelectorAll(".rows .row")].map((row) => row.querySelector("a")).filter(Boolean);
  const isTyping = (event) =>
    event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey ||
    event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select");

  function walk(step) {
    const links = rows();
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 && step < 0 ? links.length - 1 : at + step];
    if (next) next.focus();
  }

  function press(key) {
    const found = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === key);
    if (!found) return false;
    if (found.matches("a, button")) found.click();
    else found.focus();
    return true;
  }

  function show() {
    const list = help.querySelector("dl");
    list.querySelectorAll(".here").forEach((line) => line.remove());
    document.querySelectorAll("[data-key]").forEach((element) => {
      const line = document.createElement("div");
      line.className = "here";
      const key = document.createElement("dt");
      const what = document.createElement("dd");
      key.textContent = element.dataset.key;
      what.textContent = element.dataset.does || element.textContent.trim();
      line.append(key, what);
      list.append(line);
    });
    help.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (off.checked || help.open || isTyping(event)) return;
    if (event.key === "?") show();
    else if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (!press(event.key)) return;
    event.preventDefault();
  });

  try {
    off.checked = localStorage.getItem(OFF) === "1";
    off.addEventListener("change", () => localStorage.setItem(OFF, off.checked ? "1" : ""));
  } catch {
    // Without a store the choice holds for this page.
  }
  open.hidden = false;
  open.addEventListener("click", show);
})();
