// The propose sheet: the reason is echoed in the message that the customer will read; Tab stays inside (the rest is inert).

export function tendSheet() {
  for (const field of document.querySelectorAll("[data-mirror]")) {
    const echo = document.getElementById(field.dataset.mirror);
    field.addEventListener("input", () => { echo.textContent = field.value || "…"; });
  }
  const sheet = document.querySelector(".side");
  if (sheet && !sheet.contains(document.activeElement)) (sheet.querySelector("[autofocus]") || sheet.querySelector("h1")).focus();
}
