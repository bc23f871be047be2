/**
 * Rounds to whole numbers (halves to even) and then moves those with the largest rounding error by one until the sum
 * is the rounded sum again.
 */
export function roundKeepingSum(values: Float64Array): Float64Array {
  const whole = values.map(roundHalfToEven);
  const target = roundHalfToEven(values.reduce((sum, value) => sum + value, 0));
  for (;;) {
    const missing = target - whole.reduce((sum, value) => sum + value, 0);
    if (missing === 0) return whole;
    const step = Math.sign(missing);
    const order = Array.from(values, (value, i) => ({ i, error: value - (whole[i] as number) }))
      .sort((a, b) => a.error - b.error || a.i - b.i)
      .map(({ i }) => i);
    if (step > 0) order.reverse();
    for (const i of order.slice(0, Math.abs(missing))) whole[i] = (whole[i] as number) + step;
  }
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
