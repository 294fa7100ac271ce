// Passkeys: the browser's own sheet does the asking, this file carries bytes there and back.
// data-passkey: prove yourself; data-new-passkey: make one; data-passkey-sign-in: sign in by one alone.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

function asSent(credential) {
  const { response } = credential, sent = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) sent[name] = text(response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: sent, clientExtensionResults: {} });
}

async function make({ publicKey }) {
  const user = { ...publicKey.user, id: bytes(publicKey.user.id) };
  const options = { ...publicKey, user, challenge: bytes(publicKey.challenge), excludeCredentials: known(publicKey.excludeCredentials) };
  return asSent(await navigator.credentials.create({ publicKey: options }));
}

async function prove({ publicKey }) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: known(publicKey.allowCredentials) };
  return asSent(await navigator.credentials.get({ publicKey: options }));
}

function tend(form, begin) {
  form.hidden = false;
  form.querySelectorAll("[data-needs-script]").forEach((one) => { one.hidden = false; });
  form.querySelectorAll("[data-no-script]").forEach((one) => { one.hidden = true; });
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      form.elements.credential.value = await begin();
      form.requestSubmit();
    } catch {
      failed.hidden = false;
    }
  }, { capture: true });
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("[data-passkey]")) tend(form, () => prove(JSON.parse(form.dataset.passkey)));
  for (const form of document.querySelectorAll("[data-new-passkey]")) tend(form, () => make(JSON.parse(form.dataset.newPasskey)));
  for (const form of document.querySelectorAll("[data-passkey-sign-in]")) {
    tend(form, async () => prove(await (await fetch(form.action, { headers: { Accept: "application/json" } })).json()));
  }
}

// The other device said yes: go on by itself.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.querySelector("[data-approved]")) document.getElementById("go-on")?.requestSubmit();
});
if (document.querySelector("[data-approved]")) document.getElementById("go-on")?.requestSubmit();
