// Changes of many segments: what would change is shown first, and one undo takes all of it back.
import { get, post } from "./api.js";
import { debounced, diffed, fill, h } from "./dom.js";
import { openDialog } from "./dialogs.js";
import { t, tn } from "./words.js";

const ACTIONS = ["fixes", "replace", "propagate", "approve"];

/** options: {source, filter, total, ref, action, language(code), done(answer), undo(id, say)}; resolves once it is closed. */
export function bulkDialog(options) {
  const { source } = options;
  return openDialog(t("bulk.title"), (body) => {
    let action = options.action ?? "fixes";
    const find = h("input", { type: "text", id: "bulk-find", spellcheck: "false", autocomplete: "off" });
    const replacement = h("input", { type: "text", id: "bulk-replace", spellcheck: "false", autocomplete: "off" });
    const regex = h("input", { type: "checkbox", id: "bulk-regex" });
    const fields = h("div", { class: "bulk-fields" },
      h("label", { for: "bulk-find" }, t("bulk.find")), find,
      h("label", { for: "bulk-replace" }, t("bulk.with")), replacement,
      h("label", { class: "check", for: "bulk-regex" }, regex, h("span", {}, t("queue.regex"))));
    const result = h("div", { class: "bulk-result" });
    const status = h("p", { role: "status", class: "bulk-status" });
    const show = h("button", { type: "button", class: "strong", onclick: () => preview() }, t("bulk.preview"));
    const say = (text) => { status.textContent = text; };
    const failed = (error) => say(`${error.message} ${error.hint ?? ""}`.trim());

    const choose = (name) => {
      action = name;
      fields.hidden = action !== "replace";
      fill(result);
      say("");
    };
    for (const input of [find, replacement, regex]) input.addEventListener("input", () => { fill(result); say(""); });
    for (const input of [find, replacement]) input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); preview(); } });

    const preview = async () => {
      show.disabled = true;
      fill(result);
      try {
        const plan = await post("/api/bulk/preview", { action, filter: options.filter, ref: action === "propagate" ? options.ref : null, find: find.value, replace: replacement.value, regex: regex.checked });
        say(plan.total === 0 ? t("bulk.none") : tn("bulk.count", plan.total));
        if (plan.total > 0) list(plan);
      } catch (error) {
        failed(error);
      } finally {
        show.disabled = false;
      }
    };

    const list = (plan) => {
      const apply = h("button", { type: "button", class: "primary", onclick: () => run(plan, apply) }, t("bulk.apply", { n: plan.total }));
      fill(
        result,
        plan.items.length < plan.total && h("p", { class: "hint" }, t("bulk.more", { shown: plan.items.length, total: plan.total })),
        h("ol", { class: "plan", tabindex: "0", "aria-label": t("bulk.count", { n: plan.total }) }, plan.items.map((item) => h("li", {},
          h("p", { class: "hint" }, h("span", { class: "where" }, `${item.ref.locale} · ${item.ref.catalog}`), item.why ? ` · ${item.why}` : ""),
          h("p", { lang: source, class: "from" }, item.source),
          h("p", { lang: item.ref.locale, dir: options.language(item.ref.locale).direction }, item.diff ? diffed(item.diff) : item.after)))),
        h("div", { class: "buttons" }, apply),
      );
      apply.focus();
    };

    const run = async (plan, button) => {
      button.disabled = true;
      try {
        const answer = await post("/api/bulk/apply", { plan: plan.plan });
        say(tn("bulk.done", answer.done));
        options.done(answer);
        const undo = h("button", { type: "button", onclick: async () => { undo.disabled = true; await options.undo(answer.undo, say); } }, t("bulk.undo"));
        fill(
          result,
          answer.refused.length > 0 && [h("p", {}, t("bulk.refused", { n: answer.refused.length })), h("ul", {}, answer.refused.map((item) => h("li", {}, `${item.ref.catalog}: ${item.reason}`)))],
          answer.undo && h("div", { class: "buttons" }, undo),
        );
        (answer.undo ? undo : show).focus();
      } catch (error) {
        button.disabled = false;
        failed(error);
      }
    };

    fill(
      body,
      h("p", {}, t("bulk.scope", { total: options.total.toLocaleString("en") })),
      h("fieldset", { class: "choices" }, h("legend", { class: "visually-hidden" }, t("bulk.title")), ACTIONS.filter((name) => name !== "propagate" || options.ref).map((name) => h("label", {},
        h("input", { type: "radio", name: "bulk-action", value: name, checked: name === action, autofocus: name === action, onchange: () => choose(name) }), h("span", {}, t(`bulk.${name}`))))),
      fields,
      h("div", { class: "buttons" }, show),
      status,
      result,
    );
    choose(action);
  }, { wide: true });
}

/** Words looked up in all texts of a language. */
export function concordanceDialog({ source, locale, text, language }) {
  return openDialog(t("concordance.title"), (body) => {
    const input = h("input", { type: "text", id: "concordance", autofocus: true, autocomplete: "off", value: text });
    const status = h("p", { role: "status" });
    const rows = h("tbody", {});
    const table = h("div", { class: "scroll-x", tabindex: "0", role: "region", "aria-label": t("concordance.title") }, h("table", { class: "hits" },
      h("thead", {}, h("tr", {}, [t("segment.source"), t("segment.target"), t("concordance.where")].map((name) => h("th", { scope: "col" }, name)))), rows));
    let stop = null;
    const look = async () => {
      stop?.abort();
      stop = new AbortController();
      if (!input.value.trim()) return fill(rows);
      try {
        const { hits } = await get("/api/concordance", { locale, q: input.value }, stop.signal);
        status.textContent = hits.length ? t("concordance.count", { n: hits.length }) : t("concordance.none");
        return fill(rows, hits.map((hit) => h("tr", {}, h("td", { lang: source }, lit(hit.source, hit.at ?? [])), h("td", { lang: locale, dir: language(locale).direction }, hit.target), h("td", { class: "where" }, hit.catalog))));
      } catch (error) {
        if (error.name !== "AbortError") status.textContent = `${error.message} ${error.hint ?? ""}`.trim();
        return null;
      }
    };
    input.addEventListener("input", debounced(look, 200));
    fill(body, h("label", { for: "concordance" }, t("concordance.label")), input, status, table);
    if (text) look();
  }, { wide: true });
}

/** A text with its hits marked. */
function lit(text, at) {
  const nodes = [];
  let done = 0;
  for (const [start, end] of at) {
    nodes.push(text.slice(done, start), h("mark", {}, text.slice(start, end)));
    done = end;
  }
  return [...nodes, text.slice(done)];
}
