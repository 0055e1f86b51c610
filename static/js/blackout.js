// Draw black areas on a photo with finger or mouse; the field beside it takes them as percents.
// A tap on an area removes it. Without this the numbers are typed.
"use strict";
(() => {
  const field = document.querySelector("textarea[data-areas]");
  const frame = document.querySelector(".picture");
  if (!field || !frame) return;
  document.getElementById("draw").hidden = false;
  const LEAST = 1; // percent; less was a tap
  frame.classList.add("drawing");
  let from = null;
  let shown = null;

  const clamp = (part) => Math.max(0, Math.min(100, part));
  const at = (event) => {
    const box = frame.getBoundingClientRect();
    return [
      clamp(((event.clientX - box.left) / box.width) * 100),
      clamp(((event.clientY - box.top) / box.height) * 100),
    ];
  };
  const between = (a, b) => [
    Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]),
  ];
  const areas = () =>
    field.value.split("\n").map((line) => line.split(/[\s,，;；%]+/).filter(Boolean).map(Number))
      .filter((area) => area.length === 4 && area.every(Number.isFinite));

  function place(mark, [left, top, width, height]) {
    mark.style.left = `${left}%`;
    mark.style.top = `${top}%`;
    mark.style.width = `${width}%`;
    mark.style.height = `${height}%`;
  }

  function draw() {
    frame.querySelectorAll("span").forEach((mark) => mark.remove());
    areas().forEach((area) => place(frame.appendChild(document.createElement("span")), area));
  }

  function write(all) {
    field.value = all.map((area) => area.map((part) => part.toFixed(1)).join(" ")).join("\n");
    draw();
  }

  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("pointerdown", (event) => {
    from = at(event);
    shown = frame.appendChild(document.createElement("span"));
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => {
    if (from) place(shown, between(from, at(event)));
  });
  frame.addEventListener("pointerup", (event) => {
    if (!from) return;
    const [x, y] = from;
    const area = between(from, at(event));
    from = null;
    if (area[2] >= LEAST && area[3] >= LEAST) {
      write([...areas(), area]);
    } else {
      const hit = ([left, top, width, height]) =>
        x >= left && x <= left + width && y >= top && y <= top + height;
      write(areas().filter((each) => !hit(each)));
    }
  });
  field.addEventListener("input", draw);
  draw();
})();
