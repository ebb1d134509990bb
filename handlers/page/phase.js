// What the page is doing: ready, opening, listening, thinking or speaking.

import { showText } from "/page/texts.js";

const main = document.querySelector("main");

/** The present phase. */
export function phase() {
  return main.dataset.phase;
}

/** Enters a phase; `note` is the key of the line under the button, where it is not the phase's own. */
export function enter(next, note = `status_${next}`) {
  main.dataset.phase = next;
  document.getElementById("talk").setAttribute("aria-pressed", String(next === "listening" || next === "opening"));
  showText(document.getElementById("status"), note);
}
