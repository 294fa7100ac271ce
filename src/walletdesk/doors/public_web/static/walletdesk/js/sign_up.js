// The time zone of this device goes along with the sign-up; without it the wallet's own zone is used.
for (const field of document.querySelectorAll("[data-zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
}
