// Recording in the browser, and listening before use. Without a script, or a microphone, a file can still be sent in.
import { wavOf } from "./wav.js";

const LONGEST_SECONDS = 60;

// "Put into use" waits until somebody has heard it. The server asks the same question again.
for (const button of document.querySelectorAll("[data-after-hearing]")) {
  const player = button.closest("li").querySelector("audio");
  button.disabled = true;
  player.addEventListener("ended", () => { button.disabled = false; }, { once: true });
}
// One sound at a time.
document.addEventListener("play", (event) => {
  for (const player of document.querySelectorAll("audio")) if (player !== event.target) player.pause();
}, true);

// The list opens where the sentence on the right stands; the page itself does not move.
const list = document.querySelector(".plist .scroll");
const current = list.querySelector("[aria-current]");
if (current) list.scrollTop = current.offsetTop - list.offsetTop - list.clientHeight / 3;

const form = document.getElementById("recorder");
form?.elements.sound.addEventListener("change", () => { form.elements.origin.value = "uploaded"; });
if (form && navigator.mediaDevices && window.AudioWorkletNode) tendMicrophone(form);

function tendMicrophone(form) {
  const panel = form.querySelector(".mic");
  const button = document.getElementById("record");
  const state = document.getElementById("mic-state");
  const seconds = document.getElementById("seconds");
  const meter = panel.querySelector(".level");
  const loud = panel.querySelector(".loud");
  let recording = null;
  let busy = false; // the button is never disabled: it would lose the focus of whoever works by keyboard

  panel.hidden = false;
  button.addEventListener("click", () => { if (!busy) (recording ? finish : begin)(); });
  addEventListener("pagehide", () => recording?.stop());

  async function begin() {
    state.textContent = state.dataset.asking;
    busy = true;
    try {
      recording = await listen(form.dataset.worklet, heard);
      panel.classList.add("is-on");
      state.textContent = state.dataset.on;
    } catch {
      recording = null;
      state.textContent = state.dataset.refused;
    }
    busy = false;
  }

  function heard(block, sofar) {
    const loudest = block.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    loud.setAttribute("width", String(Math.min(100, 100 * loudest)));
    meter.classList.toggle("over", loudest > 0.97);
    seconds.textContent = `${sofar.toFixed(1)} s`;
    if (sofar >= LONGEST_SECONDS - 0.1) finish();
  }

  function finish() {
    const { blocks, rate } = recording.stop();
    recording = null;
    panel.classList.remove("is-on");
    if (!blocks.length) { state.textContent = state.dataset.silent; return; }
    state.textContent = state.dataset.sending;
    busy = true;
    const carrier = new DataTransfer();
    carrier.items.add(wavOf(blocks, rate));
    form.elements.sound.files = carrier.files;
    form.elements.origin.value = "recorded";
    form.requestSubmit();
  }
}

async function listen(worklet, heard) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false, autoGainControl: false } });
  const context = new AudioContext();
  await context.audioWorklet.addModule(worklet);
  const source = context.createMediaStreamSource(stream);
  const node = new AudioWorkletNode(context, "pcm", { numberOfOutputs: 0 });
  const blocks = [];
  let samples = 0;
  node.port.onmessage = ({ data }) => {
    blocks.push(data);
    samples += data.length;
    heard(data, samples / context.sampleRate);
  };
  source.connect(node);
  return {
    stop() {
      node.port.onmessage = null;
      source.disconnect();
      stream.getTracks().forEach((track) => track.stop());
      const rate = context.sampleRate;
      context.close();
      return { blocks, rate };
    },
  };
}
