// Writes samples as a WAV file: 16-bit little-endian PCM, one channel.

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

/** `blocks` are Float32Arrays from -1 to 1 at `rate` Hz. Returns an ArrayBuffer. */
export function encodeWav(blocks, rate) {
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const file = new DataView(new ArrayBuffer(HEADER_BYTES + length * BYTES_PER_SAMPLE));
  writeHeader(file, length * BYTES_PER_SAMPLE, rate);
  let offset = HEADER_BYTES;
  for (const block of blocks) {
    for (const sample of block) {
      file.setInt16(offset, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true);
      offset += BYTES_PER_SAMPLE;
    }
  }
  return file.buffer;
}

function writeHeader(file, dataBytes, rate) {
  writeLetters(file, 0, "RIFF");
  file.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  writeLetters(file, 8, "WAVEfmt ");
  file.setUint32(16, 16, true); // bytes of the format chunk
  file.setUint16(20, 1, true); // PCM
  file.setUint16(22, 1, true); // channels
  file.setUint32(24, rate, true);
  file.setUint32(28, rate * BYTES_PER_SAMPLE, true);
  file.setUint16(32, BYTES_PER_SAMPLE, true);
  file.setUint16(34, BYTES_PER_SAMPLE * 8, true);
  writeLetters(file, 36, "data");
  file.setUint32(40, dataBytes, true);
}

function writeLetters(file, offset, letters) {
  [...letters].forEach((letter, index) => file.setUint8(offset + index, letter.charCodeAt(0)));
}
