// Dialogs. The browser's own <dialog> keeps the focus inside and gives it back.
import { nameOf } from "./chips.js";
import { diffed, fill, h } from "./dom.js";
import { caps } from "./keys.js";
import { t } from "./words.js";

/** Open a dialog with a title; resolves with what close(value) was given, or null where it was dismissed. */
export function openDialog(title, build, { wide = false } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    let value = null;
    const id = `dialog-title-${document.querySelectorAll("dialog").length}`;
    const dialog = h("dialog", { class: wide ? "wide" : "", "aria-labelledby": id });
    const close = (result = null) => {
      value = result;
      dialog.close();
    };
    const body = h("div", { class: "dialog-body" });
    dialog.append(
      h("div", { class: "dialog-head" }, h("h2", { id }, title), h("button", { type: "button", class: "quiet close", "aria-label": t("dialog.close"), onclick: () => close() }, "✕")),
      body,
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus?.();
      resolve(value);
    });
    build(body, close, dialog);
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector("[autofocus]") ?? body.querySelector("button, input, textarea, [tabindex]") ?? dialog).focus();
  });
}

/** True while a dialog is open: its keys are its own. */
export function dialogOpen() {
  return document.querySelector("dialog[open]") !== null;
}

/** What every key does. */
export function helpDialog(keys) {
  return openDialog(t("help.title"), (body) => {
    const rows = Object.entries(keys).map(([action, value]) => {
      const list = (Array.isArray(value) ? value : [value]).filter(Boolean);
      const shown = action === "help" && !list.includes("?") ? [...list, "?"] : list;
      return h("tr", {}, h("td", {}, shown.map((key, index) => [index > 0 && " / ", h("span", { class: "caps" }, caps(key).map((cap) => h("kbd", {}, cap)))])), h("td", {}, t(`action.${action}`)));
    });
    fill(
      body,
      h("p", {}, t("help.intro")),
      h("div", { class: "scroll-x", tabindex: "0", role: "region", "aria-label": t("help.title") }, h("table", { class: "keys" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("help.key")), h("th", { scope: "col" }, t("help.action")))), h("tbody", {}, rows))),
      h("p", { class: "hint" }, t("help.browser")),
    );
  }, { wide: true });
}

/** Two keys: a category, then a severity. Resolves with [{category, severity, note}], or null. */
export function rejectDialog({ categories, severities }) {
  return openDialog(t("reject.title"), (body, close, dialog) => {
    const errors = [];
    let category = null;
    const note = h("textarea", { id: "reject-note", rows: "2" });
    const list = h("div", { class: "keyed" });
    const question = h("p", { id: "reject-question", role: "status" });
    const sofar = h("p", { class: "hint" });
    const name = (id, all) => all.find((item) => item.id === id)?.name ?? id;
    const choose = (item, another) => {
      if (category === null) {
        category = item;
        return show();
      }
      errors.push({ category: category.id, severity: item.id, note: note.value.trim() });
      if (!another) return close(errors);
      category = null;
      note.value = "";
      return show();
    };
    const show = () => {
      const choices = category === null ? categories : severities;
      question.textContent = category === null ? t("reject.category") : `${category.name}. ${t("reject.severity")}`;
      sofar.textContent = errors.length ? t("reject.so-far", { errors: errors.map((item) => `${name(item.category, categories)}, ${name(item.severity, severities)}`).join("; ") }) : "";
      fill(
        list,
        choices.map((item) => h("button", { type: "button", "aria-keyshortcuts": item.key, onclick: (event) => choose(item, event.shiftKey) }, h("kbd", {}, item.key.toUpperCase()), h("span", {}, item.name), item.weight !== undefined && h("span", { class: "weight" }, String(item.weight)))),
        category !== null && h("button", { type: "button", class: "quiet", onclick: () => { category = null; show(); } }, t("reject.back")),
      );
      list.querySelector("button")?.focus();
    };
    dialog.addEventListener("keydown", (event) => {
      if (event.target === note || event.ctrlKey || event.altKey || event.metaKey) return;
      const item = (category === null ? categories : severities).find(({ key }) => key.toLowerCase() === event.key.toLowerCase() || `Digit${key}` === event.code);
      if (!item) return;
      event.preventDefault();
      choose(item, event.shiftKey && category !== null);
    });
    fill(body, question, list, sofar, h("label", { for: "reject-note" }, t("reject.note")), note);
    show();
  });
}

/** Ask once more before a text without some of its chips is saved: true to save. */
export function missingDialog(missing) {
  return openDialog(t("missing.title"), (body, close) => {
    fill(
      body,
      h("ul", {}, missing.map(({ chip, instead }) => h("li", {}, instead ? t("segment.changed", { text: nameOf(chip), instead }) : t("segment.lost", { text: nameOf(chip) })))),
      h("p", {}, t("missing.text")),
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "primary", autofocus: true, onclick: () => close(false) }, t("missing.back")),
        h("button", { type: "button", class: "danger", onclick: () => close(true) }, t("missing.save"))),
    );
  }).then((answer) => answer === true);
}

/** Both texts of a conflict: resolves with "yours", "theirs", "edit" or null (nothing is done, the draft stays). */
export function conflictDialog(theirs, yours, { lang, dir }) {
  return openDialog(t("conflict.title"), (body, close) => {
    const side = (title, texts) => h("section", {}, h("h3", { class: "caption" }, title), texts.map((text) => h("div", { class: "text", lang, dir, tabindex: "0", role: "group", "aria-label": title }, text)));
    fill(
      body,
      h("p", {}, t("conflict.text")),
      h("div", { class: "sides" }, side(t("conflict.theirs", { state: t(`state.${theirs.state}`) }), theirs.targets), side(t("conflict.yours"), yours)),
      h("section", {}, h("h3", { class: "caption" }, t("conflict.diff")), yours.map((text, index) => h("div", { class: "text", lang, dir }, diffed(wordDiff(theirs.targets[index] ?? "", text))))),
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "primary", autofocus: true, onclick: () => close("edit") }, t("conflict.edit")),
        h("button", { type: "button", onclick: () => close("yours") }, t("conflict.keep-yours")),
        h("button", { type: "button", onclick: () => close("theirs") }, t("conflict.keep-theirs"))),
    );
  }, { wide: true });
}

const LONGEST = 1500;

/** A diff of two texts by words, from their longest common subsequence; very long texts are shown one after the other. */
export function wordDiff(old, fresh) {
  const [one, two] = [old.match(/\s+|\S+/g) ?? [], fresh.match(/\s+|\S+/g) ?? []];
  if (one.length > LONGEST || two.length > LONGEST) return [["-", old], ["+", fresh]];
  const lengths = Array.from({ length: one.length + 1 }, () => new Uint16Array(two.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = two.length - 1; j >= 0; j -= 1) {
      lengths[i][j] = one[i] === two[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const diff = [];
  const add = (sign, text) => {
    if (diff.at(-1)?.[0] === sign) diff.at(-1)[1] += text;
    else diff.push([sign, text]);
  };
  let [i, j] = [0, 0];
  while (i < one.length || j < two.length) {
    if (i < one.length && j < two.length && one[i] === two[j]) {
      add("=", one[i]);
      i += 1;
      j += 1;
    } else if (j >= two.length || (i < one.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
      add("-", one[i]);
      i += 1;
    } else {
      add("+", two[j]);
      j += 1;
    }
  }
  return diff;
}
