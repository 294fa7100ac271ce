// One letter, one act. Letters rest while somebody types, while a modifier is held, and while a dialog is open.
//
// A control says which letter presses it: data-press="r". With data-press-focus the letter only moves the focus there,
// because what the control does cannot be taken back.

const typing = (element) => element.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]");

function step(by) {
  const rows = [...document.querySelectorAll(".q a, .ap li > a")];
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement);
  const from = here >= 0 ? here : rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = from < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, from + by));
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
}

function press(letter) {
  const control = [...document.querySelectorAll(`[data-press="${letter}"]`)].find((one) => !one.disabled && !one.closest("[inert]"));
  if (!control) return false;
  control.focus();
  if (!control.hasAttribute("data-press-focus") && !control.matches("input, textarea")) control.click();
  return true;
}

function write(way) {
  const say = document.getElementById("say");
  if (!say || say.closest("[inert]")) return;
  const choice = document.getElementById(way === "note" ? "way-note" : "way-app");
  choice.checked = true;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  say.focus();
}

export function answerKeys({ palette, showKeys }) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); palette.show(); return; }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const form = event.target.closest("form[data-ctrl-enter]") || document.querySelector(".side form[data-ctrl-enter]");
      if (form) { event.preventDefault(); form.requestSubmit(form.querySelector("button.btn-go")); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      const sheet = document.querySelector(".side[data-close]");
      if (sheet) location.assign(sheet.dataset.close);
      else if (typing(event.target)) event.target.blur();
      return;
    }
    if (typing(event.target)) return;
    const letter = event.key;
    if (letter === "j") step(1);
    else if (letter === "k") step(-1);
    else if (letter === "?") showKeys();
    else if (letter === "n") write("note");
    else if (letter === "a") { if (!press("a")) write("app"); }
    else if (!"rvex".includes(letter) || !press(letter)) return;
    event.preventDefault();
  });
}
