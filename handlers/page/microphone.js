// Opens the microphone for one utterance and closes it again, so that its light goes out.

import { encodeWav } from "/page/wav.js";

/** Seconds after which an utterance ends by itself. */
export const LONGEST_SECONDS = 30;

// A person often lets go of the button on the last syllable.
const TAIL_MILLISECONDS = 200;

/**
 * Starts listening. `onLevel(level, seconds)` is called for every block, level from 0 to 1.
 * `isRaw` takes the microphone's signal without the browser's cleaning.
 * Throws the DOMException of getUserMedia, or one named InsecureContext where there is no getUserMedia.
 */
export async function openMicrophone({ isRaw, onLevel }) {
  if (!navigator.mediaDevices) throw new DOMException("needs https or localhost", "InsecureContext");
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: !isRaw, noiseSuppression: !isRaw, autoGainControl: !isRaw },
  });
  const context = new AudioContext();
  const utterance = new Utterance(stream, context, onLevel);
  try {
    await utterance.connect();
  } catch (error) {
    utterance.close();
    throw error;
  }
  return utterance;
}

class Utterance {
  #blocks = [];
  #samples = 0;

  constructor(stream, context, onLevel) {
    this.stream = stream;
    this.context = context;
    this.onLevel = onLevel;
  }

  get seconds() {
    return this.#samples / this.context.sampleRate;
  }

  async connect() {
    await this.context.audioWorklet.addModule("/page/capture-worklet.js");
    await this.context.resume();
    const capture = new AudioWorkletNode(this.context, "capture", { channelCount: 1, channelCountMode: "explicit" });
    capture.port.onmessage = ({ data }) => this.#take(data);
    // Some browsers run only what leads to the loudspeaker; the worklet writes silence there.
    this.context.createMediaStreamSource(this.stream).connect(capture).connect(this.context.destination);
  }

  #take(block) {
    if (this.seconds >= LONGEST_SECONDS) return;
    this.#blocks.push(block);
    this.#samples += block.length;
    this.onLevel(levelOf(block), this.seconds);
  }

  /** Ends the utterance and returns it as a WAV Blob. */
  async finish() {
    if (this.seconds < LONGEST_SECONDS) await new Promise((resolve) => setTimeout(resolve, TAIL_MILLISECONDS));
    this.close();
    return new Blob([encodeWav(this.#blocks, this.context.sampleRate)], { type: "audio/wav" });
  }

  /** Lets go of the microphone. */
  close() {
    this.stream.getTracks().forEach((track) => track.stop());
    if (this.context.state !== "closed") this.context.close();
  }
}

// Loudness from -50 dB (0) to -10 dB (1): the range in which people speak to a device.
function levelOf(block) {
  const power = block.reduce((sum, sample) => sum + sample * sample, 0) / block.length;
  return Math.max(0, Math.min(1, (10 * Math.log10(power + 1e-10) + 50) / 40));
}
