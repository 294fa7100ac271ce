// The messenger: lies in the browser, hears pushes and shows them, also when no page is open. It fetches nothing.
// What it shows was encrypted for this browser; a link in it is a path of this very site, and nothing else is opened.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

function read(data) {
  try {
    return data ? data.json() : {};
  } catch {
    return {};
  }
}

const here = (link) => (typeof link === "string" && /^\/(?![/\\])/.test(link) ? link : "/wallet/messages/");

self.addEventListener("push", (event) => {
  const said = read(event.data);
  const body = [said.body, said.more].filter(Boolean).join("\n");
  event.waitUntil(
    self.registration.showNotification(said.title || "Walletdesk", {
      body,
      tag: said.tag || "walletdesk",
      lang: said.language === "en" ? "en" : "zh-Hans",
      data: { link: here(said.link) },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const there = new URL(here(event.notification.data?.link), self.location.origin).href;
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((windows) => {
      const open = windows.find((one) => one.url === there);
      return open ? open.focus() : self.clients.openWindow(there);
    }),
  );
});
