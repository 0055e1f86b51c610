// The static edition: whoever chose large type keeps it from page to page. Without this the fragment #large does it.
"use strict";
(() => {
  const page = document.documentElement;
  const kept = "large";
  const show = (large) => page.classList.toggle("large", large);
  const recall = () => {
    try {
      return localStorage.getItem(kept) === "yes";
    } catch {
      return false; // a browser that keeps nothing
    }
  };
  const choose = (large) => (event) => {
    event.preventDefault();
    show(large);
    try {
      localStorage.setItem(kept, large ? "yes" : "no");
    } catch {
      // it holds for this page
    }
  };
  show(recall() || location.hash === "#large");
  document.querySelector(".to-large")?.addEventListener("click", choose(true));
  document.querySelector(".to-small")?.addEventListener("click", choose(false));
})();
