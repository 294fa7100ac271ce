// What the desk does when a script may run: keys, the palette, the sheet, and parts that refresh themselves
// without taking the agent's place in the list, their scroll, or the words they are typing. All of it also works by hand.
import { answerKeys } from "./keys.js";
import { openPalette } from "./palette.js";
import { keepPlace, showPlace } from "./place.js";
import { tendSheet } from "./sheet.js";

const palette = openPalette(document.getElementById("palette"), document.getElementById("open-palette"));
const keySheet = document.getElementById("keys");
const showKeys = () => { if (!keySheet.open) keySheet.showModal(); };
document.getElementById("open-keys").addEventListener("click", (event) => { event.preventDefault(); showKeys(); });
for (const dialog of document.querySelectorAll("dialog.over")) {
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

keepPlace();
tendSheet();
answerKeys({ palette, showKeys });

// The composer: what the chosen way means, and a draft that outlives a reload of the page.
function tendComposer() {
  const reply = document.getElementById("reply");
  if (!reply) return;
  const reader = document.getElementById("who-reads");
  const say = document.getElementById("say");
  const words = reader ? reader.dataset : {};
  const follow = () => {
    const way = reply.querySelector("input[name=way]:checked").value;
    reply.classList.toggle("is-note", way === "note");
    if (reader && words[way]) reader.textContent = words[way];
  };
  reply.addEventListener("change", follow);
  follow();
  const files = document.getElementById("files");
  files.addEventListener("change", () => {
    document.getElementById("files-named").textContent = [...files.files].map((file) => file.name).join(", ");
  });
  const slot = `draft:${location.pathname}`;
  if (!say.value) say.value = sessionStorage.getItem(slot) || "";
  say.addEventListener("input", () => sessionStorage.setItem(slot, say.value));
  reply.addEventListener("submit", () => sessionStorage.removeItem(slot));
}
tendComposer();

// While a call is up the part under the bar is exchanged without a new page (phone/roam.js): it is tended anew.
document.addEventListener("area:new", () => {
  document.querySelector("header.bar").inert = document.getElementById("area").hasAttribute("data-over");
  showPlace();
  tendSheet();
  tendComposer();
});
