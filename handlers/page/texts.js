// The texts of the page, in the language that the reader chose.

let table = {};
let chosen = "en";

/** Fetches the table of texts; call it once, before anything else here. */
export async function loadTexts() {
  table = await (await fetch("/page/texts.json")).json();
}

/** Codes and native names of the languages, in the order of the table. */
export function languages() {
  return Object.entries(table).map(([code, { native }]) => ({ code, native }));
}

/** The name that a language has in its own script, or its code where the page does not know it. */
export function nativeName(code) {
  return table[code]?.native ?? code;
}

/** Code of the page's language. */
export function pageLanguage() {
  return chosen;
}

/** The suggested questions in the page's language. */
export function questions() {
  return table[chosen].questions;
}

/** The first language of `wanted` (codes as browsers give them) that the page has, else English. */
export function bestLanguage(wanted) {
  return wanted.map((code) => (code ?? "").toLowerCase().split("-")[0]).find((code) => code in table) ?? "en";
}

/** One text, with `{name}` replaced from `values`. */
export function text(key, values = {}) {
  return table[chosen].texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A number in the digits of the page's language. */
export function count(number) {
  return new Intl.NumberFormat(`${chosen}-IN`, { maximumFractionDigits: 0 }).format(number);
}

/** Says in which language an element's text is, for fonts and screen readers. */
export function markLanguage(element, code) {
  element.lang = code;
  element.dir = table[code]?.dir ?? "auto";
}

/** An element of the given class whose text is in `code`. */
export function textElement(tag, className, content, code = chosen) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = content;
  markLanguage(element, code);
  return element;
}

/** Writes a text that follows when the page's language changes. */
export function showText(element, key, values = {}) {
  element.dataset.text = key;
  element.dataset.values = JSON.stringify(values);
  element.textContent = text(key, values);
  markLanguage(element, chosen);
}

/** Puts the whole page into one language. */
export function usePageLanguage(code) {
  chosen = code;
  markLanguage(document.documentElement, code);
  for (const element of document.querySelectorAll("[data-text]")) {
    showText(element, element.dataset.text, JSON.parse(element.dataset.values ?? "{}"));
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) {
    element.placeholder = text(element.dataset.placeholder);
  }
}
