// Talking to the server. Every failure is an ApiError with a sentence and a way out.
import { t } from "./words.js";

const token = document.querySelector('meta[name="knooppunt-token"]')?.content ?? "";

/** What went wrong: a status (0 where the server did not answer), a code, a sentence, a way out, and the whole answer. */
export class ApiError extends Error {
  constructor(status, body) {
    const error = body?.error ?? {};
    super(error.message || t("error.unknown", { status }));
    this.status = status;
    this.code = error.code ?? "";
    this.hint = error.hint ?? "";
    this.body = body;
  }
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", redirect: "error", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, { error: { code: "offline", message: t("error.offline"), hint: t("error.offline.hint") } });
  }
  let body = null;
  try {
    body = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
  }
  if (!response.ok) throw new ApiError(response.status, body);
  return body;
}

/** GET with the values that are not empty as the query. */
export function get(path, values = {}, signal = undefined) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== "" && value !== null && value !== undefined && value !== false) query.set(name, String(value));
  }
  const text = query.toString();
  return ask(text ? `${path}?${text}` : path, { signal });
}

/** POST as JSON, with the token, and the etag where something is written. */
export function post(path, body, { etag = "", signal = undefined } = {}) {
  const headers = { "Content-Type": "application/json", "X-Knooppunt-Token": token };
  if (etag) headers["If-Match"] = etag;
  return ask(path, { method: "POST", headers, body: JSON.stringify(body), signal });
}

/** Whether two references are of the same segment. */
export function sameRef(one, two) {
  return Boolean(one && two) && one.locale === two.locale && one.catalog === two.catalog && one.id === two.id;
}

/** The address of a page about a segment. */
export function address(path, ref, values = {}) {
  return `${path}?${new URLSearchParams({ ...ref, ...values })}`;
}
