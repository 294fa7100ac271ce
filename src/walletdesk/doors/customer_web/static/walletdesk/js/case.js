// The names of the chosen files under the message, and the field that grows with what is written.
const files = document.querySelector(".attach input");
const chosen = document.getElementById("chosen");
if (files) {
  files.addEventListener("change", () => {
    chosen.textContent = [...files.files].map((file) => file.name).join(", ");
    chosen.hidden = !files.files.length;
  });
}
