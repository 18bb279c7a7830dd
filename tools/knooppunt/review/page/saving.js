// Saving: nothing typed is lost, whatever the server answers.
import { post, sameRef } from "./api.js";
import { conflictDialog, missingDialog, openDialog, rejectDialog } from "./dialogs.js";
import { announce, fill, h } from "./dom.js";
import { draftOf, dropDraft, keepDraft } from "./drafts.js";
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

  async send(action, { mqm = [], note = "", segment = this.app.view.segment, targets = this.app.view.targets, seconds = this.seconds } = {}) {
    const { ref } = segment;
    const still = this.place(ref);
    if (this.busy || (still.shown() && this.app.view.waiting)) return announce(t("saved.wait"));
    this.busy = true;
    if (still.shown()) keepDraft(ref, segment.etag, targets, this.app.unanswered);
    else if (!draftOf(ref)) keepDraft(ref, segment.etag, targets);
    if (still.shown()) this.app.view.hold();
    try {
      const answer = await post("/api/save", { ref, targets, action, seconds, mqm, note, comment: null }, { etag: segment.etag });
      const draft = draftOf(ref);
      // What was typed since is newer than what was saved, and stays.
      if (draft?.targets.every((text, index) => text === targets[index])) dropDraft(ref, draft.older);
      if (answer.undo) this.undos.push(answer.undo);
      await this.saved(action, answer, mqm, targets, still);
    } catch (error) {
      this.busy = false;
      await this.refused(error, action, { mqm, note, segment, targets, seconds }, still);
    } finally {
      this.busy = false;
    }
    return undefined;
  }

  /** Where the page stands as something is sent: whether the fields of that segment are still `shown` when the answer
   * comes, and whether nobody has gone elsewhere meanwhile. */
  place(ref) {
    const { view, opening } = this.app;
    const { editors } = view;
    const here = sameRef(view.segment?.ref, ref);
    const shown = () => here && view.editors === editors;
    return { shown, stayed: () => shown() && this.app.opening === opening };
  }

  async saved(action, answer, mqm, sent, still) {
    const { view, queue, preview, live } = this.app;
    const { segment } = answer;
    preview.forget();
    queue.renew(segment, segment.findings);
    const { categories, severities } = this.app.session.mqm;
    const name = (id, all) => all.find((item) => item.id === id)?.name ?? id;
    const error = mqm.map((item) => `${name(item.category, categories)}, ${name(item.severity, severities)}`).join("; ");
    const said = t({ save: "saved.save-next", approve: "saved.approve-next", reject: "saved.reject" }[action], { error });
    announce(said);
    if (!still.shown()) {
      // Another text stands in the fields: it is not touched, unless it is this one as it was before.
      if (sameRef(view.segment?.ref, segment.ref) && !view.dirty && !view.waiting) this.app.show(segment);
      this.app.counts();
      return;
    }
    live.stop();
    view.segment = segment;
    // The server may have tidied the text; what was typed while it answered is newer, and is kept as a draft.
    view.editors.forEach((editor, index) => { if (editor.text === sent[index]) editor.area.value = segment.targets[index]; });
    this.app.counts();
    if (still.stayed()) await this.onward(answer, said);
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

  async refused(error, action, sent, still) {
    const { view } = this.app;
    if (still.stayed()) view.release();
    else if (error.status !== 0) return this.refusedElsewhere(error, sent);
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

  /** A text was refused after its person has gone on to another: what stands in the fields is left alone. */
  refusedElsewhere(error, { segment, targets }) {
    if (error.status === 410) return this.gone(error, targets);
    const { ref } = segment;
    if (error.body?.theirs) this.app.queue.renew(error.body.theirs, error.body.theirs.findings);
    return this.app.failed(error, () => this.app.visit(ref), t("drafts.open", { name: `${ref.locale} ${ref.catalog}` }));
  }

  gone(error, targets) {
    return openDialog(error.message, (body) => {
      fill(body, h("p", {}, t("error.gone")), targets.map((text) => h("textarea", { readonly: true, rows: "4", value: text, "aria-label": t("segment.target") })));
    });
  }

  async comment(text) {
    const { view, aids } = this.app;
    try {
      const { ref, etag } = view.segment;
      const still = this.place(ref);
      const { segment } = await post("/api/comment", { ref, text }, { etag });
      if (!still.shown()) return announce(t("saved.comment"));
      view.segment = { ...segment, targets: view.segment.targets, findings: view.segment.findings };
      aids.field.value = "";
      aids.showComments(segment);
      aids.showHistory(segment.history);
      this.app.live.soon();
      return announce(t("saved.comment"));
    } catch (error) {
      return this.app.failed(error);
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
