import { Link } from "../address/link.js";
import { ImportButton } from "../import/import-button.js";
import type { Theme } from "./theme.js";

const screens = [
  { path: "/traces", label: "Traces" },
  { path: "/sessions", label: "Sessions" },
  { path: "/dashboard", label: "Dashboard" },
] as const;

interface HeaderProps {
  readonly path: string;
  readonly theme: Theme;
  readonly onTheme: () => void;
  readonly onKeys: () => void;
}

export function Header({ path, theme, onTheme, onKeys }: HeaderProps) {
  return (
    <header class="header">
      <nav aria-label="Screens">
        {screens.map((screen) => (
          <Link to={screen.path} aria-current={path.startsWith(screen.path) && "page"}>
            {screen.label}
          </Link>
        ))}
      </nav>
      <div class="header-actions">
        <ImportButton />
        <button type="button" class="button" onClick={onTheme} title="Colours: system, light or dark">
          <span aria-hidden="true">{theme === "dark" ? "☾" : theme === "light" ? "☀" : "◐"}</span>
          <span class="wide-only"> {theme}</span>
          <span class="visually-hidden"> colours</span>
        </button>
        <button
          type="button"
          class="button"
          onClick={onKeys}
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
        >
          ?
        </button>
      </div>
    </header>
  );
}
