// Copy a text at one press: <button data-copy="id of the text" data-copied="Copied" hidden>; with
// data-before="https://…/answer/#" what that makes of it, for a chat with oneself.
"use strict";
(() => {
  function selected(text) {
    if (text.select) {
      text.select();
      return document.execCommand("copy");
    }
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return document.execCommand("copy");
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    const text = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      let done = false;
      try {
        await navigator.clipboard.writeText((button.dataset.before || "") + text.textContent.trim());
        done = true;
      } catch {
        if (button.dataset.before) return button.remove();
        done = selected(text); // no clipboard here: an old browser, or no HTTPS
      }
      if (done) button.textContent = button.dataset.copied;
    });
  }
})();
