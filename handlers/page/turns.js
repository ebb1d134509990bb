// One question after the other: a new one ends what is under way.

import { CallFailed } from "/page/api.js";
import { Turn } from "/page/conversation.js";
import { enter, phase } from "/page/phase.js";
import { stopPlaying } from "/page/player.js";

const FRIENDLY = { 0: "error_network", 401: "error_unauthorized", 403: "error_unauthorized", 429: "error_busy", 503: "error_busy" };
let underWay = null;

/** Ends a question that waits for its answer, and silences one that is being answered. */
export function endTurn() {
  underWay?.abort();
  stopPlaying();
}

/**
 * Sends one question and shows what comes back.
 * question: {text, language}, or null when it is spoken; send(signal): the call.
 */
export async function runTurn(question, send) {
  endTurn();
  const mine = (underWay = new AbortController());
  document.body.classList.add("has-turns");
  document.getElementById("welcome").hidden = true;
  const turn = new Turn(document.getElementById("conversation"), question, followAudio);
  enter("thinking");
  try {
    const answer = await send(mine.signal);
    mine.signal.throwIfAborted();
    leaveThinking(mine);
    turn.complete(answer);
  } catch (error) {
    leaveThinking(mine);
    if (error.name === "AbortError") turn.remove();
    else if (error instanceof CallFailed) showFailure(turn, error, question, send);
    else throw error;
  }
}

function leaveThinking(mine) {
  if (underWay !== mine) return;
  underWay = null;
  if (phase() === "thinking") enter("ready");
}

function followAudio(isPlaying) {
  if (isPlaying) enter("speaking");
  else if (phase() === "speaking") enter("ready");
}

function showFailure(turn, error, question, send) {
  const friendly = FRIENDLY[error.status] ?? (error.status < 500 ? "error_rejected" : "error_server");
  turn.fail(friendly, error, () => {
    turn.remove();
    runTurn(question, send);
  });
  if (friendly === "error_unauthorized") askForKey();
}

function askForKey() {
  document.getElementById("settings").open = true;
  document.getElementById("key").focus({ preventScroll: true });
}
