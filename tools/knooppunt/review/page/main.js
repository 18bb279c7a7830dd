// The page put together: what is asked of the server when, and what each action does.
import { Aids } from "./aids.js";
import { ApiError, get, sameRef } from "./api.js";
import { bulkDialog, concordanceDialog } from "./bulk.js";
import { dialogOpen, helpDialog } from "./dialogs.js";
import { announce, debounced, fill, h } from "./dom.js";
import { allDrafts, draftOf, dropDraft, keepDraft } from "./drafts.js";
import { binder, caps, isTyping, keyOf } from "./keys.js";
import { Preview } from "./preview.js";
import { OPEN, Queue } from "./queue.js";
import { Saver } from "./saving.js";
import { SegmentView } from "./segment.js";
import { Live } from "./live.js";
import { t, tn } from "./words.js";

const PANELS = ["queue", "segment", "aids", "preview"];

class App {
  constructor(session) {
    this.session = session;
    this.keys = { bulk: "Alt+B", ...session.keys };
    this.languages = new Map(session.locales.map((locale) => [locale.code, locale]));
    const language = (code) => this.languages.get(code) ?? { code, name: code, direction: "ltr" };
    const act = (action, n) => this.act(action, n);
    const box = (id) => document.getElementById(id);
    this.view = new SegmentView(box("segment"), {
      session, language, keys: this.keys, act, propagate: () => this.bulk("propagate"),
      onfocus: () => {}, onchange: () => this.typed(),
    });
    const source = session.source_locale ?? "en";
    this.aids = new Aids(box("aids"), {
      source, language, act, fix: (finding) => this.fix(finding), place: (finding) => this.place(finding),
      use: (match) => this.view.editor?.write(match.target), comment: (text) => this.saver.comment(text),
    });
    this.preview = new Preview(box("preview"));
    this.live = new Live(this.view, this.aids, this.preview, (error) => this.failed(error));
    this.saver = new Saver(this);
    this.queue = new Queue(box("queue"), {
      session, language,
      onopen: (item) => this.open({ locale: item.locale, catalog: item.catalog, id: item.id }),
      onchosen: () => { this.panel("segment"); this.wanted = true; },
      onerror: (error, again) => this.failed(error, again),
    });
    this.keepSoon = debounced(() => this.keep(), 150);
    this.tools();
    this.panels();
    this.progress();
    this.bind = binder(this.keys);
    document.addEventListener("keydown", (event) => this.pressed(event));
    addEventListener("beforeunload", () => this.keep());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.keep(); });
  }

  async start() {
    await this.queue.load();
    if (this.queue.total > 0) {
      // The first that needs a person, of those that are there already.
      await this.queue.open(Math.max(0, this.queue.items.findIndex((item) => item && OPEN.has(item.state))));
      this.panel("queue", false);
    }
    this.offerDrafts();
    this.warn(this.session.warnings);
  }

  /** What the server warns of; each warning is shown once, until it holds no more. */
  warn(warnings = []) {
    for (const warning of this.warned ?? []) if (!warnings.includes(warning)) this.unnotice(`warning ${warning}`);
    for (const warning of warnings) if (!this.warned?.has(warning)) this.notice(`warning ${warning}`, "", h("p", {}, warning));
    this.warned = new Set(warnings);
  }

  /** Load a segment and show it; what was typed for the one before is kept. */
  async open(ref, { focus = "" } = {}) {
    this.keep();
    this.live.stop();
    this.view.hold();
    this.opening?.abort();
    this.opening = new AbortController();
    try {
      const segment = await get("/api/segment", ref, this.opening.signal);
      this.show(segment);
      if (focus === "editor" || this.wanted) this.view.editor?.area.focus();
      this.wanted = false;
    } catch (error) {
      if (error.name === "AbortError") return;
      this.view.release();
      this.failed(error, () => this.open(ref, { focus }));
    }
  }

  show(segment, { targets = segment.targets } = {}) {
    const { queue } = this;
    const position = queue.index >= 0 ? t("segment.position", { n: queue.index + 1, total: queue.total.toLocaleString("en") }) : "";
    const hadFocus = document.activeElement?.matches?.("#segment textarea, #segment button");
    this.view.show(segment, { position, targets });
    this.aids.show(segment);
    this.view.mark(segment.findings);
    this.live.loaded(segment);
    this.preview.show(segment);
    this.saver.opened();
    this.offerDraft(segment);
    if (hadFocus) this.view.editor?.area.focus();
    this.view.release();
    if (this.view.dirty) this.live.soon();
    this.history(segment);
    document.title = `${segment.source.slice(0, 40)} · ${t("panel.segment")}`;
  }

  async history(segment) {
    try {
      const { history } = await get("/api/history", segment.ref, this.opening?.signal);
      if (sameRef(this.view.segment?.ref, segment.ref)) this.aids.showHistory(history);
    } catch (error) {
      if (error.name !== "AbortError") this.aids.showHistory(segment.history);
    }
  }

  typed() {
    this.live.soon();
    this.saver.touched();
    this.keepSoon();
  }

  /** What is typed and not saved goes into the browser's storage. */
  keep() {
    this.keepSoon?.cancel();
    const { segment } = this.view;
    if (!segment) return;
    if (this.view.dirty) keepDraft(segment.ref, segment.etag, this.view.targets, this.unanswered);
    else if (this.view.wasDirty) dropDraft(segment.ref, this.unanswered);
    this.view.wasDirty = this.view.dirty;
  }

  /** Offer what was typed and never saved. */
  offerDraft(segment, draft = draftOf(segment.ref)) {
    this.view.wasDirty = false;
    this.unanswered = null;
    if (!draft) return;
    if (draft.targets.every((text, index) => text === segment.targets[index])) {
      dropDraft(segment.ref, draft.older);
      if (draft.older) this.offerDraft(segment, draft.older);
      return;
    }
    if (this.view.targets.every((text, index) => text === draft.targets[index])) return;
    this.unanswered = draft;
    const at = new Date(draft.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    const answer = (use) => {
      this.view.notice();
      this.unanswered = draft.older;
      dropDraft(segment.ref, draft.older);
      if (use) draft.targets.forEach((text, index) => this.view.editors[index]?.write(text));
      this.view.editors[0].area.focus();
      if (draft.older) this.offerDraft(segment, draft.older);
    };
    this.view.notice(
      h("p", {}, t("draft.title", { at }), draft.etag !== segment.etag && ` ${t("draft.changed")}`),
      draft.targets.map((text) => h("p", { class: "text", lang: segment.ref.locale }, text)),
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "strong", onclick: () => answer(true) }, t("draft.use")),
        h("button", { type: "button", onclick: () => answer(false) }, t("draft.drop"))),
    );
  }

  /** After a crash: which segments have text that was never saved. */
  offerDrafts() {
    const refs = allDrafts().filter((ref) => ref.id !== this.view.segment?.ref.id);
    if (!refs.length) return;
    this.notice("drafts", "", h("p", {}, tn(refs.length === 1 ? "drafts.one" : "drafts.title", refs.length)),
      h("div", { class: "buttons" }, refs.slice(0, 5).map((ref) => h("button", { type: "button", onclick: async () => { this.unnotice("drafts"); await this.visit(ref); } }, t("drafts.open", { name: `${ref.locale} ${ref.catalog}` })))));
  }

  /** Open a segment wherever it is. */
  async visit(ref) {
    const index = this.queue.find(ref);
    if (index >= 0) return this.queue.open(index);
    this.queue.index = -1;
    return this.open(ref, { focus: "editor" });
  }

  notice(id, kind, ...children) {
    this.unnotice(id);
    const box = h("div", { class: `notice ${kind}`, role: kind === "error" ? "alert" : null, data: { id } }, children, h("button", { type: "button", class: "quiet close", "aria-label": t("error.close"), onclick: () => box.remove() }, "✕"));
    document.getElementById("notices").append(box);
  }

  unnotice(id) {
    document.querySelector(`#notices [data-id="${CSS.escape(id)}"]`)?.remove();
  }

  /** A failure is said at once and stays on the page until it is closed or done again. */
  failed(error, again = null, label = t("error.again")) {
    if (!(error instanceof ApiError)) throw error;
    this.notice("error", "error", h("p", {}, h("strong", {}, error.message), " ", error.hint),
      again && h("button", { type: "button", onclick: () => { this.unnotice("error"); again(); } }, label));
  }

  act(action, n = 0) {
    const { view, queue, saver } = this;
    const done = {
      "save-next": () => saver.save("save"),
      "approve-next": () => saver.save("approve"),
      reject: () => saver.reject(),
      "copy-source": () => { view.editor?.write(view.active > 0 && view.segment.source_plural ? view.segment.source_plural : view.segment.source); announce(t("copied.source")); },
      "restore-machine": () => this.restore(),
      "apply-fix": () => (this.aids.fixable ? this.fix(this.aids.fixable) : announce(t("fix.none"))),
      "insert-chip": () => view.insertChip(n),
      "insert-term": () => view.insertTerm(n),
      "next-finding": () => this.nextFinding(),
      undo: () => saver.undo(),
      next: () => this.go(() => queue.step(1)),
      previous: () => this.go(() => queue.step(-1)),
      "next-open": () => this.go(() => queue.step(1, true)),
      "focus-search": () => { this.panel("queue"); queue.search.focus(); queue.search.select(); },
      "focus-editor": () => { this.panel("segment"); view.editor?.area.focus(); },
      concordance: () => concordanceDialog({ source: this.session.source_locale ?? "en", locale: view.segment?.ref.locale ?? queue.filter.locale, text: String(getSelection()).trim() || this.selected(), language: (code) => this.languages.get(code) ?? { direction: "ltr" } }),
      comment: () => { this.panel("aids"); this.aids.field.focus(); },
      bulk: () => this.bulk("fixes"),
      help: () => helpDialog(this.keys),
      "toggle-theme": () => this.theme(),
    }[action];
    const needs = !["focus-search", "help", "bulk", "undo", "next", "previous", "next-open", "concordance", "toggle-theme"].includes(action);
    if (done && (view.segment || !needs)) return done();
    return undefined;
  }

  async go(step) {
    if (this.view.dirty) announce(t("kept"));
    this.panel("segment");
    const typing = document.activeElement?.matches?.("#segment textarea");
    await step();
    if (typing) this.view.editor?.area.focus();
  }

  selected() {
    const area = this.view.editor?.area;
    return area ? area.value.slice(area.selectionStart, area.selectionEnd).trim() : "";
  }

  restore() {
    const { machine } = this.view.segment;
    if (!machine) return announce(t("machine.none"));
    this.view.editor.write(machine.text);
    return announce(t("restored.machine"));
  }

  nextFinding() {
    const finding = this.aids.nextFinding();
    if (!finding) return announce(t("findings.none"));
    this.place(finding);
    return announce(`${t(`severity.${finding.severity}`)}: ${finding.message}`);
  }

  place(finding) {
    const editor = this.view.editors[finding.form ?? 0];
    this.panel("segment");
    if (editor && finding.start !== null && finding.start !== undefined) editor.select(finding.start, finding.end);
  }

  /** A fix goes into the text that it was made for, and into no other. */
  fix(finding) {
    const form = finding.form ?? 0;
    const editor = this.view.editors[form];
    if (!editor || this.live.checked[form] !== editor.text) return this.live.now();
    editor.edit(finding.fix.edits);
    return announce(t("fix.applied", { check: finding.check }));
  }

  bulk(action) {
    const { queue } = this;
    return bulkDialog({
      source: this.session.source_locale ?? "en", action, filter: queue.query, total: queue.total, ref: this.view.segment?.ref ?? null,
      language: (code) => this.languages.get(code) ?? { direction: "ltr" },
      done: (answer) => { if (answer.undo) this.saver.undos.push(answer.undo); this.renewed(); },
      undo: (id, say) => this.saver.undo(id, say),
    });
  }

  /** Something changed beyond the segment in hand. */
  async renewed() {
    this.preview.forget();
    const ref = this.view.segment?.ref;
    await this.queue.load();
    if (ref && !this.view.dirty) await this.open(ref);
    await this.counts();
  }

  async counts() {
    try {
      const { locales, warnings } = await get("/api/session");
      this.warn(warnings);
      locales.forEach((locale) => this.languages.set(locale.code, locale));
      this.progress();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  progress() {
    const lines = [...this.languages.values()].map(({ code, counts }) => {
      const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
      return t("progress", { locale: code, approved: counts.approved ?? 0, total });
    });
    document.getElementById("progress").textContent = lines.slice(0, 3).join(" · ");
  }

  theme() {
    document.documentElement.dispatchEvent(new CustomEvent("knooppunt-next-theme"));
    this.themeButton.textContent = t(`tool.theme.${document.documentElement.dataset.choice}`);
    announce(this.themeButton.textContent);
  }

  tools() {
    const button = (action, text) => h("button", { type: "button", data: { action }, onclick: () => this.act(action) }, text, keyOf(this.keys, action) && h("span", { class: "caps", "aria-hidden": "true" }, caps(keyOf(this.keys, action)).map((cap) => h("kbd", {}, cap))));
    this.themeButton = h("button", { type: "button", onclick: () => this.theme() }, t(`tool.theme.${document.documentElement.dataset.choice}`));
    fill(document.getElementById("tools"), button("undo", t("tool.undo")), button("bulk", t("tool.bulk")), button("concordance", t("tool.concordance")), h("a", { href: "/figures" }, t("tool.figures")), this.themeButton, button("help", t("tool.help")));
  }

  /** On a narrow screen one panel is seen at a time. */
  panels() {
    this.tabs = PANELS.map((name) => h("button", { type: "button", data: { panel: name }, onclick: () => { this.panel(name); document.getElementById(name).focus(); } }, t(`panel.${name}`)));
    fill(document.getElementById("panels"), this.tabs);
    this.panel("queue", false);
  }

  panel(name) {
    document.body.dataset.panel = name;
    this.tabs.forEach((tab) => { tab.setAttribute("aria-current", String(tab.dataset.panel === name)); });
  }

  pressed(event) {
    if (event.isComposing || event.defaultPrevented || dialogOpen()) return;
    const found = this.bind(event) ?? (event.key === "?" && !isTyping(event.target) ? ["help", 0] : null);
    if (!found) return;
    event.preventDefault();
    this.act(...found);
  }
}

try {
  const app = new App(await get("/api/session"));
  await app.start();
  document.documentElement.dataset.ready = "yes";
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  fill(document.getElementById("notices"), h("div", { class: "notice error", role: "alert" }, h("p", {}, h("strong", {}, error.message), " ", error.hint), h("button", { type: "button", onclick: () => location.reload() }, t("error.again"))));
}

