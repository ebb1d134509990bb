// Calls of the server.

const KEY = "bharatvoice-api-key";

/** A call that did not succeed. `status` is 0 when no server answered. */
export class CallFailed extends Error {
  constructor(status, { message = "", code = "" } = {}, requestId = "") {
    super(message);
    Object.assign(this, { status, code, requestId });
  }
}

/** Keeps the API key for this tab; an empty one is forgotten. */
export function keepKey(key) {
  if (key) sessionStorage.setItem(KEY, key);
  else sessionStorage.removeItem(KEY);
}

/** The API key of this tab, or an empty text. */
export function keptKey() {
  return sessionStorage.getItem(KEY) ?? "";
}

/** Which model listens; throws CallFailed with status 503 while the server starts. */
export function ready() {
  return call("/health/ready");
}

/** The answer to a typed question. `language` is a code, or empty to let the server find out. */
export function ask(question, language, signal) {
  const body = { text: question, speak: true, format: "mp3", ...(language && { language }) };
  return call("/v1/ask", post(JSON.stringify(body), "application/json", signal));
}

/** The answer to a spoken question: a WAV Blob. */
export function askAloud(recording, language, signal) {
  const query = new URLSearchParams({ format: "mp3", ...(language && { language }) });
  return call(`/v1/voice?${query}`, post(recording, "audio/wav", signal));
}

function post(body, contentType, signal) {
  const key = keptKey();
  const headers = { "content-type": contentType, ...(key && { authorization: `Bearer ${key}` }) };
  return { method: "POST", body, signal, headers };
}

async function call(path, options = {}) {
  const response = await fetch(path, options).catch((error) => {
    throw error.name === "AbortError" ? error : new CallFailed(0);
  });
  const requestId = response.headers.get("x-request-id") ?? "";
  // A proxy in between may answer with a page instead of JSON.
  const body = await response.json().catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new CallFailed(response.ok ? 502 : response.status, {}, requestId);
  });
  if (!response.ok) throw new CallFailed(response.status, body.error, requestId);
  return body;
}
