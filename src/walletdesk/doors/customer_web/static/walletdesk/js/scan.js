// The camera reads the shop's code. What is read goes into the plain form and is sent as if pasted.
// Decoding runs in a worker so that the picture stays smooth; a chosen picture is decoded the same way.

const box = document.getElementById("camera");
const video = box.querySelector("video");
const says = document.getElementById("says");
const off = document.getElementById("camera-off");
const form = document.getElementById("scan");
const picture = document.getElementById("picture");
const canvas = document.createElement("canvas");
const paper = canvas.getContext("2d", { willReadFrequently: true });
const worker = new Worker(`${box.dataset.worker}?decoder=${encodeURIComponent(box.dataset.decoder)}`);
let done = false;
const waiting = new Map();   // the camera and a chosen picture may be with the worker at once: each gets its own answer
let asked = 0;

worker.onmessage = ({ data }) => { waiting.get(data.asked)?.(data.text); waiting.delete(data.asked); };

function decode(source, width, height, most) {
  const scale = Math.min(1, most / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  paper.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = paper.getImageData(0, 0, canvas.width, canvas.height);
  return new Promise((answer) => {
    waiting.set(++asked, answer);
    worker.postMessage({ asked, pixels: data.buffer, width: canvas.width, height: canvas.height }, [data.buffer]);
  });
}

function found(text) {
  if (done) return;
  done = true;
  says.textContent = says.dataset.found;
  if (navigator.vibrate) navigator.vibrate(60);
  video.srcObject?.getTracks().forEach((track) => track.stop());
  form.elements.code.value = text;
  form.requestSubmit();
}

function tell(words) {
  off.textContent = words;
  off.hidden = false;
}

async function look() {
  if (done) return;
  if (video.videoWidth) {
    const text = await decode(video, video.videoWidth, video.videoHeight, 640);
    if (text) { found(text); return; }
  }
  setTimeout(() => requestAnimationFrame(look), 90);
}

async function start() {
  if (!navigator.mediaDevices?.getUserMedia) { tell(says.dataset.refused); return; }
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  } catch {
    tell(says.dataset.refused);
    return;
  }
  box.hidden = false;
  says.textContent = says.dataset.looking;
  await video.play();
  look();
}

document.getElementById("pick").hidden = false;
picture.addEventListener("change", async () => {
  const [file] = picture.files;
  if (!file) return;
  try {
    const bitmap = await createImageBitmap(file);
    const text = (await decode(bitmap, bitmap.width, bitmap.height, 1600)) || (await decode(bitmap, bitmap.width, bitmap.height, 800));
    if (text) found(text);
    else tell(says.dataset.none);
  } catch {
    tell(says.dataset.none);
  }
});
addEventListener("pagehide", () => video.srcObject?.getTracks().forEach((track) => track.stop()));
start();
