// Keys: written as in the configuration ("Ctrl+Shift+Enter", "Alt+1…9"), matched against events, shown to people.

const NAMED = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Enter: "Enter", Escape: "Esc" };

/** One key as {ctrl, alt, shift, meta, key, range}. */
export function parseKey(text) {
  const parts = text.trim().split("+").map((part) => part.trim());
  const last = parts.pop() || "+";
  const has = (...names) => parts.some((part) => names.includes(part.toLowerCase()));
  const range = /^1(?:…|\.\.\.?|-)9$/.test(last);
  return {
    ctrl: has("ctrl", "control"),
    alt: has("alt", "option"),
    shift: has("shift"),
    meta: has("meta", "cmd", "command"),
    key: range ? "1…9" : last,
    range,
  };
}

/** True, or the digit for a range of digits, if the event is that key. */
export function matches(wanted, event) {
  if (wanted.alt !== event.altKey || wanted.meta !== event.metaKey || wanted.ctrl !== event.ctrlKey) return false;
  const sign = wanted.key.length === 1 && !/[a-z0-9]/i.test(wanted.key);
  if (!sign && wanted.shift !== event.shiftKey) return false;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1] ?? (/^[0-9]$/.test(event.key) ? event.key : "");
  if (wanted.range) return digit >= "1" && digit <= "9" ? Number(digit) : false;
  if (/^[0-9]$/.test(wanted.key)) return digit === wanted.key;
  if (event.key.toLowerCase() === wanted.key.toLowerCase()) return true;
  // Alt makes another letter of a key on some keyboards, so the place of the key counts too.
  return wanted.alt && /^[a-z]$/i.test(wanted.key) && event.code === `Key${wanted.key.toUpperCase()}`;
}

/** A key as people read it: a list of caps. */
export function caps(text) {
  const key = parseKey(text);
  const list = [key.ctrl && "Ctrl", key.alt && "Alt", key.shift && "Shift", key.meta && "⌘"].filter(Boolean);
  return [...list, NAMED[key.key] ?? (key.key.length === 1 ? key.key.toUpperCase() : key.key)];
}

/** The bindings {action: key} as a function from an event to [action, digit or 0], or null. */
export function binder(bindings) {
  const table = [];
  for (const [action, value] of Object.entries(bindings)) {
    for (const text of Array.isArray(value) ? value : [value]) {
      if (text) table.push([action, parseKey(text)]);
    }
  }
  return (event) => {
    for (const [action, key] of table) {
      const bare = !key.ctrl && !key.alt && !key.meta && !/^F[0-9]+$/.test(key.key);
      if (bare && isTyping(event.target)) continue;
      const found = matches(key, event);
      if (found) return [action, found === true ? 0 : found];
    }
    return null;
  };
}

/** True where letters are typed into the target. */
export function isTyping(target) {
  return target instanceof Element && target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}

/** The first key of an action as text, or "". */
export function keyOf(bindings, action) {
  const value = bindings[action];
  return (Array.isArray(value) ? value[0] : value) ?? "";
}
