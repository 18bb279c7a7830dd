// The page of figures of one locale: numbers, charts, the same as tables, and the words that people change most.
import { get, post } from "./api.js";
import { announce, fill, h } from "./dom.js";
import { bars, columns, legend } from "./figures-charts.js";
import { t, tn } from "./figures-words.js";

const STATES = ["approved", "translated", "stale", "machine", "untranslated"];
const SEVERITIES = ["critical", "major", "minor", "neutral"];
const MOST_BARS = 20;
const MOST_DAYS = 60;

const main = document.getElementById("figures");
const number = (value, digits = 0) => (value === null || value === undefined ? "–" : value.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
const percent = (part, whole) => (whole ? `${Math.floor((100 * part) / whole)} %` : "–");
const rate = (value) => (value === null ? "–" : `${number(100 * value, 1)} %`);
const sum = (by) => Object.values(by).reduce((all, value) => all + value, 0);

const state = { session: null, locale: "", found: null, titles: {} };

// Pieces ------------------------------------------------------------------------------------------------------------

/** A table: heads are texts, rows are lists of cells whose first is the head of its row. */
function table(caption, heads, rows, { attributes = {}, textColumns = [] } = {}) {
  const align = (n) => (textColumns.includes(n) ? { class: "text" } : {});
  return h(
    "div",
    { class: "wide", tabindex: "0", role: "group", "aria-label": caption },
    h(
      "table",
      attributes,
      h("caption", { class: "visually-hidden" }, caption),
      h("thead", {}, h("tr", {}, heads.map((head, n) => h("th", { scope: "col", ...align(n) }, head)))),
      h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, n) => (n ? h("td", align(n), cell) : h("th", { scope: "row" }, cell)))))),
    ),
  );
}

function section(id, title, about, ...children) {
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), about && h("p", {}, about), ...children);
}

const none = (text) => h("p", { class: "none" }, text);

function figure(caption, svg, ...more) {
  return h("figure", {}, h("figcaption", {}, caption), ...more, svg);
}

/** Titles of articles that no other article has; the others go by their names. */
function unique(titles) {
  const all = Object.values(titles);
  return Object.fromEntries(Object.entries(titles).filter(([, title]) => all.indexOf(title) === all.lastIndexOf(title)));
}
const titled = (name) => {
  const title = state.titles[name];
  return title && title !== name ? [h("span", { class: "name", title }, title), h("span", { class: "id" }, name)] : h("span", { class: "name" }, name);
};
const titleOf = (tally) => state.titles[tally.name] || tally.name;

function verdict(quality, long = false) {
  if (quality.per_thousand === null) return h("span", {}, long ? t("none.judged") : "–");
  if (quality.passed === null) return h("span", {}, long ? t("too.few.more", { words: number(quality.words), least: state.found.smallest_sample }) : t("too.few"));
  return h("span", { class: quality.passed ? "passes" : "fails" }, t(quality.passed ? "passes" : "fails"));
}

// Sections ----------------------------------------------------------------------------------------------------------

function heads(total) {
  const words = sum(total.words);
  const { work, editing, mqm } = total;
  const head = (name, value, unit, more) => h("div", { class: "head" }, h("dt", {}, name), h("dd", { class: "number" }, value, unit && h("span", { class: "unit" }, ` ${unit}`)), h("dd", { class: "more" }, more));
  return h(
    "dl",
    { class: "heads" },
    head(t("head.approved"), percent(total.words.approved, words), "", t("head.approved.more", { approved: number(total.words.approved), words: number(words) })),
    head(t("head.pace"), number(work.words_per_hour), work.words_per_hour === null ? "" : t("head.pace.unit"), work.words_per_hour === null ? t("none.timed") : tn("head.pace.more", work.days, { words: number(work.words_per_day) })),
    head(t("head.hter"), rate(editing.hter), "", editing.segments ? t("head.hter.more", { untouched: number(editing.untouched), segments: number(editing.segments) }) : t("none.edited")),
    head(t("head.mqm"), number(mqm.left.per_thousand, 1), mqm.left.per_thousand === null ? "" : t("head.mqm.unit"), [verdict(mqm.left, true), mqm.left.passed === null ? "" : ` ${t("head.mqm.limit", { limit: number(mqm.limit) })}`]),
  );
}

function progress(found) {
  const all = [...found.articles].sort((one, other) => sum(other.words) - sum(one.words));
  const shown = all.slice(0, MOST_BARS);
  const kinds = STATES.map((name) => [name, t(`state.${name}`)]);
  const parts = (tally) => STATES.map((kind) => ({ kind, value: tally.words[kind] }));
  const said = (tally) => `${percent(tally.words.approved, sum(tally.words))}`;
  const name = t("progress.chart", { n: shown.length });
  return section(
    "progress",
    t("progress.title"),
    t("progress.about"),
    figure(name, bars(shown.map((tally) => ({ name: titleOf(tally), parts: parts(tally), said: said(tally) })), { name }), legend(h, kinds)),
    table(
      t("progress.title"),
      [t("article"), ...STATES.map((kind) => t(`state.${kind}`)), t("all")],
      [found.total, ...all].map((tally, n) => [n ? titled(tally.name) : h("strong", {}, t("all.articles")), ...STATES.map((kind) => number(tally.words[kind])), number(sum(tally.words))]),
    ),
  );
}

function editing(found) {
  const kinds = [["engines", t("engine")], ["articles", t("article")], ["people", t("person")]];
  const groups = kinds.map(([key, label]) => [label, found[key].filter((tally) => tally.editing.segments), key]);
  if (!found.total.editing.segments) return section("editing", t("editing.title"), t("editing.about"), none(t("none.edited")));
  const rows = groups.flatMap(([label, tallies, key]) =>
    tallies.map(({ name, editing: own }) => [key === "articles" ? titled(name) : name, label, number(own.segments), number(own.untouched), number(own.word_edits), rate(own.hter), rate(own.character_rate)]),
  );
  const ranked = [...groups[0][1], ...groups[1][1].sort((one, other) => other.editing.hter - one.editing.hter).slice(0, MOST_BARS)];
  const name = t("editing.chart");
  return section(
    "editing",
    t("editing.title"),
    t("editing.about"),
    figure(name, bars(ranked.map((tally) => ({ name: titleOf(tally), parts: [{ kind: found.engines.includes(tally) ? "second" : "bar", value: tally.editing.hter }], said: rate(tally.editing.hter) })), { name }), legend(h, [["second", t("engine")], ["bar", t("article")]])),
    table(t("editing.title"), [t("name"), t("kind"), t("texts"), t("untouched"), t("words.edited"), t("hter"), t("characters")], rows, { textColumns: [1] }),
  );
}

function pace(found) {
  if (!found.days.length) return section("pace", t("pace.title"), t("pace.about"), none(t("none.saved")));
  const days = allDays(found.days).slice(-MOST_DAYS);
  const name = t("pace.chart");
  const points = days.map((day) => ({ name: day.day.slice(5), value: day.words, said: t("pace.said", { day: day.day, words: number(day.words), saves: number(day.saves) }) }));
  const overlong = found.total.work.overlong;
  return section(
    "pace",
    t("pace.title"),
    t("pace.about", { minutes: state.found.longest_save / 60 }),
    figure(name, columns(points, { name, unit: t("words") })),
    table(
      t("people"),
      [t("person"), t("act.edit"), t("act.accept"), t("act.approve"), t("act.reject"), t("hours"), t("days"), t("perhour"), t("perday")],
      [found.total, ...found.people].map((tally, n) => [
        n ? tally.name : h("strong", {}, t("all.people")),
        ...["edit", "accept", "approve", "reject"].map((action) => number(tally.work.actions[action])),
        number(tally.work.seconds / 3600, 1),
        number(tally.work.days),
        number(tally.work.words_per_hour),
        number(tally.work.words_per_day),
      ]),
    ),
    overlong > 0 && none(tn("overlong", overlong)),
    h("details", {}, h("summary", {}, t("pace.days")), table(t("pace.chart"), [t("day"), t("saves"), t("words"), t("hours")], found.days.map((day) => [day.day, number(day.saves), number(day.words), number(day.seconds / 3600, 2)]))),
  );
}

/** All days from the first to the last, those without a save too: a gap in the work is seen as one. */
function allDays(days) {
  const known = new Map(days.map((day) => [day.day, day]));
  const found = [];
  const end = new Date(`${days.at(-1).day}T00:00:00Z`);
  for (let day = new Date(`${days[0].day}T00:00:00Z`); day <= end && found.length < 5000; day.setUTCDate(day.getUTCDate() + 1)) {
    const name = day.toISOString().slice(0, 10);
    found.push(known.get(name) ?? { day: name, words: 0, saves: 0, seconds: 0 });
  }
  return found.length ? found : days;
}

function quality(found) {
  const { found: all, left } = found.total.mqm;
  const limit = found.total.mqm.limit;
  const about = t("quality.about", { limit: number(limit), least: state.found.smallest_sample });
  if (!all.words) return section("quality", t("quality.title"), about, none(t("none.judged")));
  const groups = [["", [found.total]], ["engines", found.engines], ["people", found.people], ["articles", found.articles]];
  const judged = groups.flatMap(([key, tallies]) => tallies.filter((tally) => tally.mqm.found.words).map((tally) => [key, tally]));
  const label = { "": "", engines: t("engine"), people: t("person"), articles: t("article") };
  const nameOf = ([key, tally]) => (key ? titleOf(tally) : t("all.texts"));
  const name = t("quality.chart");
  const rows = judged.filter(([key]) => key !== "articles").slice(0, MOST_BARS).map(([key, tally]) => ({ name: nameOf([key, tally]), parts: [{ kind: key === "engines" ? "second" : "bar", value: tally.mqm.found.per_thousand }], said: number(tally.mqm.found.per_thousand, 1) }));
  const errors = all.errors;
  const errorsName = t("errors.chart");
  return section(
    "quality",
    t("quality.title"),
    about,
    figure(name, bars(rows, { name, limit, limitName: t("limit", { limit: number(limit) }) })),
    table(
      t("quality.title"),
      [t("name"), t("kind"), t("judged.words"), t("points.found"), t("score"), t("verdict"), t("left.words"), t("points.left"), t("verdict.left")],
      judged.map(([key, tally]) => [key === "articles" ? titled(tally.name) : nameOf([key, tally]), label[key], number(tally.mqm.found.words), number(tally.mqm.found.per_thousand, 1), number(tally.mqm.found.score, 1), verdict(tally.mqm.found), number(tally.mqm.left.words), number(tally.mqm.left.per_thousand, 1), verdict(tally.mqm.left)]),
      { textColumns: [1, 5, 8] },
    ),
    h("h3", {}, t("errors.title")),
    errors.length
      ? [
          figure(errorsName, bars(errors.map((item) => ({ name: item.name, parts: SEVERITIES.map((kind) => ({ kind, value: item[kind] })), said: number(item.total) })), { name: errorsName }), legend(h, SEVERITIES.map((kind) => [kind, t(`severity.${kind}`)]))),
          table(t("errors.title"), [t("category"), ...SEVERITIES.map((kind) => t(`severity.${kind}`)), t("all")], errors.map((item) => [item.name, ...SEVERITIES.map((kind) => number(item[kind])), number(item.total)])),
        ]
      : none(t("none.errors")),
    left.errors.length > 0 && none(tn("errors.left", left.errors.reduce((n, item) => n + item.total, 0))),
  );
}

// Words ---------------------------------------------------------------------------------------------------------------

function examples(items) {
  return h(
    "details",
    {},
    h("summary", {}, tn("examples", items.length)),
    h("ul", { class: "examples" }, items.map((item) => h("li", {}, h("span", { class: "where" }, item.place ?? item.catalog), h("del", {}, item.before), " ", h("ins", {}, item.after)))),
  );
}

function terms(found) {
  const box = h("div", {});
  const lang = { lang: state.locale };
  const words = (item) => h("span", lang, h("del", {}, item.before), h("span", { class: "arrow" }, "→"), h("ins", {}, item.after));
  const show = (document) => {
    const { proposals, pairs } = document;
    const take = (item, n) =>
      item.against
        ? h("span", {}, t("against", { reason: item.against }))
        : h("button", { type: "button", class: "strong", data: { take: String(n + 1) }, onclick: () => taken(item, show) }, t(item.kind === "term" ? "take.term" : item.kind === "word" ? "take.word" : "take.keep"), n < 9 && h("kbd", {}, `Alt+${n + 1}`));
    fill(
      box,
      h("h3", { id: "proposals", tabindex: "-1" }, t("proposals.title")),
      proposals.length
        ? table(t("proposals.title"), [t("pair"), t("concept"), t("texts"), t("examples.head"), t("decide")], proposals.map((item, n) => [words(item), item.source ?? "–", number(item.texts), examples(item.examples), take(item, n)]), { attributes: { class: "terms" }, textColumns: [0, 1, 3, 4] })
        : none(t("none.proposals")),
      h("h3", {}, t("pairs.title")),
      pairs.length
        ? table(t("pairs.title"), [t("pair"), t("texts"), t("examples.head")], pairs.map((item) => [words(item), number(item.texts), examples(item.examples)]), { attributes: { class: "terms" }, textColumns: [0, 2] })
        : none(t("none.pairs")),
    );
    box.removeAttribute("aria-busy");
  };
  box.setAttribute("aria-busy", "true");
  fill(box, none(t("terms.wait")));
  get("/api/figures/terms", { locale: state.locale })
    .then(show)
    .catch((error) => fill(box, h("p", { class: "problem" }, error.message)));
  return section("terms", t("terms.title"), t("terms.about"), box);
}

async function taken(item, show) {
  try {
    const done = await post("/api/figures/terms", { locale: state.locale, proposal: item.id });
    show(done);
    announce(t("taken", { word: item.after, files: done.files.join(", ") || "–" }));
    document.getElementById("proposals").focus();
  } catch (error) {
    announce([error.message, error.hint].filter(Boolean).join(". "), true);
  }
}

document.addEventListener("keydown", (event) => {
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (!digit || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const button = document.querySelector(`button[data-take="${digit}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

// The whole -----------------------------------------------------------------------------------------------------------

function tools() {
  const root = document.documentElement;
  const themeName = () => t(`theme.${root.dataset.choice}`);
  const theme = h("button", { type: "button" }, themeName());
  theme.addEventListener("click", () => {
    root.dispatchEvent(new CustomEvent("knooppunt-next-theme"));
    theme.textContent = themeName();
  });
  const choice = h("select", { onchange: () => open(choice.value) }, state.session.locales.map((locale) => h("option", { value: locale.code }, `${locale.name} (${locale.code})`)));
  choice.value = state.locale;
  fill(document.getElementById("tools"), h("label", {}, t("locale"), choice), h("a", { href: "/figures.csv", download: true }, "CSV"), h("a", { href: "/figures.json", download: true }, "JSON"), theme);
}

function show() {
  const found = state.found.locales[0];
  fill(main, heads(found.total), progress(found), editing(found), pace(found), quality(found), terms(found), found.unread > 0 && none(tn("unread", found.unread)));
  document.documentElement.dataset.ready = state.locale;
}

async function open(locale) {
  state.locale = locale;
  history.replaceState(null, "", `#${locale}`);
  try {
    state.found = await get("/api/figures", { locale });
    state.titles = unique(state.found.titles);
    show();
  } catch (error) {
    fill(main, h("p", { class: "problem" }, error.message), error.hint && h("p", {}, error.hint));
  }
}

async function start() {
  try {
    state.session = await get("/api/session");
  } catch (error) {
    fill(main, h("p", { class: "problem" }, error.message), h("p", {}, error.hint));
    return;
  }
  const asked = decodeURIComponent(location.hash.slice(1));
  const codes = state.session.locales.map((locale) => locale.code);
  state.locale = codes.includes(asked) ? asked : codes[0];
  tools();
  await open(state.locale);
  matchMedia("(max-width: 40rem)").addEventListener("change", () => state.found && show());
}

start();
