// The clock rings move once a minute; the last minute counts in seconds. The same law as promise_ring.py.
const ROUND = 188.5;
const UNITS = document.documentElement.lang.startsWith("zh")
  ? { s: "秒", m: "分", h: "小时", d: "天" }
  : { s: "s", m: "min", h: "hours", d: "days" };

function inWords(seconds) {
  if (seconds < 60) return [seconds, UNITS.s];
  if (seconds < 5400) return [Math.floor(seconds / 60), UNITS.m];
  if (seconds < 172800) return [Math.round(seconds / 3600), UNITS.h];
  return [Math.floor(seconds / 86400), UNITS.d];
}

function draw(ring) {
  const due = Date.parse(ring.dataset.due);
  const since = Date.parse(ring.dataset.since) || due - 3600000;
  const seconds = Math.max(0, Math.floor((due - Date.now()) / 1000));
  const whole = Math.max(1, (due - since) / 1000);
  const [figure, unit] = seconds ? inWords(seconds) : [0, UNITS.m];
  const [number, word] = ring.querySelectorAll("text");
  number.textContent = String(figure);
  word.textContent = unit;
  ring.setAttribute("aria-label", `${figure} ${unit}`);
  ring.querySelector(".left").setAttribute("stroke-dasharray", `${(ROUND * Math.min(1, seconds / whole)).toFixed(1)} ${ROUND}`);
  if (seconds < 600 && !("tone" in ring.dataset)) { ring.classList.remove("wait"); ring.classList.add("bad"); }
  return seconds;
}

export function turnRings() {
  const turn = () => {
    const left = [...document.querySelectorAll(".clock[data-due]")].map(draw).filter((seconds) => seconds > 0);
    setTimeout(turn, left.some((seconds) => seconds <= 61) ? 1000 : 60000 - (Date.now() % 60000));
  };
  setTimeout(turn, 60000 - (Date.now() % 60000));
}
