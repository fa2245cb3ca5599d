/** Four to eight steps of 1, 2 or 5 times a power of ten. */
export function ticksOf(length: number): readonly number[] {
  if (!(length > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(length / 4));
  const step = [1, 2, 5, 10].map((factor) => factor * power).findLast((size) => length / size >= 4) ?? power;
  return Array.from({ length: Math.floor(length / step) }, (_, index) => index * step);
}
