// One call's sound. The microphone is asked for before the offer is made (otherwise browsers hide their addresses), the
// offer carries all candidates, and there is one answer to it. When the way is lost a new offer is made for the same leg.
//
//   up                sound runs both ways
//   lost              the way is gone; it is being looked for
//   quality           {word: "good" | "fair" | "poor", loss, jitter, delay}   every two seconds
//   trouble           {code: "no_webrtc" | "no_microphone" | "microphone_denied"}

import { Keys } from "./keys.js";

const GATHER_MS = 2000, LOST_MS = 3000, QUALITY_MS = 2000;
const WANTED = /^audio\/(pcmu|telephone-event)$/i;

export class Call extends EventTarget {
  #say; #audio; #mic = null; #sender = null; #connection = null; #leg; #language; #keys = new Keys(); #muted = false;
  #timers = new Set(); #before = null; #ended = false; #asked = "";

  // `say(word)` reaches the hotline; `audio` plays what is heard.
  constructor({ say, audio, leg = "", language = "" }) {
    super();
    this.#say = say;
    this.#audio = audio;
    this.#leg = leg;
    this.#language = language;
  }

  get leg() { return this.#leg; }
  get microphone() { return this.#mic; }

  async begin() {
    if (!globalThis.RTCPeerConnection || !navigator.mediaDevices) return this.#trouble("no_webrtc");
    try {
      this.#mic = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
    } catch (refused) {
      return this.#trouble(refused.name === "NotAllowedError" || refused.name === "SecurityError" ? "microphone_denied" : "no_microphone");
    }
    if (this.#ended) return this.#stopMicrophone();
    this.mute(this.#muted);
    await this.#offer();
    this.#every(QUALITY_MS, () => this.#measure());
  }

  // The answer to the latest offer; one to an offer before it is too late.
  async answered({ leg, sdp, to }) {
    if (this.#ended || to !== this.#asked || this.#connection?.signalingState !== "have-local-offer") return;
    this.#leg = leg;
    await this.#connection.setRemoteDescription({ type: "answer", sdp });
    this.#keys.through(this.#connection, this.#sender);
  }

  key(key) { this.#keys.press(key); }

  mute(on) {
    this.#muted = on;
    for (const track of this.#mic?.getTracks() ?? []) track.enabled = !on;
  }

  end() {
    this.#ended = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#connection?.close();
    this.#stopMicrophone();
    this.#audio.srcObject = null;
  }

  async #offer() {
    this.#connection?.close();
    const connection = this.#connection = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
    const line = connection.addTransceiver(this.#mic.getAudioTracks()[0], { direction: "sendrecv", streams: [this.#mic] });
    this.#sender = line.sender;
    const known = RTCRtpReceiver.getCapabilities?.("audio")?.codecs.filter((codec) => WANTED.test(codec.mimeType)) ?? [];
    if (known.length) line.setCodecPreferences?.(known);
    this.#keys.over(connection.createDataChannel("keys"));
    connection.addEventListener("track", (event) => {
      this.#audio.srcObject = event.streams[0] ?? new MediaStream([event.track]);
      this.#audio.play().catch(() => {});
    });
    connection.addEventListener("connectionstatechange", () => this.#state(connection));
    await connection.setLocalDescription();
    await gathered(connection);
    if (connection !== this.#connection || this.#ended) return;
    this.#asked = crypto.randomUUID();
    this.#say({ type: "offer", sdp: connection.localDescription.sdp, leg: this.#leg, language: this.#language, id: this.#asked });
  }

  #state(connection) {
    if (connection !== this.#connection || this.#ended) return;
    const state = connection.connectionState;
    if (state === "connected") this.dispatchEvent(new Event("up"));
    else if (state === "failed" || state === "closed") this.#again(connection);
    else if (state === "disconnected") {
      this.dispatchEvent(new Event("lost"));
      setTimeout(() => { if (connection.connectionState === "disconnected") this.#again(connection); }, LOST_MS);
    }
  }

  #again(connection) {
    if (connection !== this.#connection || this.#ended) return;
    this.dispatchEvent(new Event("lost"));
    this.#offer();
  }

  async #measure() {
    const now = { received: 0, lost: 0, jitter: 0, delay: 0 };
    for (const one of (await this.#connection.getStats()).values()) {
      if (one.type === "inbound-rtp" && one.kind === "audio") Object.assign(now, { received: one.packetsReceived, lost: Math.max(one.packetsLost, 0), jitter: one.jitter * 1000 });
      if (one.type === "remote-inbound-rtp" && one.roundTripTime) now.delay = one.roundTripTime * 500;
    }
    const before = this.#before ?? now;
    this.#before = now;
    const lost = Math.max(now.lost - before.lost, 0), all = Math.max(now.received - before.received, 0) + lost;
    if (!all) return;
    const loss = lost / all;
    const word = loss > 0.05 || now.jitter > 60 || now.delay > 300 ? "poor" : loss > 0.01 || now.jitter > 30 || now.delay > 150 ? "fair" : "good";
    this.dispatchEvent(new CustomEvent("quality", { detail: { word, loss, jitter: now.jitter, delay: now.delay } }));
  }

  #trouble(code) { this.dispatchEvent(new CustomEvent("trouble", { detail: { code } })); }
  #stopMicrophone() { for (const track of this.#mic?.getTracks() ?? []) track.stop(); }
  #every(milliseconds, act) { this.#timers.add(setInterval(act, milliseconds)); }
}

// All candidates, or what is known after two seconds: one that hangs must not hold up the call.
function gathered(connection) {
  if (connection.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHER_MS);
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") { clearTimeout(timer); resolve(); }
    });
  });
}
