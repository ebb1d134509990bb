// Puts the page together: language, model, settings, typed questions. Talking is in talk.js.

import { ask, CallFailed, keepKey, keptKey, ready } from "/page/api.js";
import { cancelTalk, setUpTalk } from "/page/talk.js";
import {
  bestLanguage, languages, loadTexts, pageLanguage, questions, showText, textElement, usePageLanguage,
} from "/page/texts.js";
import { runTurn } from "/page/turns.js";

const LANGUAGE = "bharatvoice-page-language";
const DEMO_MODEL = "starter-synthetic";
const RETRY_MILLISECONDS = 3000;
const byId = (id) => document.getElementById(id);

await loadTexts();
setUpPageLanguage();
setUpSpeechLanguages();
setUpQuestions();
setUpKey();
setUpTalk(byId("talk"), speechLanguage);
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  byId("settings").open = false;
  cancelTalk();
});
showText(byId("model"), "model_checking");
showModel();

function setUpPageLanguage() {
  const select = byId("page-language");
  for (const { code, native } of languages()) {
    const option = textElement("option", "", native, code);
    option.value = code;
    select.append(option);
  }
  select.addEventListener("change", () => {
    localStorage.setItem(LANGUAGE, select.value);
    changeLanguage(select.value);
  });
  select.value = bestLanguage([localStorage.getItem(LANGUAGE), ...navigator.languages]);
  changeLanguage(select.value);
}

function changeLanguage(code) {
  usePageLanguage(code);
  byId("questions").replaceChildren(...questions().map(chip));
}

function chip(question) {
  const button = textElement("button", "chip", question);
  button.type = "button";
  const language = pageLanguage();
  button.addEventListener("click", () => askInWriting(question, language));
  return button;
}

function setUpSpeechLanguages() {
  const pills = languages().map(({ code, native }) => pill(code, textElement("span", "", native, code)));
  const detect = document.createElement("span");
  showText(detect, "detect");
  byId("speech-languages").append(pill("", detect), ...pills);
}

function pill(code, label) {
  const element = document.createElement("label");
  element.className = "pill";
  const radio = document.createElement("input");
  Object.assign(radio, { type: "radio", name: "speech-language", value: code, checked: code === "", className: "unseen" });
  element.append(radio, label);
  return element;
}

function speechLanguage() {
  return document.querySelector("[name=speech-language]:checked").value;
}

function setUpQuestions() {
  byId("question-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const question = byId("question").value.trim();
    if (question) askInWriting(question, speechLanguage());
    byId("question").value = "";
  });
}

function askInWriting(question, language) {
  cancelTalk();
  runTurn({ text: question, language }, (signal) => ask(question, language, signal));
}

function setUpKey() {
  byId("key").value = keptKey();
  byId("key-form").addEventListener("submit", (event) => {
    event.preventDefault();
    keepKey(byId("key").value.trim());
    byId("settings").open = false;
    byId("talk").focus({ preventScroll: true });
    showText(byId("status"), "key_saved");
  });
}

async function showModel() {
  try {
    const { model } = await ready();
    const isDemo = model === DEMO_MODEL;
    byId("model").dataset.kind = isDemo ? "demo" : "named";
    showText(byId("model"), isDemo ? "model_demo" : "model_named", { model });
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    showText(byId("model"), error.status === 503 ? "model_starting" : "model_unreachable");
    setTimeout(showModel, RETRY_MILLISECONDS);
  }
}
