// Making elements. Text goes in as text, never as HTML.

/** An element: h("p", {class: "x", onclick: f}, "text", child, [more]). Null, false and undefined children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/** The children of an element become these. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** A diff as [[op, text], ...] in ins and del elements. What is neither is plain text. */
export function diffed(diff, attributes = {}) {
  const box = h("span", { class: "diff", ...attributes });
  for (const [op, text] of diff) {
    if (op === "+") box.append(h("ins", {}, visible(text)));
    else if (op === "-") box.append(h("del", {}, visible(text)));
    else box.append(text);
  }
  return box;
}

/** White space that came or went alone is shown by signs, or nobody would see it. */
function visible(text) {
  return text.trim() === "" ? text.replaceAll("\n", "⏎\n").replaceAll(" ", "␣").replaceAll("\u00a0", "⍽") : text;
}

let toastTimer = 0;

/** Say something without moving the focus: politely, or at once where it is an error. */
export function announce(text, urgent = false) {
  const box = document.getElementById(urgent ? "urgent" : "polite");
  put(box, text);
  box.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => document.querySelectorAll(".toast").forEach((toast) => toast.classList.remove("shown")), urgent ? 8000 : 3500);
}

/** Say something to a screen reader alone, where the eye sees it anyway. */
export function whisper(text) {
  put(document.getElementById("unseen"), text);
}

function put(box, text) {
  box.textContent = "";
  // A reader announces a change; the same words twice are a change only if they were gone for a moment.
  requestAnimationFrame(() => { box.textContent = text; });
}

/** A function that runs once things have been quiet for some milliseconds. */
export function debounced(action, milliseconds) {
  let timer = 0;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** Text cut after some characters, with an ellipsis. */
export function cut(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
