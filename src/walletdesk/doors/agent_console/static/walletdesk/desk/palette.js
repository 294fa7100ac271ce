// The palette: a combobox over a list of links. Arrows move, Enter opens, Escape closes; the focus never leaves the field.
// On top stand the acts of the page underneath, read off the page: what it offers now, and nothing that it does not.

const ACTS = "#area :is(.verbs, .row, .side, main) :is(a.btn, button.btn)";

const nameOf = (control) => {
  if (control.ariaLabel) return control.ariaLabel;
  const copy = control.cloneNode(true);
  for (const key of copy.querySelectorAll("kbd")) key.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
};

const canBePressed = (control) => !control.disabled && !control.closest("[inert], dialog") && control.checkVisibility();

// A letter that presses at once is pressed from here too; all else is shown, so that what is sent was read.
function go(control, dialog) {
  dialog.close();
  control.scrollIntoView({ block: "nearest" });
  control.focus();
  if (control.matches("a") || (control.dataset.press && !control.hasAttribute("data-press-focus"))) control.click();
}

function optionFor(control, at, words) {
  const option = document.createElement("div");
  option.id = `here-${at}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  const name = document.createElement("span");
  name.textContent = nameOf(control);
  if (control.matches("button") && !control.dataset.press) {
    const more = document.createElement("span");
    more.className = "u";
    more.textContent = words.look;
    name.append(more);
  }
  const key = document.createElement(control.dataset.press ? "kbd" : "span");
  key.textContent = control.dataset.press || "";
  option.append(document.createElement("span"), name, key);
  option.addEventListener("click", () => go(control, option.closest("dialog")));
  return option;
}

function actsHere(text, words) {
  const found = [...new Set(document.querySelectorAll(ACTS))].filter(
    (control) => canBePressed(control) && nameOf(control).toLowerCase().includes(text));
  if (!found.length) return null;
  const group = document.createElement("div");
  group.setAttribute("role", "group");
  const title = document.createElement("div");
  title.className = "h3";
  title.id = "find-here";
  title.setAttribute("role", "presentation");
  title.textContent = words.here;
  group.setAttribute("aria-labelledby", title.id);
  group.append(title, ...found.map((control, at) => optionFor(control, at, words)));
  return group;
}

export function openPalette(dialog, opener) {
  const field = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  let at = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const mark = (place) => {
    const all = options();
    at = all.length ? place : -1;
    all.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) {
      field.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const show = () => {
    if (dialog.open || document.querySelector("dialog[open]")) return;
    dialog.showModal();
    field.select();
    htmx.trigger(field, "open");
  };

  opener.addEventListener("click", (event) => { event.preventDefault(); show(); });
  list.addEventListener("htmx:afterSwap", () => {
    const here = actsHere(field.value.trim().toLowerCase(), list.dataset);
    if (here) {
      list.querySelector(":scope > .state")?.remove();
      list.prepend(here);
    }
    // Nothing is marked before something is asked for: a hasty Enter does nothing.
    mark(field.value.trim() ? 0 : -1);
  });
  field.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.key === "ArrowDown") mark(at < last ? at + 1 : 0);
    else if (event.key === "ArrowUp") mark(at > 0 ? at - 1 : last);
    else if (event.key === "Enter" && !event.isComposing) { const chosen = options()[at]; if (chosen) chosen.click(); }
    else return;
    event.preventDefault();
  });
  // Closed with nothing chosen, the focus is back where it was; without such a place it goes to the opener.
  dialog.addEventListener("close", () => { if (document.activeElement === document.body) opener.focus(); });
  return { show };
}
