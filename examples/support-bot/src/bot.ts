import type { Writable } from "node:stream";
import type { FoundDocument, HelpCentre } from "./help-centre.js";
import type { Message, Model } from "./model.js";
import { runTool, tools } from "./tools.js";

export interface Session {
  id: string;
  tenant: string;
}

const maxSteps = 5;

export class SupportBot {
  readonly #model: Model;
  readonly #helpCentre: HelpCentre;
  readonly #output: Writable;

  constructor(model: Model, helpCentre: HelpCentre, output: Writable) {
    this.#model = model;
    this.#helpCentre = helpCentre;
    this.#output = output;
  }

  /**
   * Answers one question, writing the answer as it comes in.
   * @llmobs workflow sessionId={session.id} tags={{ tenant: session.tenant }} input={question}
   */
  async answer(question: string, session: Session): Promise<string> {
    const documents = await this.#helpCentre.search(question);
    const messages = await this.lookUpFacts(buildPrompt(question, documents, session));

    let answer = "";
    for await (const chunk of await this.#model.writeAnswer(messages)) {
      const piece = chunk.choices[0]?.delta.content ?? "";
      this.#output.write(piece);
      answer += piece;
    }
    return answer;
  }

  /**
   * Lets the model call tools until it knows enough, and returns the conversation with what they said.
   * @llmobs agent name="look_up_facts"
   */
  async lookUpFacts(prompt: Message[]): Promise<Message[]> {
    const messages = [...prompt];
    for (let step = 0; step < maxSteps; step++) {
      const completion = await this.#model.nextStep(messages, tools);
      const reply = completion.choices[0]?.message;
      if (!reply?.tool_calls?.length) break;

      messages.push(reply);
      for (const call of reply.tool_calls) {
        if (call.type !== "function") continue;
        const content = await runTool(call.function.name, call.function.arguments);
        messages.push({ role: "tool", tool_call_id: call.id, content });
      }
    }
    return messages;
  }
}

/** @llmobs task name="build_prompt" */
export function buildPrompt(question: string, documents: FoundDocument[], session: Session): Message[] {
  const help = documents.map(({ name, text }) => `## ${name}\n${text}`).join("\n\n");
  const rules = [
    `You are the support bot of the bookshop ${session.tenant}.`,
    "Call tools to look up what you need. When nothing is left to look up, reply READY; you are then asked for the answer.",
    "Answer in a few plain sentences, from the help centre and the tools only. Say so when a tool failed.",
  ];
  return [
    { role: "system", content: `${rules.join("\n")}\n\n# Help centre\n\n${help}` },
    { role: "user", content: question },
  ];
}
