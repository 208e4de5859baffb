/**
 * Multiplies in seven chains and adds in seven, which hide each other's latency, without reading memory: 56
 * floating-point operations a round.
 */
export function multiplyAdd(rounds: i32): f32 {
  const one = f32x4.splat(1);
  let product0 = one;
  let product1 = one;
  let product2 = one;
  let product3 = one;
  let product4 = one;
  let product5 = one;
  let product6 = one;
  let sum0 = one;
  let sum1 = one;
  let sum2 = one;
  let sum3 = one;
  let sum4 = one;
  let sum5 = one;
  let sum6 = one;
  for (let round = 0; round < rounds; round++) {
    product0 = f32x4.mul(product0, one);
    sum0 = f32x4.add(sum0, one);
    product1 = f32x4.mul(product1, one);
    sum1 = f32x4.add(sum1, one);
    product2 = f32x4.mul(product2, one);
    sum2 = f32x4.add(sum2, one);
    product3 = f32x4.mul(product3, one);
    sum3 = f32x4.add(sum3, one);
    product4 = f32x4.mul(product4, one);
    sum4 = f32x4.add(sum4, one);
    product5 = f32x4.mul(product5, one);
    sum5 = f32x4.add(sum5, one);
    product6 = f32x4.mul(product6, one);
    sum6 = f32x4.add(sum6, one);
  }
  let all = f32x4.add(product0, sum0);
  all = f32x4.add(all, f32x4.add(product1, sum1));
  all = f32x4.add(all, f32x4.add(product2, sum2));
  all = f32x4.add(all, f32x4.add(product3, sum3));
  all = f32x4.add(all, f32x4.add(product4, sum4));
  all = f32x4.add(all, f32x4.add(product5, sum5));
  all = f32x4.add(all, f32x4.add(product6, sum6));
  return f32x4.extract_lane(all, 0);
}
