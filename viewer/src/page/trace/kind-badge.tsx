/** The kind as a word in its colour; a kind nobody knows has the colour of none. */
export function KindBadge({ kind }: { readonly kind: string }) {
  return (
    <span class="kind" data-kind={kind}>
      {kind}
    </span>
  );
}
