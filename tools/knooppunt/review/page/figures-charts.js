// Charts as SVG. Each is an image with a name; the table beside it says the same, so readers lose nothing.

const SVG = "http://www.w3.org/2000/svg";

function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

function chart(width, height, name) {
  return s("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": name });
}

/** How wide charts are drawn: narrower on a phone, so that their letters stay readable. */
export const widthOfPage = () => (matchMedia("(max-width: 40rem)").matches ? 420 : 960);

const fit = (text, letters) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);

/**
 * Horizontal bars. Rows are {name, parts: [{value, kind}], said}; a limit is a line across all bars.
 * On a narrow page the name stands above its bar.
 */
export function bars(rows, { name, limit = null, limitName = "", most = null } = {}) {
  const width = widthOfPage();
  const narrow = width < 600;
  const [left, right, step, thick] = narrow ? [0, 78, 46, 14] : [250, 100, 27, 15];
  const top = limit === null ? 4 : 20;
  const height = top + rows.length * step + 4;
  const sums = rows.map((row) => row.parts.reduce((sum, part) => sum + part.value, 0));
  const end = most ?? Math.max(...sums, limit ?? 0, 0);
  const scale = end > 0 ? (width - left - right) / end : 0;
  const box = chart(width, height, name);
  rows.forEach((row, n) => {
    const y = top + n * step;
    const barY = narrow ? y + 20 : y + 5;
    box.append(narrow ? s("text", { x: 0, y: y + 14 }, fit(row.name, 46)) : s("text", { x: left - 12, y: barY + 12, "text-anchor": "end" }, fit(row.name, 36)));
    let x = left;
    for (const part of row.parts) {
      const size = part.value * scale;
      if (size <= 0) continue;
      box.append(s("rect", { class: `${part.kind} gap`, x: x.toFixed(1), y: barY, width: Math.max(size, 2).toFixed(1), height: thick }));
      x += size;
    }
    box.append(s("text", { x: (x + 8).toFixed(1), y: barY + 12, class: "quiet" }, row.said));
  });
  if (limit !== null && limit <= end) {
    const x = (left + limit * scale).toFixed(1);
    box.append(s("line", { class: "limit", x1: x, x2: x, y1: top - 2, y2: height }));
    box.append(s("text", { class: "limit-text", x, y: 13, "text-anchor": "middle" }, limitName));
  }
  return box;
}

/** Columns over days. Points are {name, value, said}; days without work have no column, but their place. */
export function columns(points, { name, unit }) {
  const width = widthOfPage();
  const height = 182;
  const [left, bottom, top] = [52, 24, 28];
  const most = nice(Math.max(...points.map((point) => point.value), 1));
  const box = chart(width, height, name);
  for (const value of [0, most / 2, most]) {
    const y = top + (height - top - bottom) * (1 - value / most);
    box.append(s("line", { class: "axis", x1: left, x2: width, y1: y, y2: y }));
    box.append(s("text", { class: "quiet", x: left - 8, y: y + 4, "text-anchor": "end" }, value.toLocaleString()));
  }
  box.append(s("text", { class: "quiet", x: left - 8, y: 12, "text-anchor": "end" }, unit));
  const step = (width - left) / points.length;
  const size = Math.min(step * 0.7, 40);
  const every = Math.ceil(72 / step);
  points.forEach((point, n) => {
    const tall = ((height - top - bottom) * point.value) / most;
    const x = left + n * step + (step - size) / 2;
    if (tall > 0) box.append(s("rect", { class: "bar", x: x.toFixed(1), y: (height - bottom - tall).toFixed(1), width: size.toFixed(1), height: Math.max(tall, 1).toFixed(1) }, s("title", {}, point.said)));
    if (n % every === 0) box.append(s("text", { class: "quiet", x: (x + size / 2).toFixed(1), y: height - 8, "text-anchor": "middle" }, point.name));
  });
  return box;
}

function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 10].map((n) => n * power).find((n) => n >= value);
}

/** The colours of a chart with their names. */
export function legend(h, kinds) {
  return h(
    "ul",
    { class: "legend" },
    kinds.map(([kind, name]) => h("li", {}, s("svg", { class: "chart", viewBox: "0 0 10 10", "aria-hidden": "true" }, s("rect", { class: kind, width: 10, height: 10, rx: 2 })), name)),
  );
}
