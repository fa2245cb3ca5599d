import type { ComponentChildren } from "preact";
import type { Requested } from "../request/use-request.js";

/** Shows an answer once it is there, and otherwise says what is the matter. */
export function WhenReady<Answer>({
  requested,
  children,
}: {
  readonly requested: Requested<Answer>;
  readonly children: (answer: Answer) => ComponentChildren;
}) {
  switch (requested.state) {
    case "loading":
      return (
        <p class="loading" role="status">
          Loading…
        </p>
      );
    case "failed":
      return (
        <p class="failure" role="alert">
          {requested.message}
        </p>
      );
    case "ready":
      return <>{children(requested.answer)}</>;
  }
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
