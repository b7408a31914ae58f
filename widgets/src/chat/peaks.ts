// Peaks: a sound's shape as it comes: four bytes, little-endian, of how many peaks a second (times 1000), then a byte a peak, 0..255.

export function peaksIn(bytes: ArrayBuffer): number[] {
  return bytes.byteLength < 4 ? [0] : Array.from(new Uint8Array(bytes, 4), (peak) => peak / 255);
}
