// A recording is played where it stands. The sound comes as the answer to the form that gave the reason: one press, one
// line in the record. Without a script the same form gives the sound as a file.
for (const form of document.querySelectorAll("form[data-hear]")) {
  const player = form.parentElement.querySelector("audio");
  form.addEventListener("submit", async (event) => {
    if (event.submitter && "plain" in event.submitter.dataset) return;
    event.preventDefault();
    event.stopPropagation();
    const button = event.submitter || form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (!answer.headers.get("Content-Type").startsWith("audio/")) {
        form.submit(); // refused: the page says why in its own words
        return;
      }
      player.src = URL.createObjectURL(await answer.blob());
      player.hidden = false;
      await player.play();
    } catch (error) {
      form.submit();
    } finally {
      button.disabled = false;
    }
  });
}
