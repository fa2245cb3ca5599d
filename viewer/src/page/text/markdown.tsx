import { lexer, type Token, type Tokens } from "marked";
import type { ComponentChild } from "preact";
import { useMemo } from "preact/hooks";
import { VisibleText } from "./visible-text.js";

/** Deeper nesting than any reader follows is shown as it was written. */
const deepest = 16;

/**
 * Markdown of strangers as elements of our own: no HTML of theirs is ever parsed by the browser, images are named and
 * not loaded, and only web addresses become links.
 */
export function Markdown({ text }: { readonly text: string }) {
  const tokens = useMemo(() => tokensOf(text), [text]);
  if (tokens === null) {
    return (
      <div class="plain-text">
        <VisibleText text={text} />
      </div>
    );
  }
  return <div class="markdown">{tokens.map((token) => block(token, 0))}</div>;
}

/** Null where the nesting is too deep to be read at all. */
function tokensOf(text: string): readonly Token[] | null {
  try {
    return lexer(text, { gfm: true, breaks: true });
  } catch {
    return null;
  }
}

type KnownToken =
  | Tokens.Space
  | Tokens.Def
  | Tokens.Heading
  | Tokens.Paragraph
  | Tokens.Blockquote
  | Tokens.Code
  | Tokens.Hr
  | Tokens.List
  | Tokens.Table
  | Tokens.Strong
  | Tokens.Em
  | Tokens.Del
  | Tokens.Br
  | Tokens.Codespan
  | Tokens.Link
  | Tokens.Image
  | Tokens.Escape
  | Tokens.Text;

function isKnown(token: Token): token is KnownToken {
  return knownTypes.has(token.type);
}
const knownTypes: ReadonlySet<string> = new Set<KnownToken["type"]>([
  ...(["space", "def", "heading", "paragraph", "blockquote", "code", "hr", "list", "table"] as const),
  ...(["strong", "em", "del", "br", "codespan", "link", "image", "escape", "text"] as const),
]);

function block(token: Token, depth: number): ComponentChild {
  if (!isKnown(token) || depth > deepest) return <VisibleText text={token.raw} />;
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "heading":
      return <p class="heading">{inline(token.tokens, depth)}</p>;
    case "paragraph":
      return <p>{inline(token.tokens, depth)}</p>;
    case "blockquote":
      return <blockquote>{token.tokens.map((child) => block(child, depth + 1))}</blockquote>;
    case "code":
      return (
        <pre class="code" title={token.lang}>
          <VisibleText text={token.text} />
        </pre>
      );
    case "hr":
      return <hr />;
    case "list": {
      const items = token.items.map((item) => <li>{item.tokens.map((child) => block(child, depth + 1))}</li>);
      return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>;
    }
    case "table":
      return <Table table={token} depth={depth} />;
    default:
      return inline([token], depth);
  }
}

function Table({ table, depth }: { readonly table: Tokens.Table; readonly depth: number }) {
  return (
    <div class="table-frame">
      <table>
        <thead>
          <tr>
            {table.header.map((cell) => (
              <th>{inline(cell.tokens, depth)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td>{inline(cell.tokens, depth)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(tokens: readonly Token[], depth: number): ComponentChild[] {
  return tokens.map((token) => {
    if (!isKnown(token) || depth > deepest) return <VisibleText text={token.raw} />;
    switch (token.type) {
      case "strong":
        return <strong>{inline(token.tokens, depth + 1)}</strong>;
      case "em":
        return <em>{inline(token.tokens, depth + 1)}</em>;
      case "del":
        return <del>{inline(token.tokens, depth + 1)}</del>;
      case "br":
        return <br />;
      case "codespan":
        return (
          <code>
            <VisibleText text={token.text} />
          </code>
        );
      case "link": {
        const target = webAddress(token.href);
        if (target === null) return <VisibleText text={token.raw} />;
        return (
          <a href={target} target="_blank" rel="noopener noreferrer nofollow" title={target}>
            {inline(token.tokens, depth + 1)}
          </a>
        );
      }
      case "image":
        return (
          <span class="image-name">
            [image: <VisibleText text={token.text || token.href} />]
          </span>
        );
      case "text":
        return "tokens" in token && token.tokens !== undefined ? (
          inline(token.tokens, depth + 1)
        ) : (
          <VisibleText text={token.text} />
        );
      case "escape":
        return <VisibleText text={token.text} />;
      default:
        return <VisibleText text={token.raw} />;
    }
  });
}

function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
