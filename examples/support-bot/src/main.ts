import OpenAI from "openai";
import { type Session, SupportBot } from "./bot.js";
import { documents } from "./documents.js";
import { HelpCentre } from "./help-centre.js";
import { Model } from "./model.js";

const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = process.env;

const standIn = apiKey && baseURL ? undefined : await (await import("./stand-in/server.js")).startStandIn();
const model = new Model(new OpenAI(standIn ? { apiKey: "stand-in", baseURL: standIn.url } : { apiKey, baseURL }));
const bot = new SupportBot(model, new HelpCentre(documents, model), process.stdout);

async function ask(question: string, session: Session): Promise<void> {
  process.stdout.write(`[${session.id}] ${question}\n> `);
  await bot.answer(question, session);
  process.stdout.write("\n\n");
}

try {
  await ask("Where is my order A-1001, and what if a book arrives damaged?", { id: "mia-1", tenant: "north-books" });
  await ask("I returned order B-2002. When is my refund paid?", { id: "noah-1", tenant: "south-books" });
} finally {
  await standIn?.stop();
}
