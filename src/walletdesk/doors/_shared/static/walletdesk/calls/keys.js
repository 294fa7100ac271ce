// Keys of a call, on the way of the sound and on no other: a key may be part of a secret.
//
// By the data channel where the other side took it: each press has a number, is sent again until it is heard, and counts
// once. Else as RFC 4733 events that the browser makes.

const AGAIN_MS = 400, TONE_MS = 100, GAP_MS = 70, WAITING_AT_MOST = 32;

export class Keys {
  #channel = null; #tones = null; #count = 0; #waiting = [];

  // The data channel of a new connection. What was not heard on the one before goes first.
  over(channel) {
    this.#channel = channel;
    this.#tones = null;
    channel.addEventListener("open", () => this.#flush());
    channel.addEventListener("message", (message) => {
      const heard = JSON.parse(message.data).heard;
      this.#waiting = this.#waiting.filter((press) => press.n > heard);
    });
    const again = setInterval(() => this.#flush(), AGAIN_MS);
    channel.addEventListener("close", () => clearInterval(again));
  }

  // After the answer: was the channel refused?
  through(connection, sender) {
    const refused = /^m=application 0 /m.test(connection.remoteDescription.sdp);
    if (!refused) return;
    this.#channel = null;
    this.#tones = sender.dtmf;
    for (const press of this.#waiting.splice(0)) this.#tone(press.key);
  }

  press(key) {
    if (this.#tones) return this.#tone(key);
    if (this.#waiting.length >= WAITING_AT_MOST) return;
    this.#waiting.push({ key, n: ++this.#count });
    this.#flush();
  }

  #flush() {
    if (this.#channel?.readyState === "open") for (const press of this.#waiting) this.#channel.send(JSON.stringify(press));
  }

  #tone(key) { this.#tones?.insertDTMF((this.#tones.toneBuffer ?? "") + key, TONE_MS, GAP_MS); }
}
