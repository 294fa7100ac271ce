// What drops from the bar: status, transfer, notes. One at a time; Escape closes it and the focus goes back. What is
// written in the notes stays in this window until the conversation is written down.

const DRAFT = "phone-draft:";
const KEPT = ["said_done", "next_steps", "due_at", "disposition"];
const TICK = "read_back";
const PARTS = ["phonepanel", "pp-transfer-part"];

export function tendPanel({ bar, pageName }) {
  let open = "", shownFor = null;
  const panel = () => document.getElementById("phonepanel");
  const opener = () => bar()?.querySelector(`[data-panel="${open}"]`);

  // The bar and the panel are exchanged under our hands; what was open stays open.
  const draw = () => {
    const here = panel();
    if (!here) return;
    const parts = [...here.querySelectorAll("[data-panel-is]")];
    if (open && !parts.some((part) => part.dataset.panelIs === open)) open = "";
    here.hidden = !open;
    for (const part of parts) part.hidden = part.dataset.panelIs !== open;
    for (const one of bar()?.querySelectorAll("[data-panel]") ?? []) one.ariaExpanded = String(one.dataset.panel === open);
    for (const field of here.querySelectorAll("[data-page]")) field.value = pageName();
  };
  const show = (which) => {
    open = open === which ? "" : which;
    draw();
    if (!open) return;
    first().focus();
    if (open !== "transfer") return;
    // Who is free now, not who was when the call began; by itself, for notes that are begun hold back the whole panel.
    for (const form of panel().querySelectorAll("[data-panel-is=transfer] form")) form.reset();
    document.body.dispatchEvent(new CustomEvent("phone:colleagues", { bubbles: true }));
  };
  const first = () => {
    const part = panel().querySelector(`[data-panel-is="${open}"]`);
    return part.querySelector("button:not([disabled]), select, textarea") ?? part.querySelector("h2");
  };
  const close = () => { const from = opener(); open = ""; draw(); from?.focus(); };
  const fresh = () => document.body.dispatchEvent(new CustomEvent("phone:changed", { bubbles: true }));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#softphone [data-panel]");
    if (button) show(button.dataset.panel);
    else if (open && !event.target.closest("#phonepanel, #softphone")) { open = ""; draw(); }
  });
  document.addEventListener("keydown", (event) => {
    if (!open) return;
    if (event.key === "Escape") { event.stopPropagation(); event.preventDefault(); close(); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const notes = open === "notes" && (event.target === document.body || event.target.closest("#phonepanel")) ? drafted() : null;
      const go = (event.target.closest("#phonepanel form") ?? notes)?.querySelector(".btn-go");
      if (go) { event.preventDefault(); event.stopPropagation(); go.form.requestSubmit(go); }
    }
  }, true);

  const drafted = () => panel()?.querySelector("form[data-draft]");
  const readBack = (form) => {
    const due = document.createElement("span"), day = form.elements.due_at.value.replace("T", " ");
    due.className = "nowrap";
    due.textContent = day;
    panel().querySelector("#pp-read").replaceChildren(form.elements.next_steps.value.trim() || "…", day && " · ", due);
  };
  const restore = () => {
    const form = drafted();
    if (!form) return;
    const kept = JSON.parse(sessionStorage.getItem(DRAFT + form.dataset.draft) ?? "{}");
    for (const name of KEPT) if (kept[name] && !form.elements[name].value) form.elements[name].value = kept[name];
    if (kept[TICK]) form.elements[TICK].checked = true;
    readBack(form);
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form) return;
    const kept = Object.fromEntries(KEPT.map((name) => [name, form.elements[name].value]));
    sessionStorage.setItem(DRAFT + form.dataset.draft, JSON.stringify({ ...kept, [TICK]: form.elements[TICK].checked }));
    readBack(form);
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("#phonepanel form");
    if (!form || !event.detail.successful || bar()?.querySelector(".phone-refusal")) return;
    if (form.dataset.draft && bar()?.dataset.write !== form.dataset.draft) sessionStorage.removeItem(DRAFT + form.dataset.draft);
    if (!form.hasAttribute("data-closes") && !form.dataset.draft) return;
    form.reset();
    // The bar may have moved on while the answer was on its way: what it opened since then is not closed.
    if (open === form.closest("[data-panel-is]").dataset.panelIs) close();
    fresh();
  });
  // An exchange must not take the place from under the agent's fingers.
  let place = null, heads = false;
  // A call that is over takes its buttons away, and with them the focus: it goes to the head of what is to be written, so
  // that Tab leads into it and not through the whole page. Who is at work elsewhere on the page stays there.
  const adrift = () => { const at = document.activeElement; return !at || at === document.body || Boolean(at.closest("#softphone")); };
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (PARTS.includes(event.detail.target.id)) place = event.detail.target.contains(document.activeElement) ? document.activeElement.id : null;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const id = event.detail.target.id;
    if (id === "softphone") {
      // Another conversation, or another state of it: what belongs to the last one must not be sent to this one.
      const now = `${bar()?.dataset.state} ${bar()?.dataset.write}`;
      if (shownFor !== null && shownFor !== now) {
        panel()?.removeAttribute("data-spare-typing");
        fresh();
        if (bar().dataset.state === "wrap_up") { open = "notes"; heads = adrift(); }
      }
      shownFor = now;
    }
    if (id === "phonepanel") restore();
    if (id === "softphone" || PARTS.includes(id)) draw();
    if (PARTS.includes(id) && open && place !== null) (document.getElementById(place) ?? first()).focus();
    else if (id === "phonepanel" && open === "notes" && heads && adrift()) document.getElementById("pp-notes").focus();
    if (id === "phonepanel") heads = false;
  });
  shownFor = `${bar()?.dataset.state} ${bar()?.dataset.write}`;
  restore();
  draw();
}
