import { useEffect, useState } from "preact/hooks";

/** Where the page is: what the address bar holds, so that any view can be shared by copying it. */
export interface Address {
  readonly path: string;
  readonly query: URLSearchParams;
}

const moved = new EventTarget();

function read(): Address {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

export function href(path: string, query?: URLSearchParams): string {
  const text = query?.toString() ?? "";
  return text === "" ? path : `${path}?${text}`;
}

/** `replace` leaves no step in the history: for what changes while a user types or moves through rows. */
export function navigate(to: string, manner: "push" | "replace" = "push"): void {
  if (to === location.pathname + location.search) return;
  if (manner === "push") history.pushState(null, "", to);
  else history.replaceState(null, "", to);
  moved.dispatchEvent(new Event("moved"));
}

/** Sets or removes single parameters of the present address. */
export function setParameters(
  changes: Readonly<Record<string, string | null>>,
  manner: "push" | "replace" = "push",
): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") query.delete(name);
    else query.set(name, value);
  }
  navigate(href(location.pathname, query), manner);
}

export function useAddress(): Address {
  const [address, setAddress] = useState(read);
  useEffect(() => {
    const update = () => setAddress(read());
    moved.addEventListener("moved", update);
    addEventListener("popstate", update);
    return () => {
      moved.removeEventListener("moved", update);
      removeEventListener("popstate", update);
    };
  }, []);
  return address;
}
