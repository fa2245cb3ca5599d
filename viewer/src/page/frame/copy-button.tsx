import { useState } from "preact/hooks";
import { announce } from "./announcement.js";

interface CopyButtonProps {
  readonly text: string | (() => string | Promise<string>);
  readonly label: string;
  /** Shown beside the sign; only the sign when absent. */
  readonly caption?: string;
}

export function CopyButton({ text, label, caption }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const succeeded = await copyText(typeof text === "string" ? text : await text());
    announce(succeeded ? "Copied" : "The browser did not allow copying");
    setCopied(succeeded);
    setTimeout(() => setCopied(false), 1200);
  };
  return (
    <button
      type="button"
      class={caption ? "button" : "copy"}
      aria-label={label}
      title={label}
      onClick={() => void copy()}
    >
      <svg aria-hidden="true" viewBox="0 0 16 16" class="copy-sign" data-copied={copied}>
        <path d={copied ? "M3 8.5l3.5 3.5L13 5" : "M6 6h7v8H6zM3 10V2h7"} />
      </svg>
      {caption && ` ${caption}`}
    </button>
  );
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
