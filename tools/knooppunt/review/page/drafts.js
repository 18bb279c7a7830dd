// Text that was typed and not saved, kept in the browser per segment until it is saved or thrown away.

const project = document.querySelector('meta[name="knooppunt-project"]')?.content ?? "";
const PREFIX = `knooppunt:draft:${project}:`;

function keyOf(ref) {
  return PREFIX + JSON.stringify([ref.locale, ref.catalog, ref.id]);
}

/** Keep targets that were typed on top of the text with this etag, and an older draft that nobody has decided on. */
export function keepDraft(ref, etag, targets, older = null) {
  try {
    localStorage.setItem(keyOf(ref), JSON.stringify({ etag, targets, at: Date.now(), older }));
    return true;
  } catch {
    return false; // full or forbidden; saving still works
  }
}

/** What was kept for a segment: {etag, targets, at, older}, or null. */
export function draftOf(ref) {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(ref)) ?? "null");
    return draft && Array.isArray(draft.targets) && draft.targets.every((text) => typeof text === "string") ? draft : null;
  } catch {
    return null;
  }
}

/** Forget what was kept for a segment, but for an older draft that nobody has decided on. */
export function dropDraft(ref, older = null) {
  try {
    if (older) localStorage.setItem(keyOf(ref), JSON.stringify(older));
    else localStorage.removeItem(keyOf(ref));
  } catch {
    // forbidden storage holds nothing
  }
}

/** The segments with unsaved text: [{locale, catalog, id}]. */
export function allDrafts() {
  const refs = [];
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (!key.startsWith(PREFIX)) continue;
      const [locale, catalog, id] = JSON.parse(key.slice(PREFIX.length));
      refs.push({ locale, catalog, id });
    }
  } catch {
    return [];
  }
  return refs.sort((one, two) => one.catalog.localeCompare(two.catalog) || one.id.localeCompare(two.id));
}
