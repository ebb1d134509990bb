// Plays one answer at a time.

const element = new Audio();
let onStop = () => {};

element.addEventListener("ended", stopPlaying);

/** A URL that can be played, from the `audio` of an answer. */
export function audioUrl({ base64, content_type }) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: content_type }));
}

/** Stops what is playing and plays `url`; `stopped` is called once, when it ends or is stopped. */
export async function play(url, stopped) {
  stopPlaying();
  onStop = stopped;
  element.src = url;
  try {
    await element.play();
  } catch (error) {
    // AbortError: another answer came between. Anything else: the browser wants a tap first.
    if (error.name !== "AbortError") stopPlaying();
  }
}

/** Silence at once. */
export function stopPlaying() {
  element.pause();
  const stopped = onStop;
  onStop = () => {};
  stopped();
}
