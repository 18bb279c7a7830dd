// Saving: nothing typed is lost, whatever the server answers.
import { post } from "./api.js";
import { conflictDialog, missingDialog, openDialog, rejectDialog } from "./dialogs.js";
import { announce, fill, h } from "./dom.js";
import { dropDraft, keepDraft } from "./drafts.js";
import { t, tn } from "./words.js";

/** A pause longer than this is a pause, not work. */
const IDLE = 60_000;

export class Saver {
  constructor(app) {
    this.app = app;
    this.undos = [];
    this.busy = false;
    this.opened();
    document.addEventListener("visibilitychange", () => this.touched());
  }

  /** Work on a segment begins. */
  opened() {
    this.worked = 0;
    this.last = document.hidden ? null : Date.now();
  }

  /** A sign of work: the time since the last sign counts, unless it was long or the page was hidden. */
  touched() {
    const now = Date.now();
    if (this.last !== null) this.worked += Math.min(now - this.last, IDLE);
    this.last = document.hidden ? null : now;
  }

  get seconds() {
    this.touched();
    return Math.round(this.worked / 100) / 10;
  }

  async reject() {
    const errors = await rejectDialog(this.app.session.mqm);
    if (errors) await this.send("reject", { mqm: errors, note: errors.map(({ note }) => note).filter(Boolean).join("; ") });
  }

  async save(action) {
    const { view } = this.app;
    if (action === "approve" && view.mayNot) return announce(t("may-not", { why: view.segment.may.why }), true);
    const { missing } = view;
    if (missing.length && !(await missingDialog(missing))) return view.editor.area.focus();
    return this.send(action);
  }

  async send(action, { mqm = [], note = "", etag = null, segment = this.app.view.segment, targets = this.app.view.targets } = {}) {
    if (this.busy) return;
    this.busy = true;
    const { ref } = segment;
    keepDraft(ref, segment.etag, targets, this.app.unanswered);
    document.getElementById("segment").setAttribute("aria-busy", "true");
    try {
      const answer = await post("/api/save", { ref, targets, action, seconds: this.seconds, mqm, note, comment: null }, { etag: etag ?? segment.etag });
      dropDraft(ref, this.app.unanswered);
      if (answer.undo) this.undos.push(answer.undo);
      await this.saved(action, answer, mqm, targets);
    } catch (error) {
      this.busy = false;
      await this.refused(error, action, { mqm, note, segment, targets });
    } finally {
      this.busy = false;
      document.getElementById("segment").removeAttribute("aria-busy");
    }
  }

  async saved(action, answer, mqm, sent) {
    const { view, queue, preview, live } = this.app;
    const { segment } = answer;
    preview.forget();
    live.stop();
    queue.renew(segment, segment.findings);
    const { categories, severities } = this.app.session.mqm;
    const name = (id, all) => all.find((item) => item.id === id)?.name ?? id;
    const error = mqm.map((item) => `${name(item.category, categories)}, ${name(item.severity, severities)}`).join("; ");
    const said = t({ save: "saved.save-next", approve: "saved.approve-next", reject: "saved.reject" }[action], { error });
    announce(said);
    view.segment = segment;
    // The server may have tidied the text; what was typed while it answered is newer, and is kept as a draft.
    view.editors.forEach((editor, index) => { if (editor.text === sent[index]) editor.area.value = segment.targets[index]; });
    this.app.counts();
    await this.onward(answer, said);
  }

  /** The next segment of the queue, or the one the server names where the segment is not in the queue. */
  async onward({ segment, next }, said) {
    const { view, queue } = this.app;
    if (queue.index >= 0) {
      if (!(await queue.step(1, false, said))) this.app.show(segment);
    } else if (next) await this.app.open(next);
    else this.app.show(segment);
    view.editor?.area.focus();
  }

  async refused(error, action, sent) {
    const { view } = this.app;
    const language = this.app.languages.get(sent.segment.ref.locale) ?? { direction: "ltr" };
    if (error.status === 409 && error.body?.theirs) {
      const { theirs } = error.body;
      const choice = await conflictDialog(theirs, sent.targets, { lang: theirs.ref.locale, dir: language.direction });
      if (choice === "yours") await this.send(action, { ...sent, segment: theirs, targets: sent.targets });
      else if (choice) this.app.show(theirs, choice === "edit" ? { targets: sent.targets } : {});
      view.editor?.area.focus();
    } else if (error.status === 410) {
      await this.gone(error, sent.targets);
    } else {
      const problems = (error.body?.problems ?? []).map(({ message }) => message).join(" ");
      if (problems && !error.message.includes(problems)) error.message += ` ${problems}`;
      this.app.failed(error, error.status === 0 ? () => this.send(action, sent) : null);
    }
  }

  gone(error, targets) {
    return openDialog(error.message, (body) => {
      fill(body, h("p", {}, t("error.gone")), targets.map((text) => h("textarea", { readonly: true, rows: "4", value: text, "aria-label": t("segment.target") })));
    });
  }

  async comment(text) {
    const { view, aids } = this.app;
    try {
      const { segment } = await post("/api/comment", { ref: view.segment.ref, text }, { etag: view.segment.etag });
      view.segment = { ...segment, targets: view.segment.targets, findings: view.segment.findings };
      aids.field.value = "";
      aids.showComments(segment);
      aids.showHistory(segment.history);
      this.app.live.soon();
      announce(t("saved.comment"));
    } catch (error) {
      this.app.failed(error);
    }
  }

  /** Take back the last save, or the one with an id. */
  async undo(id = null, say = announce) {
    const which = id ?? this.undos.at(-1);
    if (!which) return announce(t("undo.nothing"));
    this.undos = this.undos.filter((item) => item !== which);
    try {
      const { segments } = await post("/api/undo", { undo: which });
      say(tn("undone", segments.length));
      this.app.preview.forget();
      segments.forEach((segment) => this.app.queue.renew(segment, segment.findings));
      this.app.counts();
      if (segments.length === 1) return await this.app.visit(segments[0].ref);
      return await this.app.renewed();
    } catch (error) {
      if (say === announce) return this.app.failed(error);
      return say(`${error.message} ${error.hint}`);
    }
  }
}
