// Forms: a key made by this phone for each act on money, no second press while one is under way,
// menus that send themselves, and a copy button.

function makeKeys(root) {
  // The server wrote a key of its own into the field; a phone that can makes a better-travelled one:
  // it is known here before anything is sent, so a lost answer can be asked for again under the same key.
  if (!window.crypto || !crypto.randomUUID) return;
  for (const field of root.querySelectorAll("input[data-key]:not([data-kept])")) {
    field.value = crypto.randomUUID();
    field.dataset.kept = "";
  }
}

export function tendForms() {
  makeKeys(document);
  document.addEventListener("htmx:afterSwap", (event) => makeKeys(event.target));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
    if (form.classList.contains("is-sent")) { event.preventDefault(); return; }
    if (!event.defaultPrevented && !form.hasAttribute("hx-post")) form.classList.add("is-sent");
  });
  // Coming back by the back button: the form may be sent again.
  addEventListener("pageshow", () => document.querySelectorAll("form.is-sent").forEach((form) => form.classList.remove("is-sent")));
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    button.dataset.copied = "";
  });
}
