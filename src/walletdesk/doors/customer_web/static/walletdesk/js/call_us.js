// The customer's call. The page says where the caller stands (its part refreshes itself); this carries the sound.
import { Call } from "../calls/call.js";
import { Line } from "../calls/line.js";
import { meter } from "../calls/meter.js";

const page = document.getElementById("call");
const find = (what) => page.querySelector(what);
const show = (what, on = true) => { const one = find(what); if (one) one.hidden = !on; };
const SOON = [0, 1500, 4000];
let stopMeter = () => {}, isOver = false;

if (page?.dataset.ticket) begin();

function begin() {
  for (const one of page.querySelectorAll("[data-script]")) one.hidden = false;
  show("[data-hangup]");
  const line = new Line(page.dataset.ticket);
  const call = new Call({ say: (word) => line.say(word), audio: find("[data-sound]"), language: page.dataset.language.startsWith("zh") ? "zh-hans" : "en" });

  line.addEventListener("word", ({ detail: word }) => {
    if (word.type === "answer") call.answered(word);
    else if (word.type === "ended") over(line, call, word.reason);
    else if (word.type === "again") over(line, call, "unreachable");
  });
  call.addEventListener("up", () => { says("up"); stopMeter(); stopMeter = meter(call.microphone, (now) => { find(".hear meter").value = now; }); });
  call.addEventListener("lost", () => says("lost"));
  call.addEventListener("quality", ({ detail }) => {
    show("[data-quality]");
    for (const one of page.querySelectorAll("[data-quality-word]")) one.hidden = one.dataset.qualityWord !== detail.word;
  });
  call.addEventListener("trouble", ({ detail }) => over(line, call, detail.code));

  find("[data-hangup]").addEventListener("click", () => { line.say({ type: "hangup", leg: call.leg }); over(line, call, "hung_up"); });
  const mute = find("[data-mute]");
  mute.addEventListener("click", () => { const on = mute.ariaPressed !== "true"; mute.ariaPressed = String(on); call.mute(on); });
  const pad = find("[data-pad]"), keys = document.getElementById("pad");
  const open = (on) => {
    keys.hidden = find("[data-pad-note]").hidden = !on;
    pad.ariaExpanded = String(on);
  };
  pad.addEventListener("click", () => open(keys.hidden));
  // A menu is spoken first, and it is answered by keys; who stands in line, or speaks, needs them no more.
  const inMenu = () => !find("#callstate .ticket");
  let wasInMenu = inMenu();
  open(wasInMenu);
  document.body.addEventListener("htmx:afterSwap", () => {
    if (wasInMenu && !inMenu()) open(false);
    wasInMenu = inMenu();
  });
  page.addEventListener("click", (event) => { const key = event.target.closest("[data-key]"); if (key) call.key(key.dataset.key); });
  document.addEventListener("keydown", (event) => {
    if (/^[0-9*#]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, textarea, select")) call.key(event.key);
  });
  setInterval(turnTimer, 1000);
  call.begin();
}

function says(word) { for (const one of page.querySelectorAll("[data-says]")) one.hidden = one.dataset.says !== word; }

// The end: by either side, or because something is missing. The line stays open a moment, so that the last word leaves.
function over(line, call, reason) {
  if (isOver) return;
  isOver = true;
  call.end();
  stopMeter();
  setTimeout(() => line.close(), 1000);
  says("ended");
  for (const what of ["[data-controls]", "#pad", "[data-pad-note]", "[data-hangup]", "[data-quality]"]) show(what, false);
  const known = find(`[data-trouble-word="${reason}"]`);
  if (known) { known.hidden = false; show("[data-trouble]"); }
  // What the desk knows of the end follows a moment after the sound has ended.
  for (const after of SOON) setTimeout(() => document.body.dispatchEvent(new CustomEvent("live:again", { bubbles: true })), after);
}

function turnTimer() {
  const timer = page.querySelector("[data-since]");
  if (!timer) return;
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(timer.dataset.since)) / 1000));
  timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
