// A form that is being sent isn't sent again by a second press: <form data-once="Sending…">.
"use strict";
(() => {
  const words = new WeakMap(); // button: what it says before

  for (const form of document.querySelectorAll("form[data-once]")) {
    let sent = false;
    // In the capture phase: before shrink.js, which sends the form later by itself.
    form.addEventListener("submit", (event) => {
      if (sent) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      sent = true;
      const button = form.querySelector("button[type=submit]");
      words.set(button, button.textContent);
      button.textContent = form.dataset.once;
      button.setAttribute("aria-disabled", "true");
    }, true);
    // Back from a failure of the network, or from the answer: it can be sent again.
    window.addEventListener("pageshow", () => {
      const button = form.querySelector("button[type=submit]");
      sent = false;
      button.textContent = words.get(button) || button.textContent;
      button.removeAttribute("aria-disabled");
    });
  }
})();
