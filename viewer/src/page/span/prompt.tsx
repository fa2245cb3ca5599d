import type { ComponentChild } from "preact";
import type { Prompt } from "../../api/contract.js";
import { VisibleText } from "../text/visible-text.js";

/** The template with its variables marked, and the values that went in. */
export function PromptView({ prompt }: { readonly prompt: Prompt }) {
  const variables = Object.entries(prompt.variables);
  return (
    <section class="content prompt" aria-label="Prompt">
      <h3>
        Prompt
        {prompt.id !== null && (
          <span class="quiet">
            {" "}
            <VisibleText text={prompt.id} />
          </span>
        )}
        {prompt.version !== null && (
          <span class="quiet">
            {" "}
            version <VisibleText text={prompt.version} />
          </span>
        )}
      </h3>
      {prompt.template !== null && (
        <pre class="code">
          <Template text={prompt.template} names={Object.keys(prompt.variables)} />
        </pre>
      )}
      {prompt.chatTemplate?.map(({ role, content }) => (
        <div class="message" data-role={role}>
          <p class="message-role">
            <VisibleText text={role} />
          </p>
          <pre class="code">
            <Template text={content} names={Object.keys(prompt.variables)} />
          </pre>
        </div>
      ))}
      {variables.length > 0 && (
        <dl class="variables">
          {variables.map(([name, value]) => (
            <div>
              <dt>
                <VisibleText text={name} />
              </dt>
              <dd>
                <VisibleText text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** Marks `{{name}}`, `{name}` and `${name}` where the name is one of the prompt's variables. */
function Template({ text, names }: { readonly text: string; readonly names: readonly string[] }) {
  const children: ComponentChild[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$?\{\{?\s*([^{}]+?)\s*\}?\}/g)) {
    if (!names.includes(match[1] ?? "")) continue;
    children.push(<VisibleText text={text.slice(end, match.index)} />);
    children.push(
      <mark class="variable">
        <VisibleText text={match[0]} />
      </mark>,
    );
    end = match.index + match[0].length;
  }
  children.push(<VisibleText text={text.slice(end)} />);
  return <>{children}</>;
}
