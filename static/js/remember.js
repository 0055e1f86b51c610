// Receipt codes on this phone, where somebody chose that: kept in the browser, never sent unasked.
//   <p data-remember="element with the code" data-day="2026-09-27" hidden><button>…</button>
//     <span hidden>what is said once it is remembered</span></p>
//   <section data-receipts hidden><ul></ul><template><li>…[data-open] …[data-forget]</li></template>
//     …[data-forget-all]</section> beside the form of the code, <form data-code>.
// An address with #CODE opens that answer: what stands behind # reaches no server, and is taken out
// of the address at once.
"use strict";
(() => {
  const KEY = "receipts";
  const CODE = /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/;

  function remembered() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY)) || [];
      return found.filter((receipt) => CODE.test(receipt.code));
    } catch {
      return [];
    }
  }

  function keep(receipts) {
    if (receipts.length) localStorage.setItem(KEY, JSON.stringify(receipts));
    else localStorage.removeItem(KEY);
  }

  for (const offer of document.querySelectorAll("[data-remember]")) {
    const [button, said] = offer.children;
    const element = document.getElementById(offer.dataset.remember);
    const code = (element.value || element.textContent).trim().toUpperCase();
    const known = () => remembered().some((receipt) => receipt.code === code);
    const show = () => {
      button.hidden = known();
      said.hidden = !known();
    };
    if (!CODE.test(code)) continue;
    offer.hidden = false;
    show();
    button.addEventListener("click", () => {
      try {
        keep([...remembered(), { code, day: offer.dataset.day }]);
      } catch {
        offer.hidden = true; // a private window: nothing can be kept here
      }
      show();
    });
  }

  const form = document.querySelector("form[data-code]");
  const open = (code) => {
    form.elements.code.value = code;
    form.querySelector("button[type=submit]").click();
  };

  const language = document.documentElement.lang.replace(/^en$/, "en-GB"); // the day first, as elsewhere

  function list(place) {
    const receipts = remembered();
    const rows = receipts.map((receipt) => {
      const row = place.querySelector("template").content.cloneNode(true);
      const day = new Date(`${receipt.day}T12:00`).toLocaleDateString(language, {
        year: "numeric", month: "long", day: "numeric",
      });
      const opens = row.querySelector("[data-open]");
      opens.textContent = opens.dataset.open.replace("{day}", day);
      opens.addEventListener("click", () => open(receipt.code));
      row.querySelector("[data-forget]").addEventListener("click", () => {
        keep(remembered().filter((other) => other.code !== receipt.code));
        list(place);
      });
      return row;
    });
    const shown = place.querySelector("ul");
    shown.textContent = "";
    rows.forEach((row) => shown.appendChild(row));
    place.hidden = !receipts.length;
  }

  for (const place of document.querySelectorAll("[data-receipts]")) {
    list(place);
    place.querySelector("[data-forget-all]").addEventListener("click", () => {
      keep([]);
      list(place);
    });
  }

  function openAddressed() {
    const code = location.hash.slice(1).toUpperCase();
    if (!CODE.test(code)) return;
    history.replaceState(null, "", location.pathname);
    open(code);
  }

  if (form) {
    openAddressed();
    window.addEventListener("hashchange", openAddressed);
  }
})();
