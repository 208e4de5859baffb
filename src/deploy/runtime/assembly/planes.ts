/** Rows as columns: a picture `[pixels, channels]` as planes `[channels, pixels]`, or the other way round. */
export function transpose(x: usize, rows: i32, columns: i32, y: usize): void {
  const step = (<usize>columns) << 2;
  for (let column = 0; column < columns; column++) {
    let from = x + ((<usize>column) << 2);
    for (let row = 0; row < rows; row++) {
      store<f32>(y, load<f32>(from));
      from += step;
      y += 4;
    }
  }
}

/** Planes in the middle of larger ones, zeros around them. */
export function pad(
  x: usize,
  channels: i32,
  height: i32,
  width: i32,
  y: usize,
  top: i32,
  left: i32,
  paddedHeight: i32,
  paddedWidth: i32,
): void {
  const row = (<usize>width) << 2;
  const paddedRow = (<usize>paddedWidth) << 2;
  memory.fill(y, 0, <usize>(channels * paddedHeight) * paddedRow);
  y += <usize>top * paddedRow + ((<usize>left) << 2);
  for (let channel = 0; channel < channels; channel++) {
    for (let at = 0; at < height; at++) {
      memory.copy(y + <usize>at * paddedRow, x, row);
      x += row;
    }
    y += <usize>paddedHeight * paddedRow;
  }
}

/** `y = factor · x + offset`, of each channel its own: planes of `pixels` numbers. */
export function normalize(
  x: usize,
  channels: i32,
  pixels: i32,
  factors: usize,
  offsets: usize,
  y: usize,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const factor = load<f32>(factors + ((<usize>channel) << 2));
    const offset = load<f32>(offsets + ((<usize>channel) << 2));
    for (let pixel = 0; pixel < pixels; pixel++) {
      store<f32>(y, load<f32>(x) * factor + offset);
      x += 4;
      y += 4;
    }
  }
}
