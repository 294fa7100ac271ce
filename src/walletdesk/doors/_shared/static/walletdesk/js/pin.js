// The six boxes and the pad over a plain password field. The field stays the one that is focused, read and sent.

for (const row of document.querySelectorAll("[data-pin]")) {
  const field = row.querySelector("input");
  const boxes = [...row.querySelectorAll(".pin span")];
  const pad = document.querySelector(`[data-pad="${field.id}"]`);
  row.querySelector(".pinfield").classList.add("is-drawn");

  const draw = () => {
    const typed = field.value.length;
    boxes.forEach((box, place) => {
      box.classList.toggle("on", place < typed);
      box.classList.toggle("now", document.activeElement === field && place === Math.min(typed, boxes.length - 1) && typed < boxes.length);
    });
  };
  const write = (value) => {
    field.value = value.replace(/[^0-9]/g, "").slice(0, boxes.length);
    draw();
    if (field.value.length === boxes.length && field.form.matches("[data-send-when-full]")) field.form.requestSubmit();
  };
  field.addEventListener("input", () => write(field.value));
  field.addEventListener("focus", draw);
  field.addEventListener("blur", draw);
  if (pad) {
    pad.hidden = false;
    field.form.classList.add("has-pad");
    field.inputMode = "none"; // our own pad is there; the phone's keyboard would cover the sum
    pad.addEventListener("click", (event) => {
      const key = event.target.closest("button");
      if (!key) return;
      write("del" in key.dataset ? field.value.slice(0, -1) : field.value + key.dataset.digit);
      field.focus({ preventScroll: true });
    });
  }
  draw();
}
