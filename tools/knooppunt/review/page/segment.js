// The middle: source, what changed in it, machine text, and the fields of the translation with their chips.
import { missingFrom, nameOf, placesOf } from "./chips.js";
import { announce, cut, diffed, fill, h } from "./dom.js";
import { Editor } from "./editor.js";
import { caps, keyOf } from "./keys.js";
import { t } from "./words.js";

/** A text with its chips and terms marked: [term] spans {at, title} must not overlap chips; where they do, chips win. */
export function marked(text, chips, terms = []) {
  const places = placesOf(text, chips).map((place) => ({ ...place, kind: "chip" }));
  terms.forEach((term, index) => {
    for (const [start, end] of term.at ?? []) {
      if (end <= text.length && places.every((place) => end <= place.start || start >= place.end)) places.push({ start, end, kind: "term", n: index + 1, term });
    }
  });
  places.sort((one, two) => one.start - two.start);
  const nodes = [];
  let at = 0;
  for (const { start, end, kind, n, term, opening } of places) {
    nodes.push(text.slice(at, start));
    const piece = text.slice(start, end);
    if (kind === "chip") nodes.push(h("span", { class: "chip", data: opening ? {} : { n: String(n) } }, piece));
    else nodes.push(h("span", { class: "term", title: term.use }, piece));
    at = end;
  }
  nodes.push(text.slice(at));
  return nodes;
}

export class SegmentView {
  /** options: {session, language(code), keys, act(action, n), onchange(), onfocus(index), propagate()} */
  constructor(box, options) {
    this.box = box;
    this.options = options;
    this.segment = null;
    this.editors = [];
    this.active = 0;
    /** Whether the fields wait for another segment, and what was typed meanwhile. */
    this.waiting = false;
    this.held = "";
    this.none();
  }

  /** Another segment is on its way: the fields take no more letters, and what is typed waits for it. */
  hold() {
    this.waiting = true;
    this.box.setAttribute("aria-busy", "true");
    this.editors.forEach(({ area }) => { area.readOnly = true; });
  }

  /** The fields are for typing again, and get what was typed while they were not. */
  release() {
    this.waiting = false;
    this.box.removeAttribute("aria-busy");
    this.editors.forEach(({ area }) => { area.readOnly = false; });
    const { held } = this;
    this.held = "";
    if (held) this.editor?.insert(held);
  }

  none() {
    this.segment = null;
    this.editors = [];
    fill(this.box, h("h2", { class: "visually-hidden" }, t("panel.segment")), h("p", { class: "empty" }, t("segment.none")));
  }

  /** The texts as they stand in the fields. */
  get targets() {
    return this.editors.map((editor) => editor.text);
  }

  get editor() {
    return this.editors[this.active] ?? null;
  }

  /** True if what stands in the fields is not what was loaded. */
  get dirty() {
    return this.segment !== null && this.targets.some((text, index) => text !== this.segment.targets[index]);
  }

  /** Chips that some form that is not empty lacks: [{chip, instead, form}]. */
  get missing() {
    return this.editors.flatMap((editor, form) => (editor.text === "" ? [] : missingFrom(editor.text, this.segment.chips).map((item) => ({ ...item, form }))));
  }

  show(segment, { position = "", targets = segment.targets } = {}) {
    this.segment = segment;
    this.active = 0;
    const { ref } = segment;
    const language = this.options.language(ref.locale);
    this.editors = targets.map((text, index) => new Editor({
      id: index === 0 ? "editor" : `editor-${index}`,
      label: this.labelOf(segment, index),
      value: text,
      lang: ref.locale,
      dir: language.direction,
      chips: segment.chips,
      onchange: () => this.changed(),
      onfocus: () => { this.active = index; this.options.onfocus(index); },
      onheld: (change) => { this.held = change(this.held); },
    }));
    this.warning = h("div", { class: "chip-warning", id: "chip-warning" });
    this.machine = h("div", { class: "machine" });
    this.unsaved = h("span", { class: "unsaved", hidden: true }, t("segment.unsaved"));
    this.banner = h("div", { class: "banners" });
    this.diffOf(segment.machine?.diff ?? null);
    fill(
      this.box,
      h("h2", { class: "visually-hidden" }, t("panel.segment")),
      h("div", { class: "scroll" },
        h("div", { class: "where-bar" },
          h("span", { class: `state ${segment.state}`, id: "state" }, t(`state.${segment.state}`)),
          this.unsaved,
          h("span", { class: "where" }, ref.catalog),
          h("span", { class: "kind" }, segment.kind),
          h("span", { class: "position" }, position)),
        this.banner,
        this.overwritten(segment),
        this.sources(segment),
        segment.context && h("p", { class: "context" }, h("b", {}, `${t("segment.context")}: `), h("code", {}, segment.context)),
        segment.notes.length > 0 && h("div", { class: "notes" }, h("h3", { class: "caption" }, t("segment.notes")), segment.notes.map((note) => h("p", {}, note))),
        this.machine,
        segment.suggestion && h("div", { class: "suggestion" }, h("h3", { class: "caption" }, t("segment.suggestion")), h("div", { class: "text", lang: ref.locale, dir: language.direction }, segment.suggestion),
          h("button", { type: "button", class: "quiet", onclick: () => this.editor.write(segment.suggestion) }, t("segment.suggestion.use"))),
        this.editors.map((editor) => editor.box),
        this.warning,
        this.palette(segment),
        segment.same > 0 && h("p", { class: "same" }, segment.same === 1 ? t("segment.same.one") : t("segment.same", { n: segment.same }), " ",
          h("button", { type: "button", class: "quiet", onclick: () => this.options.propagate() }, t("segment.propagate")))),
      this.buttons(segment),
    );
    this.warn();
    this.allow();
    this.unsaved.hidden = !this.dirty;
  }

  /** What was saved here and another program has written over. */
  overwritten({ overwritten, ref }) {
    if (!overwritten) return null;
    const { direction: dir } = this.options.language(ref.locale);
    return h("div", { class: "banner overwritten", role: "region", "aria-label": t("overwritten.name") },
      h("p", {}, t("overwritten.title")),
      overwritten.targets.map((text) => h("p", { class: "text", lang: ref.locale, dir }, text)),
      h("div", { class: "buttons" }, h("button", { type: "button", class: "strong", onclick: () => overwritten.targets.forEach((text, index) => this.editors[index]?.write(text)) }, t("draft.use"))));
  }

  labelOf(segment, index) {
    const name = this.options.language(segment.ref.locale).name;
    const form = segment.plural_names?.[index];
    return form ? t("segment.target.form", { form: `${name}, ${form}` }) : `${t("segment.target")}: ${name}`;
  }

  sources(segment) {
    const text = (source, terms) => h("div", { class: "text source-text", lang: this.options.session.source_locale ?? "en" }, marked(source, segment.chips, terms));
    return [
      segment.previous_diff && h("section", { class: "previous" }, h("h3", { class: "caption" }, t("segment.previous")), h("div", { class: "text", lang: this.options.session.source_locale ?? "en" }, diffed(segment.previous_diff))),
      h("section", { class: "source" }, h("div", { class: "heading" }, h("h3", { class: "caption" }, t("segment.source")), this.take("copy-source", t("action.copy-source"))), text(segment.source, segment.terms)),
      segment.source_plural && h("section", { class: "source" }, h("h3", { class: "caption" }, t("segment.source.plural")), text(segment.source_plural, [])),
    ];
  }

  /** The machine text and how the translation differs from it. */
  diffOf(diff) {
    const { machine, ref } = this.segment;
    if (!machine) return fill(this.machine);
    const { direction: dir } = this.options.language(ref.locale);
    const same = !diff || diff.every(([op]) => op === "=");
    return fill(
      this.machine,
      h("div", { class: "heading" }, h("h3", { class: "caption" }, machine.engine ? t("segment.machine.by", { engine: machine.engine }) : t("segment.machine")), this.take("restore-machine", t("segment.restore"))),
      h("div", { class: "text", lang: ref.locale, dir }, same ? machine.text : diffed(diff)),
      h("p", { class: "hint" }, t(same ? "segment.machine.same" : "segment.diff")),
    );
  }

  palette(segment) {
    this.chipButtons = [];
    if (!segment.chips.length) return null;
    this.chipButtons = segment.chips.map((chip) => h("button", {
      type: "button", class: "chip-button",
      onclick: () => this.options.act("insert-chip", chip.n),
    }, h("span", { class: "visually-hidden" }, t("segment.chip.insert")), h("kbd", {}, String(chip.n)), h("code", {}, cut(nameOf(chip), 40))));
    return h("div", { class: "palette", role: "group", "aria-label": t("segment.chips") }, this.chipButtons);
  }

  /** A small button beside the heading of the text that it takes. */
  take(action, text) {
    return h("button", { type: "button", class: "quiet take", data: { action }, title: caps(keyOf(this.options.keys, action)).join("+"), onclick: () => this.options.act(action, 0) }, text);
  }

  buttons(segment) {
    const list = ["save-next", "approve-next", "reject"];
    this.forbidden = segment.may.approve ? null : h("p", { class: "may-not", id: "may-not" }, t("may-not", { why: segment.may.why }));
    return h("div", { class: "actions" },
      list.map((action) => h("button", {
        type: "button", class: action === "approve-next" ? "primary" : action === "save-next" ? "strong" : action === "reject" ? "danger" : "",
        data: { action },
        title: caps(keyOf(this.options.keys, action)).join("+"),
        "aria-keyshortcuts": keyOf(this.options.keys, action).replaceAll("Ctrl", "Control"),
        "aria-describedby": action === "approve-next" && this.forbidden ? "may-not" : null,
        onclick: () => this.options.act(action, 0),
      }, t(`action.${action}`), h("span", { class: "caps", "aria-hidden": "true" }, caps(keyOf(this.options.keys, action)).map((cap) => h("kbd", {}, cap))))),
      this.forbidden);
  }

  /** Whether the text in hand may not be approved: what is typed may change that, unless two people are wanted. */
  get mayNot() {
    const { may, ref } = this.segment;
    return !may.approve && !(this.dirty && !this.options.language(ref.locale).policy?.two_people);
  }

  allow() {
    if (!this.forbidden) return;
    const { mayNot } = this;
    this.forbidden.hidden = !mayNot;
    this.box.querySelector('[data-action="approve-next"]').setAttribute("aria-disabled", String(mayNot));
  }

  changed() {
    this.warn();
    this.allow();
    this.unsaved.hidden = !this.dirty;
    this.options.onchange();
  }

  /** Which chips are lost or changed, each with a button that puts it back. */
  warn() {
    const { missing } = this;
    this.chipButtons.forEach((button, index) => {
      const { n } = this.segment.chips[index];
      button.classList.toggle("lost", missing.some((item) => item.chip.n === n));
    });
    fill(this.warning, missing.map(({ chip, instead, form }) => h("p", {},
      h("span", {}, instead ? t("segment.changed", { text: nameOf(chip), instead }) : t("segment.lost", { text: nameOf(chip) })), " ",
      h("button", { type: "button", class: "quiet", onclick: () => this.putBack(chip, instead, form) }, t("segment.put-back")))));
  }

  putBack(chip, instead, form) {
    const editor = this.editors[form];
    const piece = chip.caret > 0 && instead.startsWith("](") ? chip.text.slice(chip.caret) : chip.text;
    const at = instead ? editor.text.indexOf(instead) : -1;
    if (at >= 0) editor.replace(at, at + instead.length, piece);
    else this.insertChip(chip.n, form);
  }

  insertChip(n, form = this.active) {
    const chip = this.segment.chips.find((item) => item.n === n);
    if (!chip) return announce(t("chip.no-such", { n }));
    this.editors[form].area.focus();
    this.editors[form].insert(chip.text, chip.caret ?? chip.text.length);
    return announce(t("chip.inserted", { text: nameOf(chip) }));
  }

  insertTerm(n) {
    const term = this.segment.terms[n - 1];
    if (!term?.use) return announce(t("term.no-such", { n }));
    this.editor.area.focus();
    this.editor.insert(term.use);
    return announce(t("term.inserted", { text: term.use }));
  }

  /** Findings are underlined where they stand. */
  mark(findings) {
    this.editors.forEach((editor, form) => editor.mark(findings.filter((finding) => (finding.form ?? 0) === form)));
  }

  /** Something to be decided about this segment, above its texts. */
  notice(...children) {
    fill(this.banner, children.length ? h("div", { class: "banner", role: "region", "aria-label": t("segment.unsaved") }, children) : null);
  }
}
