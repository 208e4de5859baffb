/** The nearest integer; of two equally near ones the even (IEEE 754 roundTiesToEven). Never −0. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return (rest < 0.5 ? floor : floor + 1) + 0;
  return (floor % 2 === 0 ? floor : floor + 1) + 0;
}
