// The soft-phone: the bar shows what the desk knows (it refreshes itself), this carries the sound, the ring and the keys.
import { Call } from "../../calls/call.js";
import { Line } from "../../calls/line.js";
import { ring } from "../../calls/ring.js";
import { answerPhoneKeys } from "./phone_keys.js";
import { tendPanel } from "./phone_panel.js";
import { roam, stayOnPage } from "./roam.js";

const PAGE = "phone-page", LEG = "phone-leg", POP_MS = 4000, SOON = [600, 1500, 3500];
const bar = () => document.getElementById("softphone");
let line = null, call = null, stopRing = null, quality = "", lost = false, muted = false, popped = "";

// The name of this window, the same after a reload: the hotline knows the seat by it.
function pageName() {
  let name = sessionStorage.getItem(PAGE);
  if (!name) sessionStorage.setItem(PAGE, (name = crypto.randomUUID()));
  return name;
}

function again() { document.body.dispatchEvent(new CustomEvent("phone:again", { bubbles: true })); }

function openLine(ticket) {
  if (line) return;
  line = new Line(ticket, pageName());
  line.addEventListener("up", () => {
    // A window that was loaded anew in the middle of a call comes back to it.
    const leg = sessionStorage.getItem(LEG);
    if (leg && !call) begin(leg);
  });
  line.addEventListener("word", ({ detail: word }) => {
    if (word.type === "ring") begin(word.leg);
    else if (word.type === "answer") call?.answered(word);
    else if (word.type === "ended" && (!call || word.leg === call.leg || !call.leg)) end();
    else if (word.type === "again") { end(); again(); }
  });
}

function closeLine() { line?.close(); line = null; end(); }

// The agent has said yes before this comes: the page takes the leg by itself.
function begin(leg) {
  if (call?.leg === leg) return;
  end();
  sessionStorage.setItem(LEG, leg);
  stayOnPage(true);
  const audio = document.getElementById("phone-sound");
  call = new Call({ say: (word) => line?.say(word), audio, leg, language: "" });
  call.addEventListener("up", () => { lost = false; draw(); again(); });
  call.addEventListener("lost", () => { lost = true; draw(); });
  call.addEventListener("quality", ({ detail }) => { quality = detail.word; draw(); });
  call.addEventListener("trouble", () => { line?.say({ type: "decline", leg }); document.getElementById("phone-trouble").hidden = false; end(); });
  call.begin();
}

function end() {
  sessionStorage.removeItem(LEG);
  stayOnPage(false);
  call?.end();
  call = null;
  quality = "";
  lost = muted = false;
  draw();
}

// What only this page knows, written over the bar as the server drew it.
function draw() {
  const here = bar(), bars = here?.querySelector("[data-quality]");
  if (bars) { bars.hidden = !quality; bars.dataset.word = quality; }
  const mute = here?.querySelector("[data-mute]");
  if (mute) { mute.ariaPressed = String(muted); mute.classList.toggle("on", muted); }
  const words = here?.querySelector("[data-line]");
  if (!words) return;
  here.querySelector("[data-lost]").hidden = !lost;
  here.querySelector("[data-muted]").hidden = lost || !muted;
  words.hidden = lost || muted;
}

function follow() {
  const here = bar();
  if (!here) return;
  if (here.dataset.ticket) openLine(here.dataset.ticket);
  else if (line) closeLine();
  if (here.dataset.ringing && !stopRing) stopRing = ring();
  else if (!here.dataset.ringing && stopRing) { stopRing(); stopRing = null; }
  pop(here.dataset.call, here.dataset.case);
  draw();
}

// The screen pops once for each call, when it is answered; afterwards the agent goes where they like. The leg comes a
// moment after the bar turns: with it the page stays, without it a new page would be loaded under the call.
function pop(id, address, waited = false) {
  if (!id || !address || popped === id) return;
  if (!call && !waited) { setTimeout(() => pop(id, address, true), POP_MS); return; }
  popped = id;
  if (!location.pathname.startsWith(address)) roam(address);
}

function turnTimers() {
  for (const timer of bar()?.querySelectorAll("[data-since]") ?? []) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(timer.dataset.since)) / 1000));
    timer.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

if (bar()) {
  popped = sessionStorage.getItem(LEG) ? bar().dataset.call || "" : "";
  document.body.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "softphone" || event.target.id === "softphone") follow(); });
  answerPhoneKeys(bar);
  tendPanel({ bar, pageName });
  // Mute is this page's own: at once, and whatever the line to the server does.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#softphone [data-mute]")) return;
    muted = !muted;
    call?.mute(muted);
    draw();
  });
  // A wish is done by the hotline a moment after it was written down.
  document.addEventListener("submit", (event) => {
    if (event.target.matches("#softphone form, #phonepanel form")) for (const after of SOON) setTimeout(again, after);
  });
  setInterval(turnTimers, 1000);
  follow();
}
