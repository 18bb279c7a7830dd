// The right side: findings, terms, memory, comments, history.
import { diffed, fill, h } from "./dom.js";
import { t } from "./words.js";

/** A fix that is not harmless is shown, with the reason, and not applied. */
function canFix(finding) {
  return Boolean(finding.fix) && !finding.fix.refused;
}

const ORDER = { error: 0, warning: 1, info: 2 };

export class Aids {
  /** options: {source (language code), language(code), act(action, n), fix(finding), place(finding), use(match), comment(text)} */
  constructor(box, options) {
    this.options = options;
    this.findings = [];
    this.at = -1;
    this.parts = {};
    const part = (name) => {
      const body = h("div", { class: "body" });
      const count = h("span", { class: "n" });
      this.parts[name] = { body, count };
      return h("section", { class: `aid aid-${name}`, "aria-labelledby": `aid-${name}` }, h("h3", { id: `aid-${name}` }, t(`aids.${name}`), " ", count), body);
    };
    this.field = h("textarea", {
      id: "comment", rows: "2",
      onkeydown: (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); this.send(); } },
    });
    this.form = h("div", { class: "comment-form" }, h("label", { for: "comment" }, t("aids.comment.label")), this.field,
      h("button", { type: "button", onclick: () => this.send() }, t("aids.comment.add")));
    fill(box, h("h2", { class: "visually-hidden" }, t("panel.aids")), ["findings", "terms", "matches", "comments", "history"].map(part));
    box.querySelector(".aid-comments").append(this.form);
    box.hidden = false;
    this.box = box;
    this.none();
  }

  none() {
    this.box.classList.add("idle");
  }

  show(segment) {
    this.box.classList.remove("idle");
    this.segment = segment;
    this.at = -1;
    this.showFindings(segment.findings);
    this.showTerms(segment);
    this.showMatches(segment);
    this.showComments(segment);
    this.showHistory(segment.history, true);
  }

  /** Findings, worst first. The one that is chosen stays chosen if it is still there. */
  showFindings(findings) {
    const chosen = this.findings[this.at]?.key;
    this.findings = [...findings].sort((one, two) => ORDER[one.severity] - ORDER[two.severity] || (one.start ?? 0) - (two.start ?? 0));
    this.at = chosen ? this.findings.findIndex((finding) => finding.key === chosen) : -1;
    this.box.querySelector(".aid-findings").classList.remove("stale");
    this.listFindings();
  }

  /** What is shown is older than the text. */
  checking() {
    this.box.querySelector(".aid-findings").classList.add("stale");
  }

  listFindings() {
    const { body, count } = this.parts.findings;
    count.textContent = this.findings.length ? String(this.findings.length) : "";
    fill(body, this.findings.length === 0 ? h("p", { class: "none" }, t("aids.findings.none")) : h("ul", {}, this.findings.map((finding, index) => this.finding(finding, index))));
  }

  finding(finding, index) {
    const places = finding.start !== null && finding.start !== undefined;
    return h("li", { class: `finding ${finding.severity} ${index === this.at ? "chosen" : ""}`, "aria-current": index === this.at ? "true" : null },
      h("div", { class: "head" },
        h("span", { class: "severity" }, t(`severity.${finding.severity}`)),
        h("code", {}, finding.check),
        finding.explain && h("a", { href: finding.explain, target: "_blank", rel: "noopener", "aria-label": t("aids.explain.of", { check: finding.check }) }, t("aids.explain"))),
      h("p", {}, finding.message),
      finding.fix && h("div", { class: "fix" }, finding.fix.diff && diffed(finding.fix.diff, { lang: this.segment.ref.locale })),
      finding.fix?.refused && h("p", { class: "hint" }, t("aids.fix.refused", { why: finding.fix.refused })),
      h("div", { class: "buttons" },
        canFix(finding) && h("button", { type: "button", "aria-label": `${t("aids.fix")}: ${finding.message}`, onclick: () => this.options.fix(finding) }, t("aids.fix")),
        places && h("button", { type: "button", class: "quiet", "aria-label": t("aids.show", { message: finding.message }), onclick: () => { this.at = index; this.listFindings(); this.options.place(finding); } }, "→")));
  }

  /** Go to the next finding; it is chosen, and returned. */
  nextFinding() {
    if (!this.findings.length) return null;
    this.at = (this.at + 1) % this.findings.length;
    this.listFindings();
    this.parts.findings.body.querySelector(".chosen")?.scrollIntoView({ block: "nearest" });
    return this.findings[this.at];
  }

  /** The finding whose fix one key applies: the chosen one, or the first that has a fix. */
  get fixable() {
    const chosen = this.findings[this.at];
    return chosen && canFix(chosen) ? chosen : this.findings.find(canFix) ?? null;
  }

  showTerms({ terms, ref }) {
    const { body, count } = this.parts.terms;
    count.textContent = terms.length ? String(terms.length) : "";
    if (!terms.length) return fill(body, h("p", { class: "none" }, t("aids.terms.none")));
    return fill(body, h("ol", { class: "terms" }, terms.map((term, index) => h("li", {},
      h("span", { lang: this.options.source }, term.source), " → ",
      h("button", { type: "button", class: "use", onclick: () => this.options.act("insert-term", index + 1) },
        h("span", { class: "visually-hidden" }, t("aids.term.insert")), h("kbd", {}, String(index + 1)), h("span", { lang: ref.locale }, term.use)),
      term.never?.length > 0 && h("span", { class: "never", lang: ref.locale }, t("aids.never", { words: term.never.join(", ") })),
      term.note && h("p", { class: "hint" }, term.note)))));
  }

  showMatches({ matches, ref }) {
    const { body, count } = this.parts.matches;
    const { direction: dir } = this.options.language(ref.locale);
    count.textContent = matches.length ? String(matches.length) : "";
    if (!matches.length) return fill(body, h("p", { class: "none" }, t("aids.matches.none")));
    return fill(body, h("ul", {}, matches.map((match) => h("li", { class: "match" },
      h("div", { class: "head" }, h("b", { class: "percent" }, `${match.percent} %`), h("span", { class: "from" }, match.from),
        h("button", { type: "button", class: "quiet", "aria-label": t("aids.match.use.of", { percent: match.percent }), onclick: () => this.options.use(match) }, t("aids.match.use"))),
      h("p", { lang: this.options.source }, match.percent < 100 && match.diff ? diffed(match.diff) : match.source),
      h("p", { lang: ref.locale, dir }, match.target)))));
  }

  showComments({ comments }) {
    const { body, count } = this.parts.comments;
    count.textContent = comments.length ? String(comments.length) : "";
    fill(body, comments.length ? comments.map((comment) => h("p", { class: "comment" }, comment)) : h("p", { class: "none" }, t("aids.comments.none")));
  }

  showHistory(history, more = false) {
    const { body } = this.parts.history;
    const lines = history.map((line) => h("li", {},
      h("div", { class: "head" }, h("b", {}, line.action), " ", h("span", {}, line.by ?? ""), " ", h("time", { datetime: line.at ?? "" }, (line.at ?? "").slice(0, 16).replace("T", " ")), line.commit && h("code", {}, line.commit.slice(0, 7))),
      (line.mqm ?? []).map((item) => h("p", {}, `${item.category} · ${item.severity}${item.note ? `: ${item.note}` : ""}`)),
      line.note && h("p", {}, line.note),
      line.text && h("p", { class: "old", lang: this.segment.ref.locale }, line.text)));
    fill(body, lines.length ? h("ol", { class: "history" }, lines) : h("p", { class: "none" }, t("aids.history.none")), more && h("p", { class: "none" }, t("aids.history.loading")));
  }

  send() {
    const text = this.field.value.trim();
    if (text) this.options.comment(text);
    else this.field.focus();
  }
}
