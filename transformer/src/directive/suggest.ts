import { closest, distance } from "fastest-levenshtein";

/** The known word that was probably meant, if one is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const byLower = new Map(known.map((candidate) => [candidate.toLowerCase(), candidate]));
  const best = closest(lower, [...byLower.keys()]);
  return distance(lower, best) <= Math.min(Math.max(2, Math.floor(best.length / 3)), lower.length - 1)
    ? byLower.get(best)
    : undefined;
}

export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? `Known are: ${known.join(", ")}.` : `Did you mean \`${meant}\`?`;
}
