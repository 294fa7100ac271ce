// Hands what the microphone hears on to the page, block by block, unchanged.
class Pcm extends AudioWorkletProcessor {
  process(inputs) {
    const heard = inputs[0][0];
    if (heard) this.port.postMessage(heard.slice());
    return true;
  }
}
registerProcessor("pcm", Pcm);
