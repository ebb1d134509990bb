// The talk button: hold to talk, or tap to start and tap to stop. Pointer, Space, Enter and screen readers alike.

// A shorter press is a tap.
const HOLD_MILLISECONDS = 350;

/** `isOpen()` says whether the microphone is open or opening, `isListening()` whether it hears already. */
export function onPress(button, { start, finish, isOpen, isListening }) {
  let since = null;

  function down() {
    since = isOpen() ? null : performance.now();
    if (since === null) finish();
    else start();
  }

  function up() {
    // Who lets go before the microphone hears has answered the browser's question about it: as after a tap.
    const isHeld = since !== null && performance.now() - since >= HOLD_MILLISECONDS && isListening();
    since = null;
    if (isHeld) finish();
  }

  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    down();
  });
  button.addEventListener("pointerup", up);
  button.addEventListener("pointercancel", up);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  for (const [type, act] of [["keydown", down], ["keyup", up]]) {
    button.addEventListener(type, (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      if (!event.repeat) act();
    });
  }
  button.addEventListener("click", (event) => {
    if (event.detail !== 0) return; // of a pointer, handled above; screen readers click without one
    down();
    since = null;
  });
}
