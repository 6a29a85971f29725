import { createFrame, createPlane, sample, type Frame, type Plane } from "./frame";

/** One running-mean pass along rows of `count` interleaved channels; edges repeat. */
function boxRows(src: Float32Array, dst: Float32Array, width: number, height: number, channels: number, r: number): void {
  const n = 1 / (2 * r + 1);
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < channels; c++) {
      const row = y * width * channels + c;
      const first = src[row]!, last = src[row + (width - 1) * channels]!;
      let sum = first * (r + 1);
      for (let i = 0; i < r; i++) sum += src[row + Math.min(i, width - 1) * channels]!;
      for (let x = 0; x < width; x++) {
        sum += (x + r < width ? src[row + (x + r) * channels]! : last) - (x - r - 1 >= 0 ? src[row + (x - r - 1) * channels]! : first);
        dst[row + x * channels] = sum * n;
      }
    }
  }
}

/** The same along columns, walking row by row so that memory is read in order. */
function boxColumns(src: Float32Array, dst: Float32Array, width: number, height: number, channels: number, r: number): void {
  const n = 1 / (2 * r + 1), stride = width * channels;
  const sum = new Float64Array(stride);
  for (let i = 0; i < stride; i++) sum[i] = src[i]! * (r + 1);
  for (let y = 0; y < r; y++) {
    const row = Math.min(y, height - 1) * stride;
    for (let i = 0; i < stride; i++) sum[i]! += src[row + i]!;
  }
  for (let y = 0; y < height; y++) {
    const add = Math.min(y + r, height - 1) * stride, drop = Math.max(y - r - 1, 0) * stride, row = y * stride;
    for (let i = 0; i < stride; i++) {
      const s = sum[i]! + src[add + i]! - src[drop + i]!;
      sum[i] = s;
      dst[row + i] = s * n;
    }
  }
}

function blurChannels(data: Float32Array, width: number, height: number, channels: number, rx: number, ry: number): void {
  const spare = new Float32Array(data.length);
  const a = Math.round(rx * 0.6), b = Math.round(ry * 0.6);
  // Three box passes come close to a Gaussian.
  for (let pass = 0; pass < 3; pass++) {
    if (a > 0) {
      boxRows(data, spare, width, height, channels, a);
      data.set(spare);
    }
    if (b > 0) {
      boxColumns(data, spare, width, height, channels, b);
      data.set(spare);
    }
  }
}

/** Blurs in place; `rx` and `ry` are about one standard deviation in pixels. */
export function blurFrame(frame: Frame, rx: number, ry = rx): Frame {
  blurChannels(frame.data, frame.width, frame.height, 3, rx, ry);
  return frame;
}

/** Blurs a plane in place. */
export function blurPlane(plane: Plane, rx: number, ry = rx): Plane {
  blurChannels(plane.data, plane.width, plane.height, 1, rx, ry);
  return plane;
}

/** Averages blocks of k by k pixels. */
export function shrink(frame: Frame, k: number): Frame {
  const width = Math.max(2, Math.floor(frame.width / k)), height = Math.max(2, Math.floor(frame.height / k));
  const small = createFrame(width, height);
  const n = 1 / (k * k);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let r = 0, g = 0, b = 0;
      for (let j = 0; j < k; j++) {
        let i = ((y * k + j) * frame.width + x * k) * 3;
        for (let e = 0; e < k; e++, i += 3) {
          r += frame.data[i]!;
          g += frame.data[i + 1]!;
          b += frame.data[i + 2]!;
        }
      }
      const o = (y * width + x) * 3;
      small.data[o] = r * n;
      small.data[o + 1] = g * n;
      small.data[o + 2] = b * n;
    }
  }
  return small;
}

/** Stretches a frame to another size, bilinearly. */
export function stretch(frame: Frame, width: number, height: number): Frame {
  const large = createFrame(width, height);
  const out = new Float32Array(3);
  const sx = frame.width / width, sy = frame.height / height;
  for (let y = 0, k = 0; y < height; y++) {
    for (let x = 0; x < width; x++, k += 3) {
      sample(frame, (x + 0.5) * sx - 0.5, (y + 0.5) * sy - 0.5, out);
      large.data[k] = out[0]!;
      large.data[k + 1] = out[1]!;
      large.data[k + 2] = out[2]!;
    }
  }
  return large;
}

/** A plane cut out of a frame-sized buffer of bytes. */
export function planeOfBytes(bytes: Uint8Array, width: number, height: number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = bytes[i]! / 255;
  return plane;
}
