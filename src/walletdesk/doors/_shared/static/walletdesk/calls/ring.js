// A soft ring, made here: two notes, then quiet. `const stop = ring();` Silent where the browser has not yet allowed sound.

export function ring() {
  const context = new AudioContext();
  const volume = new GainNode(context, { gain: 0 });
  volume.connect(context.destination);
  const notes = [523.25, 659.25].map((frequency) => {
    const note = new OscillatorNode(context, { type: "sine", frequency });
    note.connect(volume);
    note.start();
    return note;
  });
  const once = () => {
    const at = context.currentTime;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.12, at + 0.04);
    volume.gain.setValueAtTime(0.12, at + 0.7);
    volume.gain.linearRampToValueAtTime(0, at + 0.9);
  };
  once();
  const timer = setInterval(once, 3000);
  return () => { clearInterval(timer); for (const note of notes) note.stop(); context.close(); };
}
