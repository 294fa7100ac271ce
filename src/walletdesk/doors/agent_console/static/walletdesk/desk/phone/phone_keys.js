// Keys of the soft-phone: y answers, d declines, h holds, m mutes, s stops recording for a secret, t w p open what drops
// from the bar, g goes to "hang up". They rest while somebody types. With data-phone-focus a key only moves there.

const typing = (element) => element.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]");

export function answerPhoneKeys(bar) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (typing(event.target) || !/^[a-z]$/.test(event.key)) return;
    const control = bar()?.querySelector(`[data-phone-key="${event.key}"]`);
    if (!control || control.disabled) return;
    event.preventDefault();
    control.focus();
    if (!control.hasAttribute("data-phone-focus")) control.click();
  });
}
