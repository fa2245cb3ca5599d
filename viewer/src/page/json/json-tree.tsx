import { useState } from "preact/hooks";
import { CopyButton } from "../frame/copy-button.js";
import { LongText } from "../text/long-text.js";
import { VisibleText } from "../text/visible-text.js";
import { memberPath } from "./json-path.js";

const pageSize = 100;
const openedDepth = 2;

interface JsonTreeProps {
  readonly value: unknown;
  readonly label?: string;
  readonly highlight?: RegExp | null;
}

/** A value to walk through; containers below the second level open on demand, so depth and size cost nothing. */
export function JsonTree({ value, label = "", highlight = null }: JsonTreeProps) {
  return (
    <div class="json-tree">
      <Member name={null} path={label} value={value} depth={0} highlight={highlight} />
    </div>
  );
}

interface MemberProps {
  readonly name: string | number | null;
  readonly path: string;
  readonly value: unknown;
  readonly depth: number;
  readonly highlight: RegExp | null;
}

function Member({ name, path, value, depth, highlight }: MemberProps) {
  if (typeof value !== "object" || value === null) {
    return (
      <div class="json-member">
        <Name name={name} />
        <Scalar value={value} highlight={highlight} />
        {path !== "" && <CopyButton text={path} label="Copy path" />}
      </div>
    );
  }
  return <Container name={name} path={path} value={value} depth={depth} highlight={highlight} />;
}

type ContainerProps = MemberProps & { readonly value: object };

function Container({ name, path, value, depth, highlight }: ContainerProps) {
  const [open, setOpen] = useState(depth < openedDepth);
  const [shown, setShown] = useState(pageSize);
  const keys: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const count = `${keys.length} ${Array.isArray(value) ? "item" : "key"}${keys.length === 1 ? "" : "s"}`;
  return (
    <div class="json-container">
      <div class="json-member">
        <button type="button" class="json-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Name name={name} />
          <span class="json-count">
            {Array.isArray(value) ? "[" : "{"}
            {count}
            {Array.isArray(value) ? "]" : "}"}
          </span>
        </button>
        {path !== "" && <CopyButton text={path} label="Copy path" />}
        <CopyButton text={() => JSON.stringify(value, null, 2)} label="Copy value" />
      </div>
      {open && (
        <div class="json-members">
          {keys.slice(0, shown).map((key) => (
            <Member
              key={key}
              name={key}
              path={memberPath(path, key)}
              value={memberOf(value, key)}
              depth={depth + 1}
              highlight={highlight}
            />
          ))}
          {shown < keys.length && (
            <button type="button" class="more" onClick={() => setShown(shown * 4)}>
              Show more ({keys.length - shown} left)
            </button>
          )}
        </div>
      )}
    </div>
  );
}

// As data: `__proto__` of a stranger's JSON is a member like any other.
function memberOf(value: object, key: string | number): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

function Name({ name }: { readonly name: string | number | null }) {
  if (name === null) return null;
  return (
    <span class="json-name">
      <VisibleText text={String(name)} />:{" "}
    </span>
  );
}

function Scalar({ value, highlight }: { readonly value: unknown; readonly highlight: RegExp | null }) {
  if (typeof value !== "string")
    return <span class={`json-${value === null ? "null" : typeof value}`}>{String(value)}</span>;
  return (
    <span class="json-string">
      <LongText text={value} form="plain" highlight={highlight} />
    </span>
  );
}
