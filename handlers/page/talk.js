// From a pressed button to a question on its way.

import { askAloud } from "/page/api.js";
import { Kolam } from "/page/kolam.js";
import { LONGEST_SECONDS, openMicrophone } from "/page/microphone.js";
import { enter, phase } from "/page/phase.js";
import { onPress } from "/page/press.js";
import { showText } from "/page/texts.js";
import { endTurn, runTurn } from "/page/turns.js";

const SHORTEST_SECONDS = 0.3;
const PROBLEMS = {
  NotAllowedError: "error_microphone_denied",
  InsecureContext: "error_microphone_insecure",
};
const isRaw = new URLSearchParams(location.search).has("raw");
const kolam = new Kolam(document.getElementById("kolam"));
const clock = document.getElementById("clock");
const problem = document.getElementById("problem");

let language = () => "";
let attempt = 0; // counts presses, so that a late microphone knows that it is no longer wanted
let utterance = null;

/** Makes the button talk; `speechLanguage()` gives the code of the chosen language, or an empty text. */
export function setUpTalk(button, speechLanguage) {
  language = speechLanguage;
  const isOpen = () => ["opening", "listening"].includes(phase());
  onPress(button, { start, finish, isOpen, isListening: () => phase() === "listening" });
  document.addEventListener("visibilitychange", () => document.hidden && isOpen() && cancelTalk());
}

/** Ends whatever is going on, without sending anything. */
export function cancelTalk() {
  const isIdle = phase() === "ready";
  endTurn();
  letGo();
  if (!isIdle) enter("ready", "status_cancelled");
}

function letGo() {
  attempt += 1;
  utterance?.close();
  utterance = null;
  clock.textContent = "";
  kolam.rest();
}

async function start() {
  endTurn();
  letGo();
  const mine = attempt;
  problem.replaceChildren();
  enter("opening");
  try {
    const opened = await openMicrophone({ isRaw, onLevel });
    if (mine !== attempt) return opened.close();
    utterance = opened;
    enter("listening");
  } catch (error) {
    if (mine !== attempt) return;
    enter("ready");
    showText(problem, PROBLEMS[error.name] ?? "error_microphone_missing");
  }
}

function onLevel(level, seconds) {
  kolam.push(level);
  const whole = String(Math.floor(seconds)).padStart(2, "0");
  clock.textContent = `0:${whole} / 0:${LONGEST_SECONDS}`;
  if (seconds >= LONGEST_SECONDS && phase() === "listening") finish();
}

async function finish() {
  const mine = attempt;
  const spoken = utterance;
  if (!spoken) return cancelTalk();
  enter("thinking");
  const recording = await spoken.finish();
  if (mine !== attempt) return;
  letGo();
  if (spoken.seconds < SHORTEST_SECONDS) return enter("ready", "status_short");
  const code = language();
  runTurn(null, (signal) => askAloud(recording, code, signal));
}
