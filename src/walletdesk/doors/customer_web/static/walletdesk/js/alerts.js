// Push on this device: the browser is asked only when somebody taps. What it gives out is brought to the server; a browser
// that had been let in before brings it again by itself, so that a changed subscription is not lost.

const box = document.getElementById("push");
const form = box.querySelector("form");
const button = box.querySelector("[data-push]");

function show(state) {
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
  button.hidden = !["off", "failed"].includes(state);
  button.disabled = false;
  box.dataset.state = state;
}

const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "=")), (c) => c.charCodeAt(0));

async function bring(subscription) {
  const given = subscription.toJSON();
  const fields = new FormData(form);
  fields.set("endpoint", given.endpoint);
  fields.set("p256dh", given.keys.p256dh);
  fields.set("auth", given.keys.auth);
  const answer = await fetch(form.action, { method: "POST", body: fields, credentials: "same-origin", redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  const { id } = await answer.json();
  localStorage.setItem("push", id);
  return id;
}

async function turnOn() {
  button.disabled = true;
  if ((await Notification.requestPermission()) !== "granted") return show(Notification.permission === "denied" ? "denied" : "off");
  try {
    const messenger = await navigator.serviceWorker.register(box.dataset.script);
    const wish = { userVisibleOnly: true, applicationServerKey: bytes(box.dataset.key) };
    await bring(await messenger.pushManager.subscribe(wish));
    location.reload();
  } catch (problem) {
    console.warn("push:", problem.name);
    show("failed");
  }
}

async function current() {
  const messenger = await navigator.serviceWorker.getRegistration(box.dataset.script);
  return messenger ? messenger.pushManager.getSubscription() : null;
}

async function begin() {
  if (!able) return show("unable");
  if (Notification.permission === "denied") return show("denied");
  button.addEventListener("click", turnOn);
  const subscription = Notification.permission === "granted" ? await current() : null;
  const known = [...document.querySelectorAll("[data-stop]")].map((one) => one.dataset.stop);
  if (!subscription || !known.includes(localStorage.getItem("push"))) return show("off");
  show("on");
  return bring(subscription).catch(() => show("failed"));
}

// Who stops this very browser also takes the subscription back from its push service.
document.addEventListener("submit", async (event) => {
  if (event.target.dataset?.stop && event.target.dataset.stop === localStorage.getItem("push")) {
    localStorage.removeItem("push");
    (await current())?.unsubscribe();
  }
});

begin();
