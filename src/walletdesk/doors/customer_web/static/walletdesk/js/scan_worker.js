// Decodes one picture at a time with the vendored jsQR; answers the text, or nothing, under the number it was asked by.
importScripts(new URL(location.href).searchParams.get("decoder"));

onmessage = ({ data }) => {
  const code = jsQR(new Uint8ClampedArray(data.pixels), data.width, data.height, { inversionAttempts: "attemptBoth" });
  postMessage({ asked: data.asked, text: code ? code.data : "" });
};
