// Keep what is typed until it has arrived: <form data-keep="name">, in a fresh one an element
// data-kept with a button that deletes it, and on the page of the receipt one with
// data-sent="name". It survives a reload, the back button and a lost network. It ends
// with the page's tab or after an hour: whoever comes next to a shared computer finds nothing.
"use strict";
(() => {
  const HOUR = 60 * 60 * 1000;
  const key = (name) => `kept-${name}`;
  try {
    localStorage.removeItem("kept-suggest"); // where it once lay for a week
  } catch {
    // Nothing was kept there.
  }
  const sent = document.querySelector("[data-sent]");
  if (sent) forget(sent.dataset.sent);

  function forget(name) {
    try {
      sessionStorage.removeItem(key(name));
    } catch {
      // Nothing was kept where nothing may be kept.
    }
  }

  function kept(name) {
    try {
      const found = JSON.parse(sessionStorage.getItem(key(name)));
      if (found && Date.now() - found.at < HOUR) return found.fields;
    } catch {
      // As if nothing had been kept.
    }
    forget(name);
    return null;
  }

  function fields(form) {
    const ours = (field) => field.name && !["file", "submit", "button", "checkbox"].includes(field.type);
    return [...form.elements].filter((field) => ours(field) && field.name !== "csrfmiddlewaretoken");
  }

  const typed = (field) => field.type !== "hidden" && field.name !== "to";

  function keep(form) {
    const now = {};
    for (const field of fields(form)) {
      if (field.type !== "radio" || field.checked) now[field.name] = field.value;
    }
    const anything = fields(form).some((field) => typed(field) && now[field.name]);
    if (!anything) return forget(form.dataset.keep);
    try {
      sessionStorage.setItem(key(form.dataset.keep), JSON.stringify({ at: Date.now(), fields: now }));
    } catch {
      // A private window, or no room: the text stays on the page.
    }
  }

  // With the text comes back the number of its form: if it did arrive, it isn't taken twice.
  function restore(form, before) {
    for (const field of fields(form)) {
      const value = before[field.name];
      if (value === undefined) continue;
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.name === "nonce" || !field.value) field.value = value;
    }
    const folded = form.querySelector("details");
    const filled = (field) => (field.type === "radio" ? field.checked : field.value);
    if (folded && [...folded.querySelectorAll("input, select")].some(filled)) folded.open = true;
    const said = form.querySelector("[data-kept]");
    said.hidden = false;
    said.querySelector("button").addEventListener("click", () => {
      forget(form.dataset.keep);
      location.replace(location.pathname + location.search);
    });
  }

  for (const form of document.querySelectorAll("form[data-keep]")) {
    const before = kept(form.dataset.keep);
    // What an address fills in isn't typed.
    const ours = (field) => !typed(field) || field.type === "radio" || field.name === "location";
    const empty = fields(form).every((field) => ours(field) || !field.value);
    if (before && empty && form.querySelector("[data-kept]")) restore(form, before);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("change", () => keep(form));
    if (!empty) keep(form);
  }

  // What makes photos smaller (shrink.js) comes once somebody is about to choose one: few do, and
  // the page opens with less. <form data-keep="name" data-shrinks="address of shrink.js">
  for (const form of document.querySelectorAll("form[data-shrinks]")) {
    const load = () => {
      if (form.dataset.shrinks === "") return;
      const script = document.createElement("script");
      script.src = form.dataset.shrinks;
      form.dataset.shrinks = "";
      document.head.append(script);
    };
    for (const input of form.querySelectorAll("input[data-shrink]")) {
      for (const event of ["click", "change"]) input.addEventListener(event, load);
    }
  }
})();
