// The theme's search worker, with a Japanese query cut into words in the same way as the index.
(function () {
  "use strict";
  const name = new URLSearchParams(location.search).get("worker");
  if (!/^[\w.-]+\.js$/.test(name || "")) {
    throw new Error("no search worker");
  }
  const QUERY = 2;
  let cutter = null;
  addEventListener("message", (event) => {
    const message = event.data;
    if (!message || message.type !== QUERY || message.cut || typeof message.data !== "string") {
      return;
    }
    if (!self.lunr || !lunr.TinySegmenter) {
      return;
    }
    event.stopImmediatePropagation();
    cutter = cutter || new lunr.TinySegmenter();
    const data = message.data.replace(/[^\x00-\x7f]+/g, (text) => cutter.segment(text).join(" "));
    dispatchEvent(new MessageEvent("message", { data: { ...message, data, cut: true } }));
  });
  importScripts(name);
})();
