// Keeps the agent's place while parts refresh themselves: scroll of a pane, the end of a timeline, words being typed.

const nearEnd = (element) => element.scrollHeight - element.scrollTop - element.clientHeight < 80;
const toEnd = (element) => { element.scrollTop = element.scrollHeight; };

export function showPlace() {
  const flow = document.getElementById("flow");
  if (flow) toEnd(flow);
  document.querySelector(".q a[aria-current]")?.scrollIntoView({ block: "nearest" });
}

export function keepPlace() {
  showPlace();
  const before = new WeakMap();
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const target = event.detail.target;
    const busy = document.activeElement;
    if (target.contains(busy) && busy.matches("input[type=text], textarea")) { event.detail.shouldSwap = false; return; }
    const scroller = target.querySelector(":scope > .scroll") || target;
    before.set(target, { top: scroller.scrollTop, end: target.id === "flow" && nearEnd(target) });
  });
  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    const target = event.detail.target;
    const was = before.get(target);
    if (!was) return;
    if (was.end) toEnd(target);
    else (target.querySelector(":scope > .scroll") || target).scrollTop = was.top;
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const scroller = event.detail.target.querySelector(":scope > .scroll");
    if (scroller) before.set(event.detail.target, { top: scroller.scrollTop });
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const was = before.get(event.detail.target);
    const scroller = event.detail.target.querySelector(":scope > .scroll");
    if (was && scroller) scroller.scrollTop = was.top;
  });
}
