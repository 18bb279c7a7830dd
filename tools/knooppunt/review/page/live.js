// Checks, the difference from the machine text and the rendered block, while one types.
import { post } from "./api.js";
import { debounced, whisper } from "./dom.js";
import { t, tn } from "./words.js";

export class Live {
  constructor(view, aids, preview, onerror) {
    Object.assign(this, { view, aids, preview, onerror });
    /** The texts that the findings on the screen are about. */
    this.checked = [];
    this.soonCheck = debounced(() => this.now(), 150);
    this.say = debounced((count) => whisper(count === 0 ? t("aids.findings.none") : tn("findings.count", count)), 900);
    this.count = null;
  }

  /** Another segment comes. */
  stop() {
    this.soonCheck.cancel();
    this.say.cancel();
    this.request?.abort();
    this.checked = [];
    this.count = null;
  }

  soon() {
    this.aids.checking();
    this.soonCheck();
  }

  async now() {
    const { segment } = this.view;
    if (!segment) return;
    this.soonCheck.cancel();
    this.request?.abort();
    this.request = new AbortController();
    const { targets } = this.view;
    try {
      const answer = await post("/api/check", { ref: segment.ref, targets }, { signal: this.request.signal });
      if (this.view.segment !== segment) return;
      this.show(answer, targets);
    } catch (error) {
      if (error.name !== "AbortError") this.onerror(error);
    }
  }

  show(answer, targets) {
    this.checked = targets;
    // What gettext would refuse is no finding of a check, but stands first among them.
    const refused = (answer.problems ?? []).map(({ message }) => ({ check: "gettext", message, severity: "error", start: null, end: null, fix: null, explain: null, key: message }));
    this.aids.showFindings([...refused, ...answer.findings]);
    this.view.diffOf(answer.machine_diff);
    this.preview.renew(answer.html);
    // The text may have moved on while the server was thinking; then the places are of no use.
    if (targets.every((text, index) => text === this.view.targets[index])) this.view.mark(answer.findings);
    if (this.count !== null && this.count !== answer.findings.length) this.say(answer.findings.length);
    this.count = answer.findings.length;
  }

  /** The findings that came with a segment are about its texts. */
  loaded(segment) {
    this.checked = [...segment.targets];
    this.count = segment.findings.length;
  }
}
