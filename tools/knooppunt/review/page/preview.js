// The rendered page, source and target side by side, in frames in which no script can run.
import { address } from "./api.js";
import { fill, h } from "./dom.js";
import { t } from "./words.js";

const HERE = ".knooppunt-here";
const BLOCKS = "P, LI, H1, H2, H3, H4, H5, H6, TD, TH, DT, DD, DIV, SUMMARY, FIGCAPTION, BLOCKQUOTE";

export class Preview {
  constructor(box) {
    this.box = box;
    this.shown = "";
    this.html = {};
    this.frames = {};
    this.status = h("p", { class: "hint", role: "status" });
    const frame = (side) => {
      // Without allow-scripts nothing in it can run; with allow-same-origin this page may mark the block and renew it.
      const element = h("iframe", { title: t(`preview.${side}`), sandbox: "allow-same-origin", tabindex: "0" });
      element.addEventListener("load", () => this.loaded(side));
      this.frames[side] = element;
      return h("div", { class: "side" }, h("h3", { class: "caption" }, t(`preview.${side}`)), element);
    };
    this.hide = h("button", { type: "button", class: "quiet", "aria-expanded": "true", onclick: () => this.toggle() }, t("preview.hide"));
    this.sides = h("div", { class: "sides" }, frame("source"), frame("target"));
    const line = h("div", { class: "divider", role: "separator", "aria-orientation": "horizontal", "aria-label": t("preview.height"), tabindex: "0" });
    fill(box, line, h("div", { class: "head" }, h("h2", {}, t("preview.title")), this.status, this.hide), this.sides);
    document.documentElement.addEventListener("knooppunt-theme", () => Object.keys(this.frames).forEach((side) => this.theme(side)));
    this.divider(line);
  }

  toggle() {
    const hidden = document.body.classList.toggle("no-preview");
    this.hide.textContent = t(hidden ? "preview.show" : "preview.hide");
    this.hide.setAttribute("aria-expanded", String(!hidden));
    if (!hidden && this.segment) this.show(this.segment);
  }

  show(segment) {
    this.segment = segment;
    this.html = {};
    if (document.body.classList.contains("no-preview")) return;
    const name = JSON.stringify(segment.ref);
    if (name === this.shown) return;
    this.shown = name;
    this.status.textContent = t("preview.loading");
    for (const [side, frame] of Object.entries(this.frames)) {
      const url = address("/preview", segment.ref, { side });
      // Replacing keeps the frames out of the browser's history, so that Back leaves the page and not a frame.
      if (frame.contentWindow) frame.contentWindow.location.replace(url);
      else frame.src = url;
    }
  }

  /** Show the page anew, since what is on disk has changed. */
  forget() {
    this.shown = "";
  }

  loaded(side) {
    const page = this.frames[side].contentDocument;
    if (!page || page.location.href === "about:blank") return;
    this.theme(side);
    if (this.html[side] !== undefined) this.put(side, this.html[side]);
    const here = page.querySelector(HERE);
    this.status.textContent = here ? "" : t("preview.elsewhere");
    here?.scrollIntoView({ block: "center" });
  }

  theme(side) {
    const root = this.frames[side].contentDocument?.documentElement;
    if (root) root.dataset.theme = document.documentElement.dataset.theme;
  }

  /** The block as it reads now: {source, target} of rendered, sanitized HTML. */
  renew(html) {
    this.html = html ?? {};
    for (const side of Object.keys(this.frames)) {
      if (this.html[side] !== undefined && this.html[side] !== null) this.put(side, this.html[side]);
    }
  }

  put(side, html) {
    const page = this.frames[side].contentDocument;
    if (!page?.body || page.location.href === "about:blank") return;
    let here = page.querySelector(HERE);
    if (!here) {
      if (!html) return;
      here = page.createElement("div");
      here.className = "knooppunt-here knooppunt-added";
      page.body.prepend(here);
    }
    // Parsed in a document of its own, in which nothing loads or runs, and moved over into a frame without scripts.
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const only = body.childElementCount === 1 && body.childNodes.length === 1 ? body.firstElementChild : null;
    const inner = only?.matches(BLOCKS) ? only : body;
    here.replaceChildren(...[...inner.childNodes].map((node) => page.importNode(node, true)));
  }

  /** The line between the texts and the page can be moved with the mouse and with the arrow keys. */
  divider(line) {
    const KEY = "knooppunt:preview";
    const put = (share) => {
      const value = Math.max(15, Math.min(70, Math.round(share)));
      document.documentElement.style.setProperty("--preview", `${value}%`);
      line.setAttribute("aria-valuenow", String(value));
      try {
        localStorage.setItem(KEY, String(value));
      } catch {
        // without storage the height lasts as long as the page
      }
      return value;
    };
    line.setAttribute("aria-valuemin", "15");
    line.setAttribute("aria-valuemax", "70");
    let share = 38;
    try {
      share = Number(localStorage.getItem(KEY)) || share;
    } catch {
      // as above
    }
    share = put(share);
    line.addEventListener("keydown", (event) => {
      const step = { ArrowUp: 3, ArrowDown: -3 }[event.key];
      if (!step || event.altKey) return;
      event.preventDefault();
      share = put(share + step);
    });
    line.addEventListener("pointerdown", (event) => {
      line.setPointerCapture(event.pointerId);
      const columns = this.box.parentElement.getBoundingClientRect();
      line.onpointermove = (move) => { share = put((100 * (columns.bottom - move.clientY)) / columns.height); };
      line.onpointerup = line.onpointercancel = () => { line.onpointermove = null; };
    });
  }
}
