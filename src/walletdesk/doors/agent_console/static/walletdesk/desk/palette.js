// The palette: a combobox over a list of links. Arrows move, Enter opens, Escape closes; the focus never leaves the field.

export function openPalette(dialog, opener) {
  const field = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  let at = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const mark = (place) => {
    const all = options();
    at = all.length ? (place + all.length) % all.length : -1;
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
  list.addEventListener("htmx:afterSwap", () => mark(0));
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Enter" && !event.isComposing) { const chosen = options()[at]; if (chosen) chosen.click(); }
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("close", () => opener.focus());
  // An action that lives on this page is pressed here; anything else is a link.
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-presses]");
    const control = option && document.querySelector(`[data-press="${option.dataset.presses}"]`);
    if (!control) return;
    event.preventDefault();
    dialog.close();
    control.click();
  });
  return { show };
}
