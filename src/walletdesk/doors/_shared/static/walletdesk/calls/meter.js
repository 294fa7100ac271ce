// How loud a stream is, ten times a second: `meter(stream, (level) => …)` with 0 to 1. The answer stops it.

const EVERY_MS = 100, FLOOR_DB = -60;

export function meter(stream, told) {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 512, smoothingTimeConstant: 0.4 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const decibels = power ? 10 * Math.log10(power) : FLOOR_DB;
    told(Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB)));
  }, EVERY_MS);
  return () => { clearInterval(timer); if (context.state !== "closed") context.close(); };
}
