// The page's line to the hotline: a WebSocket that comes back by itself. Words as in docs/internals/browser-calls.md.
//
// What was said while it was away is said when it is back; each word from there carries an id, and the last one seen is
// named on return, also by the page that this window loads next: none is lost, and none is heard twice.

const PAUSES = [300, 800, 2000, 4000, 8000];
const SEEN = "line-seen";

export class Line extends EventTarget {
  #ticket; #page; #socket = null; #failures = 0; #after = Number(sessionStorage.getItem(SEEN) ?? 0); #waiting = []; #closed = false; #timer = 0;

  // `page` distinguishes the pages of one agent; a caller's seat is the token alone.
  constructor(ticket, page = "") {
    super();
    this.#ticket = ticket;
    this.#page = page;
    this.#open();
    addEventListener("online", () => this.#hurry());
  }

  get up() { return this.#socket?.readyState === WebSocket.OPEN; }

  say(word) {
    if (this.up) this.#socket.send(JSON.stringify(word));
    else if (!this.#closed) this.#waiting.push(word);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close(1000);
  }

  #open() {
    const address = new URL("/live/calls", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    address.search = new URLSearchParams({ ticket: this.#ticket, page: this.#page, after: this.#after });
    const socket = this.#socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      this.#failures = 0;
      this.dispatchEvent(new Event("up"));
      for (const word of this.#waiting.splice(0)) this.say(word);
    });
    socket.addEventListener("message", (message) => {
      const told = JSON.parse(message.data);
      if (told.id <= this.#after) return;
      this.#after = told.id;
      sessionStorage.setItem(SEEN, told.id);
      this.dispatchEvent(new CustomEvent("word", { detail: told.word }));
    });
    socket.addEventListener("close", () => {
      if (this.#closed) return;
      this.dispatchEvent(new Event("down"));
      this.#timer = setTimeout(() => this.#open(), PAUSES[Math.min(this.#failures++, PAUSES.length - 1)]);
    });
  }

  #hurry() {
    if (this.#closed || this.up || this.#socket?.readyState === WebSocket.CONNECTING) return;
    clearTimeout(this.#timer);
    this.#open();
  }
}
