// The theme's search worker, with queries fitted to the language: a Japanese query is cut into words in the same way
// as the index, and a Dutch word is looked for with its long vowel in both spellings (virtueel, virtuele).
(function () {
  "use strict";
  const name = new URLSearchParams(location.search).get("worker");
  if (!/^[\w.-]+\.js$/.test(name || "")) {
    throw new Error("no search worker");
  }
  const QUERY = 2;
  const LONG = /^(.*?)([aeou])\2([bcdfghjklmnpqrstvwxz])$/i;
  const OPEN = /^(.*?[^aeou])([aeou])([bcdfghjklmnpqrstvwxz])en?$/i;
  let cutter = null;

  function japanese(query) {
    cutter = cutter || new lunr.TinySegmenter();
    return query.replace(/[^\x00-\x7f]+/g, (text) => cutter.segment(text).join(" "));
  }

  function dutch(query) {
    return query.replace(/(^|\s)([a-z\u00c0-\u00ff]{5,})(?=\s|$)/gi, (found, space, word) => {
      const long = LONG.exec(word);
      const open = long ? null : OPEN.exec(word);
      if (long) {
        return `${found} ${long[1]}${long[2]}${long[3]}`;
      }
      return open ? `${found} ${open[1]}${open[2]}${open[2]}${open[3]}` : found;
    });
  }

  addEventListener("message", (event) => {
    const message = event.data;
    if (!message || message.type !== QUERY || message.cut || typeof message.data !== "string") {
      return;
    }
    const fit = self.lunr && (lunr.TinySegmenter ? japanese : lunr.nl ? dutch : null);
    if (!fit) {
      return;
    }
    event.stopImmediatePropagation();
    const data = fit(message.data);
    dispatchEvent(new MessageEvent("message", { data: { ...message, data, cut: true } }));
  });
  importScripts(name);
})();
