// Before the call: does the microphone hear? Asked only when the customer presses "Try".
import { meter } from "../calls/meter.js";

const box = document.getElementById("mic-check");
if (box && navigator.mediaDevices) {
  box.hidden = false;
  const level = box.querySelector("meter"), button = box.querySelector("button");
  const say = (word) => { for (const one of box.querySelectorAll("[data-words]")) one.hidden = one.dataset.words !== word; };
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      say("quiet");
      const stop = meter(stream, (now) => { level.value = now; if (now > 0.35) say("good"); });
      addEventListener("pagehide", () => { stop(); for (const track of stream.getTracks()) track.stop(); });
    } catch {
      say("denied");
      button.disabled = false;
    }
  });
}
