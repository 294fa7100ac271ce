// While a call is up the agent still opens cases: only the part under the bar is exchanged, so that the sound goes on. A
// page that is loaded anew all the same (a reload, a link that leaves the desk) comes back to its call within seconds.

const ours = (address) => address.origin === location.origin && address.pathname.startsWith("/desk/") && !address.pathname.includes("/files/");
let staying = false;

export function stayOnPage(on) { staying = on; }

// Go there; without leaving the page while a call is up.
export function roam(address) {
  if (!staying) location.assign(address);
  else fetchAndShow(new URL(address, location.href), {}, true);
}

async function fetchAndShow(address, how, push) {
  const answer = await fetch(address, how).catch(() => null);
  if (!answer) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const area = page.getElementById("area");
  if (!area) { location.assign(answer.url); return; }
  document.getElementById("area").replaceWith(document.importNode(area, true));
  document.title = page.title;
  if (push && location.href !== answer.url) history.pushState({}, "", answer.url);
  htmx.process(document.getElementById("area"));
  document.dispatchEvent(new CustomEvent("area:new"));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!staying || !link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.target || link.hasAttribute("download") || link.hasAttribute("hx-get")) return;
  const address = new URL(link.href);
  if (!ours(address)) return;
  event.preventDefault();
  fetchAndShow(address, {}, true);
});

document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (!staying || event.defaultPrevented || form.hasAttribute("hx-post") || form.method === "dialog") return;
  const address = new URL(button?.getAttribute("formaction") || form.action);
  if (!ours(address)) return;
  event.preventDefault();
  const fields = new FormData(form, button);
  if (form.method === "get") address.search = new URLSearchParams(fields);
  fetchAndShow(address, form.method === "get" ? {} : { method: "POST", body: fields }, true);
});

addEventListener("popstate", () => { if (staying) fetchAndShow(new URL(location.href), {}, false); });
