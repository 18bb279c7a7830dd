// Chips: the pieces of a source that a translation must hold as they are. Pure functions over strings.

/** The pieces of a chip: what must stand in the text. A link is "[" and "](url)", code is one piece. */
export function piecesOf(chip) {
  if (chip.caret === null || chip.caret === undefined || chip.caret <= 0 || chip.caret >= chip.text.length) return [chip.text];
  return [chip.text.slice(0, chip.caret), chip.text.slice(chip.caret)];
}

/** A chip as people read it: what goes between its pieces is three dots. */
export function nameOf(chip) {
  return piecesOf(chip).join("…");
}

/** The piece that tells one chip from another: the longer of its two. */
function mainPiece(chip) {
  const [first, second = ""] = piecesOf(chip);
  return second.length >= first.length ? second : first;
}

/**
 * Where chips stand in a text: [{start, end, n, chip, whole}], sorted, not overlapping.
 * Each chip takes one place as long as there are places; where a text holds a chip more often than its source, the
 * further places are chips too, with the number of the first.
 */
export function placesOf(text, chips) {
  const taken = [];
  const free = (start, end) => taken.every((place) => end <= place.start || start >= place.end);
  const longest = [...chips].sort((one, two) => mainPiece(two).length - mainPiece(one).length || one.n - two.n);
  const seen = new Set();
  for (const chip of longest) {
    const main = mainPiece(chip);
    if (!main || seen.has(chip.text)) continue;
    seen.add(chip.text);
    const numbers = chips.filter((other) => other.text === chip.text);
    const pieces = piecesOf(chip);
    const paired = pieces.length === 2 && pieces[0] === pieces[1];
    let count = 0;
    for (let at = text.indexOf(main); at >= 0; at = text.indexOf(main, at + main.length)) {
      const end = at + main.length;
      if (!free(at, end)) continue;
      const owner = numbers[Math.min(Math.floor(paired ? count / 2 : count), numbers.length - 1)];
      taken.push({ start: at, end, n: owner.n, chip: owner });
      count += 1;
      if (pieces.length === 2 && !paired && main === pieces[1]) {
        const opening = openingOf(text, at, pieces[0]);
        if (opening >= 0 && free(opening, opening + pieces[0].length)) {
          taken.push({ start: opening, end: opening + pieces[0].length, n: owner.n, chip: owner, opening: true });
        }
      }
    }
  }
  return taken.sort((one, two) => one.start - two.start);
}

/** Where the opening piece before a closing one stands, brackets counted; -1 where there is none. */
function openingOf(text, before, opening) {
  if (opening !== "[" && opening !== "![") return text.lastIndexOf(opening, before - opening.length);
  let depth = 0;
  for (let at = before - 1; at >= 0; at -= 1) {
    if (text[at] === "]") depth += 1;
    else if (text[at] === "[") {
      if (depth === 0) return opening === "![" && text[at - 1] === "!" ? at - 1 : opening === "[" ? at : -1;
      depth -= 1;
    }
  }
  return -1;
}

/**
 * The chips that a text lacks: [{chip, instead}], where `instead` is what stands there in a shape that the chip has
 * too and that the source has nowhere: most likely what the chip was changed into.
 */
export function missingFrom(text, chips) {
  const missing = [];
  const counts = new Map();
  for (const place of placesOf(text, chips)) {
    if (!place.opening) counts.set(place.chip.text, (counts.get(place.chip.text) ?? 0) + 1);
  }
  for (const chip of chips) {
    const pieces = piecesOf(chip);
    const needed = pieces.length === 2 && pieces[0] === pieces[1] ? 2 : 1;
    const left = counts.get(chip.text) ?? 0;
    if (left >= needed) counts.set(chip.text, left - needed);
    else if (chip.kind === "emphasis" && text.split(mainPiece(chip).replaceAll("*", "_")).length > needed) continue; // _so_ is *so*
    else missing.push({ chip, instead: "" });
  }
  if (!missing.length) return missing;
  const strangers = strangersIn(text, chips);
  for (const item of missing) {
    const index = strangers.findIndex((stranger) => shapeOf(stranger) === shapeOf(mainPiece(item.chip)));
    if (index >= 0) item.instead = strangers.splice(index, 1)[0];
  }
  return missing;
}

const SHAPED = /`[^`\n]+`?|\]\([^)\n]*\)?|\{[^}\n]*\}?|<[^>\n]{1,200}>|%(?:\([^)\n]*\))?[a-z]/gi;

/** What looks like a chip and is none. */
function strangersIn(text, chips) {
  const places = placesOf(text, chips);
  return [...text.matchAll(SHAPED)]
    .filter((match) => places.every((place) => match.index >= place.end || match.index + match[0].length <= place.start))
    .map((match) => match[0]);
}

function shapeOf(piece) {
  return piece.startsWith("](") ? "](" : piece[0];
}

/**
 * What a Backspace or Delete without a selection must take away: {start, end, chip} of the chip at whose edge, or in
 * which, the caret stands, or null where an ordinary key press is right.
 */
export function chipToDelete(text, chips, caret, forward) {
  for (const place of placesOf(text, chips)) {
    if (place.end - place.start < 2) continue;
    const hit = forward ? caret >= place.start && caret < place.end : caret > place.start && caret <= place.end;
    if (hit) return place;
  }
  return null;
}
