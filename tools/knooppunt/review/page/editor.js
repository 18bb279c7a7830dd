// One field of a translation: a textarea over a layer that shows its chips and its findings.
import { chipToDelete, missingFrom, nameOf, placesOf } from "./chips.js";
import { announce, h } from "./dom.js";
import { t } from "./words.js";

export class Editor {
  /** options: {label, value, lang, dir, chips, id, onchange(text), onfocus(), onheld(change)} */
  constructor(options) {
    this.options = options;
    this.chips = options.chips;
    this.findings = [];
    this.layer = h("div", { class: "layer", "aria-hidden": "true", lang: options.lang, dir: options.dir });
    this.area = h("textarea", {
      id: options.id,
      lang: options.lang,
      dir: options.dir,
      spellcheck: "true",
      autocomplete: "off",
      rows: "1",
      "aria-describedby": "chip-warning",
      oninput: () => this.changed(),
      onkeydown: (event) => (this.area.readOnly ? this.ahead(event) : this.pressed(event)),
      onpaste: (event) => { if (this.area.readOnly) this.options.onheld?.((text) => text + event.clipboardData.getData("text/plain")); },
      onfocus: () => options.onfocus?.(),
      onscroll: () => { this.layer.scrollTop = this.area.scrollTop; },
    });
    this.area.value = options.value;
    this.missing = missingFrom(this.text, this.chips).length;
    this.box = h(
      "div",
      { class: "field" },
      h("label", { for: options.id, class: "caption" }, options.label),
      h("div", { class: "editor" }, this.layer, this.area),
    );
    this.paint();
  }

  get text() {
    return this.area.value;
  }

  /** The text becomes another one; the browser's own undo can take it back. */
  write(text) {
    if (text !== this.text) this.replace(0, this.text.length, text);
  }

  /** A range of the text becomes `text`, and the caret stands behind it or where `caret` says, counted in `text`. */
  replace(start, end, text, caret = text.length) {
    if (this.area.readOnly) return;
    this.area.focus();
    this.area.setSelectionRange(start, end);
    const before = this.text;
    // The only way that keeps what the browser can undo; where a browser has it no more, the plain way.
    const done = text === "" ? start === end || document.execCommand("delete") : document.execCommand("insertText", false, text);
    const wanted = before.slice(0, start) + text + before.slice(end);
    if (!done || this.text !== wanted) {
      this.area.value = wanted;
      this.changed();
    }
    this.area.setSelectionRange(start + caret, start + caret);
  }

  /** Text goes where the caret is; what is selected goes between the two pieces of a chip. */
  insert(text, caret = text.length) {
    const { selectionStart: start, selectionEnd: end } = this.area;
    const selected = this.text.slice(start, end);
    if (selected && caret < text.length) this.replace(start, end, text.slice(0, caret) + selected + text.slice(caret));
    else this.replace(start, end, text, caret);
  }

  /** Edits [{start, end, new}] of one text, applied from the last to the first. */
  edit(edits) {
    for (const edit of [...edits].sort((one, two) => two.start - one.start)) this.replace(edit.start, edit.end, edit.new);
  }

  select(start, end) {
    this.area.focus();
    this.area.setSelectionRange(start, end);
  }

  /** Findings with a place in this text, to be underlined. */
  mark(findings) {
    this.findings = findings.filter((finding) => finding.start !== null && finding.start !== undefined && finding.end <= this.text.length);
    this.paint();
  }

  changed() {
    this.findings = [];
    this.paint();
    const missing = missingFrom(this.text, this.chips);
    if (missing.length > this.missing) announce(t("chip.lost", { text: nameOf(missing.at(-1).chip) }));
    this.missing = missing.length;
    this.options.onchange?.(this.text);
  }

  /** Letters that are typed while the field waits for another text are held for that text. */
  ahead(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Backspace") this.options.onheld?.((text) => [...text].slice(0, -1).join(""));
    else if (event.key === "Enter" || event.key.length === 1) this.options.onheld?.((text) => text + (event.key === "Enter" ? "\n" : event.key));
    else return;
    event.preventDefault();
  }

  pressed(event) {
    const forward = event.key === "Delete";
    if ((event.key !== "Backspace" && !forward) || event.altKey || event.isComposing) return;
    const { selectionStart: caret, selectionEnd: end } = this.area;
    if (caret !== end) return;
    const place = chipToDelete(this.text, this.chips, caret, forward);
    if (!place) return;
    event.preventDefault();
    const text = this.text.slice(place.start, place.end);
    this.replace(place.start, place.end, "");
    announce(t("chip.removed", { text }));
  }

  /** The layer behind the text: the same letters, unseen, in spans that are seen. */
  paint() {
    const text = this.text;
    const places = placesOf(text, this.chips);
    const edges = new Set([0, text.length]);
    for (const { start, end } of [...places, ...this.findings]) edges.add(start).add(end);
    const sorted = [...edges].sort((one, two) => one - two);
    this.layer.replaceChildren();
    for (let index = 0; index < sorted.length - 1; index += 1) {
      const [start, end] = [sorted[index], sorted[index + 1]];
      const place = places.find((item) => item.start <= start && end <= item.end);
      const finding = this.findings.find((item) => item.start <= start && end <= item.end);
      const piece = text.slice(start, end);
      if (!place && !finding) this.layer.append(piece);
      else this.layer.append(h("span", { class: `${place ? "chip" : ""} ${finding ? `mark ${finding.severity}` : ""}` }, piece));
    }
    this.layer.append("\u200b");
  }
}
