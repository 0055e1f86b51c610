// A screen on the wall: it asks for its next page, or for itself anew, and takes what comes in place of what stands.
// Without network it stays as it is and says since when. <main id="screen" data-next="…" data-seconds="60">
"use strict";
(() => {
  const old = document.getElementById("old");
  const files = (page) => Array.from(page.querySelectorAll("head link[rel=stylesheet], head script"), (row) => row.outerHTML).join();
  const known = files(document);
  let heard = new Date();

  const take = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const main = page.getElementById("screen");
    if (!main) throw new Error("no screen");
    if (files(page) !== known) {
      location.reload(); // another version of the program
      return;
    }
    document.getElementById("screen").replaceWith(document.adoptNode(main));
  };

  const turn = async () => {
    const giveUp = new AbortController();
    const clock = setTimeout(() => giveUp.abort(), 10000);
    try {
      const answer = await fetch(document.getElementById("screen").dataset.next, { signal: giveUp.signal });
      if (!answer.ok) throw new Error(answer.status);
      take(await answer.text());
      heard = new Date();
      old.hidden = true;
    } catch {
      const time = heard.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
      old.textContent = old.dataset.words.replace("{time}", time);
      old.hidden = false;
    }
    clearTimeout(clock);
    wait();
  };

  const wait = () => setTimeout(turn, 1000 * document.getElementById("screen").dataset.seconds);
  wait();
})();
