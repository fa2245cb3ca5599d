import { useState } from "preact/hooks";

const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Before anything is drawn, and before anything reads colours. */
function apply(theme: Theme): Theme {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  return theme;
}

function stored(): Theme {
  const name = localStorage.getItem("theme");
  return themes.find((theme) => theme === name) ?? "system";
}

/** The colours to use, and what moves on to the next choice. */
export function useTheme(): readonly [Theme, () => void] {
  const [theme, setTheme] = useState(() => apply(stored()));
  const next = () => {
    const chosen = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
    localStorage.setItem("theme", chosen);
    setTheme(apply(chosen));
  };
  return [theme, next];
}
