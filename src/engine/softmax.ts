/** Turns rows of logits into probabilities, in place. */
export function softmaxRows(values: Float32Array, width: number): void {
  for (let start = 0; start < values.length; start += width) {
    const row = values.subarray(start, start + width);
    const peak = row.reduce((max, value) => Math.max(max, value), -Infinity);
    const sum = row.reduce((total, value) => total + Math.exp(value - peak), 0);
    row.forEach((value, i) => {
      row[i] = Math.exp(value - peak) / sum;
    });
  }
}
