// Shows the turns: what was asked, what was answered, how long it took.

import { audioUrl, play, stopPlaying } from "/page/player.js";
import { count, markLanguage, nativeName, pageLanguage, showText, text, textElement } from "/page/texts.js";

const TIMINGS = ["decode", "recognize", "answer", "synthesize", "total"];

export class Turn {
  #playing = false;
  #url = null;

  /** `question` is null for a spoken turn, whose words are not known yet; `onPlaying(isPlaying)` follows the audio. */
  constructor(log, question, onPlaying) {
    this.onPlaying = onPlaying;
    this.element = document.createElement("article");
    this.element.className = "turn";
    if (question !== null) this.element.append(this.#said("asked", question.text, question.language));
    this.waiting = document.createElement("span");
    this.waiting.className = "waiting";
    this.waiting.setAttribute("aria-hidden", "true");
    this.waiting.append(...[1, 2, 3].map(() => document.createElement("i")));
    this.element.append(this.waiting);
    log.append(this.element);
    this.reveal();
  }

  /** Brings the turn into view. */
  reveal() {
    this.element.scrollIntoView({ block: "start" });
  }

  remove() {
    this.element.remove();
  }

  /** Fills in what the server answered and plays it. */
  complete({ transcript, reply, audio, timings }) {
    this.waiting.remove();
    if (transcript) this.element.append(this.#heard(transcript));
    this.element.append(this.#unseen("answer"), textElement("p", "answer", reply.text, reply.language));
    this.element.append(this.#foot(audio, timings));
    this.reveal();
    if (audio) this.#play();
  }

  /** Shows a friendly line, what the server said, and a way to try again. */
  fail(friendly, { message, code, requestId }, retry) {
    this.waiting.remove();
    const line = textElement("p", "failure", text(friendly));
    line.setAttribute("role", "alert");
    const detail = [message, code && `(${code})`].filter(Boolean).join(" ");
    if (detail) line.append(textElement("small", "", detail, "en"));
    if (requestId) line.append(textElement("small", "", text("request_id", { id: requestId })));
    this.element.append(line, this.#button("retry", retry));
    this.reveal();
  }

  #heard({ text: words, language, is_understood }) {
    if (words) return this.#said("heard", words, language);
    return textElement("p", "said", text(is_understood ? "heard_nothing" : "heard_unclear"));
  }

  #said(label, words, language) {
    const line = document.createElement("p");
    line.className = "said";
    line.append(this.#unseen(label), textElement("b", "", words, language || "und"));
    if (language) line.append(textElement("span", "tag", nativeName(language), language));
    return line;
  }

  #unseen(label) {
    return textElement("span", "unseen", `${text(label)}: `);
  }

  #foot(audio, timings) {
    const foot = document.createElement("div");
    foot.className = "foot";
    if (audio) {
      this.#url = audioUrl(audio);
      this.replay = this.#button("replay", () => (this.#playing ? stopPlaying() : this.#play()));
      foot.append(this.replay);
    }
    foot.append(times(timings));
    return foot;
  }

  #button(label, pressed) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    showText(button, label);
    button.addEventListener("click", pressed);
    return button;
  }

  #play() {
    play(this.#url, () => this.#show(false));
    this.#show(true);
  }

  #show(isPlaying) {
    this.#playing = isPlaying;
    showText(this.replay, isPlaying ? "stop" : "replay");
    this.onPlaying(isPlaying);
  }
}

function times(timings) {
  const line = document.createElement("span");
  line.className = "times";
  markLanguage(line, pageLanguage());
  for (const name of TIMINGS.filter((known) => Number.isFinite(timings?.[`${known}_ms`]))) {
    const milliseconds = text("milliseconds", { count: count(timings[`${name}_ms`]) });
    line.append(textElement("span", "", `${text(`timing_${name}`)} ${milliseconds}`));
  }
  return line;
}
