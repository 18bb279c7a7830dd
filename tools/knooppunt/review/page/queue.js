// The queue: filters, facets and a list of which only what is seen is made.
import { ApiError, get } from "./api.js";
import { announce, debounced, fill, h } from "./dom.js";
import { t, tn } from "./words.js";

const ROW = 62;
const CHUNK = 200;
const STATES = ["untranslated", "machine", "stale", "translated", "approved"];
/** States in which a text still needs a person. */
export const OPEN = new Set(["untranslated", "machine", "stale"]);

const LOCALE = "knooppunt:locale";

/** The language of the last time, or the first. */
function localeOf(locales) {
  let last = "";
  try {
    last = localStorage.getItem(LOCALE) ?? "";
  } catch {
    // without storage it is the first
  }
  return locales.some(({ code }) => code === last) ? last : locales[0].code;
}

function rememberLocale(code) {
  try {
    localStorage.setItem(LOCALE, code);
  } catch {
    // as above
  }
}

export class Queue {
  /** options: {session, language(code), onopen(item), onchosen(), onerror(error, again)} */
  constructor(box, options) {
    this.options = options;
    this.items = [];
    this.total = 0;
    this.words = 0;
    this.index = -1;
    this.cursor = 0;
    this.pending = new Map();
    this.rows = new Map();
    this.epoch = 0;
    this.filter = { locale: "", article: "", state: "", check: "", author: "", older: "", q: "", regex: 0, in: "both" };
    const { locales } = options.session;
    // One language at a time: a person reviews the language that they speak.
    this.filter.locale = localeOf(locales);
    this.build(box);
  }

  build(box) {
    const reload = debounced(() => this.load(), 180);
    const select = (name, label) => {
      const element = h("select", { id: `f-${name}`, onchange: () => { this.filter[name] = element.value; if (name === "locale") rememberLocale(element.value); this.load(); } });
      this.selects[name] = element;
      return h("div", { class: "filter" }, h("label", { for: `f-${name}` }, label), element);
    };
    this.selects = {};
    this.search = h("input", {
      type: "search", id: "search", placeholder: t("queue.search.hint"), autocomplete: "off", spellcheck: "false",
      oninput: () => { this.filter.q = this.search.value; reload(); },
      onkeydown: (event) => { if (event.key === "Enter" || event.key === "ArrowDown") { event.preventDefault(); this.list.focus(); } },
    });
    this.regex = h("input", { type: "checkbox", id: "regex", onchange: () => { this.filter.regex = this.regex.checked ? 1 : 0; this.load(); } });
    this.problem = h("p", { class: "problem", id: "search-problem", role: "status" });
    this.search.setAttribute("aria-describedby", "search-problem");
    this.summary = h("p", { class: "summary", id: "queue-summary", role: "status" });
    this.clear = h("button", { type: "button", class: "quiet", onclick: () => this.clearFilters() }, t("queue.clear"));
    this.spacer = h("div", { class: "rows", role: "presentation" });
    this.list = h("div", {
      class: "list", role: "listbox", tabindex: "0", "aria-label": t("queue.list"), "aria-describedby": "queue-summary",
      onkeydown: (event) => this.pressed(event), onscroll: () => this.draw(), onclick: (event) => this.clicked(event),
    }, this.spacer);
    this.empty = h("div", { class: "empty", hidden: true });
    fill(
      box,
      h("h2", { class: "visually-hidden" }, t("panel.queue")),
      h("search", { class: "filters" },
        h("div", { class: "searching" },
          h("label", { for: "search", class: "visually-hidden" }, t("queue.search")),
          this.search,
          h("label", { class: "check", for: "regex", title: t("queue.regex") }, this.regex, h("span", { "aria-hidden": "true" }, ".*"), h("span", { class: "visually-hidden" }, t("queue.regex")))),
        this.problem,
        h("div", { class: "grid" },
          select("locale", t("queue.locale")),
          select("state", t("queue.state")),
          select("article", t("queue.article")),
          select("check", t("queue.check"))),
        h("details", { class: "more" },
          h("summary", {}, t("queue.filters")),
          h("div", { class: "grid" }, select("author", t("queue.author")), select("older", t("queue.older")), select("in", t("queue.in"))))),
      h("div", { class: "count" }, this.summary, this.clear),
      this.list,
      this.empty,
    );
    new ResizeObserver(() => this.draw()).observe(this.list);
    this.offer("in", ["both", "source", "target", "comments"].map((id) => [id, t(`queue.in.${id}`)]), false);
    this.offer("older", [7, 30, 90, 365].map((n) => [String(n), t("queue.days", { n })]));
    this.offer("locale", this.options.session.locales.map(({ code, name }) => [code, `${name} (${code})`]), false);
  }

  /** The choices of a filter: [[value, text], ...], with "any" first. */
  offer(name, choices, any = true) {
    const select = this.selects[name];
    const all = any ? [["", t("queue.any")], ...choices] : choices;
    const value = this.filter[name];
    if (value && !all.some(([id]) => id === value)) all.push([value, value]);
    fill(select, all.map(([id, text]) => h("option", { value: id }, text)));
    select.value = value;
  }

  facets(facets) {
    const { articles, checks } = this.options.session;
    const titles = new Map(checks.map(({ id, title }) => [id, title]));
    const known = new Map(articles.map(({ catalog, title }) => [catalog, title]));
    const counted = (text, n) => `${text} (${n})`;
    this.offer("article", facets.articles.map(({ catalog, title, n }) => [catalog, counted(title || known.get(catalog) || catalog, n)]));
    const open = STATES.filter((id) => OPEN.has(id)).reduce((sum, id) => sum + (facets.states[id] ?? 0), 0);
    this.offer("state", [["open", counted(t("queue.open"), open)], ...STATES.filter((id) => facets.states[id]).map((id) => [id, counted(t(`state.${id}`), facets.states[id])])]);
    const byCount = (table) => Object.entries(table).sort((one, two) => two[1] - one[1] || one[0].localeCompare(two[0]));
    this.offer("check", [["any", t("queue.any-finding")], ...byCount(facets.checks).map(([id, n]) => [id, counted(titles.get(id) || id, n)])]);
    this.offer("author", byCount(facets.authors).map(([id, n]) => [id, counted(id, n)]));
  }

  /** The values that make up the request. */
  get query() {
    const { q, regex, in: where, ...rest } = this.filter;
    return q ? { ...rest, q, regex, in: where } : rest;
  }

  get filtered() {
    const { locale, regex, in: where, ...rest } = this.filter;
    return locale !== "" && Object.values(rest).some(Boolean);
  }

  clearFilters() {
    Object.assign(this.filter, { article: "", state: "", check: "", author: "", older: "", q: "", regex: 0, in: "both" });
    this.search.value = "";
    this.regex.checked = false;
    for (const [name, select] of Object.entries(this.selects)) select.value = this.filter[name];
    this.search.focus();
    return this.load();
  }

  /** Ask anew, from the top; the segment that is open stays open and is found again if it passes. */
  async load() {
    this.epoch += 1;
    const epoch = this.epoch;
    this.pending.clear();
    this.problem.textContent = "";
    this.list.setAttribute("aria-busy", "true");
    try {
      const answer = await get("/api/queue", { ...this.query, offset: 0, limit: CHUNK });
      if (epoch !== this.epoch) return;
      const open = this.items[this.index];
      this.items = new Array(answer.total);
      answer.items.forEach((item, index) => { this.items[index] = item; });
      this.total = answer.total;
      this.words = answer.words;
      this.index = open ? this.find(open) : -1;
      this.cursor = Math.max(0, this.index);
      this.facets(answer.facets);
      this.list.scrollTop = Math.max(0, (this.cursor - 2) * ROW);
      this.show();
      this.lookAgain(answer.pending ?? 0);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (epoch !== this.epoch) return;
      if (error.status === 422) {
        this.problem.textContent = `${error.message} ${error.hint}`.trim();
        this.search.setAttribute("aria-invalid", "true");
        return;
      }
      this.options.onerror(error, () => this.load());
    } finally {
      if (epoch === this.epoch) this.list.removeAttribute("aria-busy");
    }
  }

  /** While the server still checks segments, the counts of findings and the filters come later. */
  lookAgain(pending) {
    clearTimeout(this.timer);
    if (!pending) return;
    const { epoch } = this;
    this.timer = setTimeout(async () => {
      const chunk = Math.floor(this.list.scrollTop / ROW / CHUNK);
      try {
        const answer = await get("/api/queue", { ...this.query, offset: chunk * CHUNK, limit: CHUNK });
        if (epoch !== this.epoch) return;
        for (const item of answer.items) {
          const index = this.find(item);
          if (index >= 0) this.items[index].findings = item.findings;
        }
        if (!this.selects.check.matches(":focus")) this.facets(answer.facets);
        this.draw();
        this.lookAgain(answer.pending ?? 0);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error; // the list stays as it is; what a person asks for says what is wrong
      }
    }, 1500);
  }

  show() {
    this.search.removeAttribute("aria-invalid");
    this.summary.textContent = this.total === 1 ? t("queue.one", { words: this.words }) : t("queue.total", { total: this.total.toLocaleString("en"), words: this.words.toLocaleString("en") });
    this.clear.hidden = !this.filtered;
    this.empty.hidden = this.total > 0;
    this.list.hidden = this.total === 0;
    if (this.total === 0) {
      fill(this.empty, h("p", {}, h("strong", {}, t("queue.empty"))), h("p", {}, t(this.filtered ? "queue.empty.filtered" : "queue.empty.all")));
    }
    this.spacer.style.height = `${this.total * ROW}px`;
    this.draw();
  }

  /** The rows in sight and a few around them. */
  draw() {
    if (this.list.hidden) return;
    const from = Math.max(0, Math.floor(this.list.scrollTop / ROW) - 4);
    const to = Math.min(this.total, Math.ceil((this.list.scrollTop + this.list.clientHeight) / ROW) + 4);
    const rows = [];
    for (let index = from; index < to; index += 1) {
      if (!this.items[index]) this.chunk(Math.floor(index / CHUNK));
      rows.push(this.kept(index));
    }
    this.rows = new Map(rows.map((row) => [row.id, row]));
    // Rows that are as they were stay in place, so that what points at one still does.
    if (rows.length !== this.spacer.childElementCount || rows.some((row, at) => row !== this.spacer.children[at])) fill(this.spacer, rows);
    if (this.cursor >= from && this.cursor < to) this.list.setAttribute("aria-activedescendant", `row-${this.cursor}`);
    else this.list.removeAttribute("aria-activedescendant");
  }

  /** The row that is there already, if it would be the same. */
  kept(index) {
    const sign = JSON.stringify([this.items[index] ?? null, this.total, index === this.index, index === this.cursor]);
    const old = this.rows.get(`row-${index}`);
    if (old?.sign === sign) return old;
    return Object.assign(this.row(index), { sign });
  }

  row(index) {
    const item = this.items[index];
    const row = h("div", {
      class: `row ${index === this.index ? "open" : ""} ${index === this.cursor ? "cursor" : ""}`, role: "option", id: `row-${index}`,
      "aria-selected": String(index === this.index), "aria-setsize": this.total, "aria-posinset": index + 1,
    });
    row.style.top = `${index * ROW}px`;
    if (!item) return fill(row, h("span", { class: "source" }, t("queue.loading")));
    const { error = 0, warning = 0, info = 0 } = item.findings ?? {};
    const worst = error ? "error" : warning ? "warning" : "info";
    const count = error + warning + info;
    const language = this.options.language(item.locale);
    return fill(
      row,
      h("span", { class: "source", lang: this.options.session.source_locale ?? "en" }, item.source),
      h("span", { class: `target ${item.target ? "" : "none"}`, lang: item.target ? item.locale : null, dir: item.target ? language.direction : null }, item.target || t("queue.untranslated")),
      h("span", { class: "about" },
        h("span", { class: `state ${item.state}` }, t(`state.${item.state}`)),
        h("span", { class: "where" }, item.catalog),
        count > 0 && h("span", { class: `findings ${worst}`, title: tn("findings.count", count) }, h("span", { "aria-hidden": "true" }, `${worst === "error" ? "✖" : worst === "warning" ? "▲" : "●"} ${count}`), h("span", { class: "visually-hidden" }, tn("findings.count", count)))),
    );
  }

  /** Ask for a part of the list once. */
  chunk(number) {
    if (!this.pending.has(number)) {
      const epoch = this.epoch;
      const job = get("/api/queue", { ...this.query, offset: number * CHUNK, limit: CHUNK }).then(
        (answer) => {
          if (epoch !== this.epoch) return;
          answer.items.forEach((item, index) => { if (number * CHUNK + index < this.total) this.items[number * CHUNK + index] = item; });
          this.draw();
        },
        (error) => {
          this.pending.delete(number);
          if (epoch === this.epoch) this.options.onerror(error, () => this.chunk(number));
        },
      );
      this.pending.set(number, job);
    }
    return this.pending.get(number);
  }

  async at(index) {
    if (index < 0 || index >= this.total) return null;
    if (!this.items[index]) await this.chunk(Math.floor(index / CHUNK));
    return this.items[index] ?? null;
  }

  find(ref) {
    return this.items.findIndex((item) => item && item.id === ref.id && item.catalog === ref.catalog && item.locale === ref.locale);
  }

  pressed(event) {
    const page = Math.max(1, Math.floor(this.list.clientHeight / ROW) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.total, End: this.total };
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in steps) {
      event.preventDefault();
      this.move(this.cursor + steps[event.key]);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.choose(this.cursor);
    }
  }

  /** Rows are made anew while the mouse is down, so the place counts, and not the element. */
  clicked(event) {
    const index = Math.floor((event.clientY - this.spacer.getBoundingClientRect().top) / ROW);
    if (index >= 0 && index < this.total) this.choose(index);
  }

  /** A person chose a row, so the segment is what they want to see. */
  choose(index) {
    this.options.onchosen();
    return this.open(index);
  }

  move(index) {
    this.cursor = Math.max(0, Math.min(this.total - 1, index));
    const top = this.cursor * ROW;
    if (top < this.list.scrollTop) this.list.scrollTop = top;
    else if (top + ROW > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = top + ROW - this.list.clientHeight;
    this.draw();
  }

  async open(index) {
    const item = await this.at(index);
    if (!item) return false;
    this.index = index;
    this.move(index);
    this.options.onopen(item);
    return true;
  }

  /** Open the segment `step` further on; with `needed`, the next one in the direction that is not done yet. What was
   * done before is said along with the end of the queue. */
  async step(step, needed = false, before = "") {
    let index = this.index + step;
    for (let item = await this.at(index); item; item = await this.at(index)) {
      if (!needed || OPEN.has(item.state)) return this.open(index);
      index += step;
    }
    announce(`${before} ${t(needed ? "no-open" : step > 0 ? "end" : "start")}`.trim());
    return false;
  }

  /** The row of a segment shows what it has become. */
  renew(segment, findings = null) {
    const index = this.find(segment.ref);
    if (index < 0) return;
    const item = this.items[index];
    item.state = segment.state;
    item.target = segment.targets[0].slice(0, 160);
    if (findings) item.findings = findings.reduce((counts, { severity }) => ({ ...counts, [severity]: (counts[severity] ?? 0) + 1 }), {});
    this.draw();
  }
}
