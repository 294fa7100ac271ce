// The till listens by itself. When the line of live updates is down it asks every five seconds instead,
// and once when the code has run out, so that the page never shows a dead code as waiting.

const shown = () => document.querySelector("[data-poll]");
const ask = () => { const order = shown(); if (order && navigator.onLine) htmx.trigger(order, "poll"); };

setInterval(() => {
  const order = shown();
  if (!order) return;
  const over = Date.parse(order.dataset.due) + 1000 < Date.now();
  const line = document.body.dataset.line;
  if (line !== "up" || over) ask();
}, 5000);
// Paid: the day beside it is told by the line too; without the line it is asked once.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "order" && document.body.dataset.line !== "up") htmx.trigger("#today", "poll");
});
addEventListener("online", ask);
document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
