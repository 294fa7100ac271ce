// Live updates: one EventSource for the page's ticket, turned into events on <body>.
//
//   {"topic": "customer:018f…"}  ->  "live:customer" and "live:customer:018f…"
//   after a broken line          ->  "live:again", so that parts can ask once whether they missed something
//
// A part refreshes itself:  <section id="balance" hx-get="…" hx-trigger="live:customer from:body" hx-select="#balance" …>

function topicOf(text) {
  try {
    const said = JSON.parse(text);
    return typeof said === "string" ? said : String(said.topic || "");
  } catch {
    return text;
  }
}

// What somebody has begun to type or choose in a part is theirs: the part is not exchanged under their hands.
const begun = (field) => {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (field.tagName === "SELECT") {
    const usual = Math.max(0, [...field.options].findIndex((one) => one.defaultSelected)); // without one, the first
    return field.options.length > 0 && field.selectedIndex !== usual;
  }
  return field.type !== "hidden" && field.value !== field.defaultValue;
};

function spareTyping(event) {
  const part = event.detail.target;
  if (part.matches?.("[data-spare-typing]") && [...part.querySelectorAll("input, textarea, select")].some(begun)) {
    event.detail.shouldSwap = false;
  }
}

export function listen(body) {
  body.addEventListener("htmx:beforeSwap", spareTyping);
  body.addEventListener("htmx:oobBeforeSwap", spareTyping);
  if (!("EventSource" in window)) return;
  let source = null, wasDown = false, heardWith = "";
  const tell = (name, detail) => body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  const hear = (event) => {
    const topic = topicOf(event.data);
    if (!topic) return;
    tell(`live:${topic.split(":")[0]}`, { topic });
    if (topic.includes(":")) tell(`live:${topic}`, { topic });
  };
  const open = (ticket) => {
    if (!ticket || ticket === heardWith) return;
    heardWith = ticket;
    source?.close();
    source = new EventSource(`/live/events?ticket=${encodeURIComponent(ticket)}`);
    source.onopen = () => {
      if (wasDown) tell("live:again");
      wasDown = false;
      body.dataset.line = "up";
    };
    source.onerror = () => { wasDown = true; body.dataset.line = "down"; };
    source.onmessage = hear;
    source.addEventListener("live", hear);
  };
  open(body.dataset.live);
  // A page whose part was exchanged for another page's hears that one's topics from now on.
  document.addEventListener("area:new", () => open(document.getElementById("area")?.dataset.live));
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
