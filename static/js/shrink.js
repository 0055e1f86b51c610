// Make photos smaller before they are sent, where the browser can: at most data-shrink pixels on
// the long side, but for what is long and narrow, as a screenshot: it has to be read
// (items/photos/decoder.py does the same). Whatever can't be read here, or doesn't become smaller, is sent as it is.
"use strict";
(() => {
  const ENOUGH = 400 * 1024; // bytes; a smaller file isn't worth the work
  const PATIENCE = 15000; // milliseconds, after which the form is sent with what there is
  const work = new WeakMap(); // form: what has to end before it is sent

  async function smaller(file, side) {
    if (file.size <= ENOUGH || !file.type.startsWith("image/")) return file;
    // Browsers that don't know this option throw: they might forget how the camera was held.
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const { width, height } = picture;
    const narrow = Math.sqrt((side * side * 0.75) / (width * height));
    const scale = Math.min(1, Math.max(side / Math.max(width, height), narrow));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const paint = canvas.getContext("2d");
    paint.fillStyle = "white";
    paint.fillRect(0, 0, canvas.width, canvas.height);
    paint.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], "photo.jpg", { type: "image/jpeg" });
  }

  async function shrink(input) {
    const side = Number(input.dataset.shrink);
    const chosen = [...input.files];
    const files = [];
    for (const file of chosen) files.push(await smaller(file, side).catch(() => file));
    const same = chosen.length === input.files.length && chosen.every((file, i) => file === input.files[i]);
    if (!same || files.every((file, i) => file === chosen[i])) return;
    const bag = new DataTransfer();
    files.forEach((file) => bag.items.add(file));
    input.files = bag.files;
  }

  for (const input of document.querySelectorAll("input[data-shrink]")) {
    const begin = () => {
      const before = work.get(input.form) || Promise.resolve();
      work.set(input.form, before.then(() => shrink(input)).catch(() => {}));
    };
    input.addEventListener("change", begin);
    if (input.files.length) begin(); // chosen while this was on its way
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const busy = work.get(form);
    if (!busy) return;
    event.preventDefault();
    work.delete(form);
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.race([busy, late]).then(() => form.submit());
  });
})();
