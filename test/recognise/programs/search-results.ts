import OpenAI from "openai";
import * as results from "../payloads/search-results.js";

/** @llmobs retrieval name={_name} */
async function search(_name: string, result: unknown) {
  return result;
}

for (const [name, result] of Object.entries(results)) await search(name, result);

/** @llmobs retrieval name="page" */
async function page(query: string) {
  return await new OpenAI({ apiKey: "k", baseURL: process.env.ORIGIN }).vectorStores.search("vs_1", { query });
}

const { data } = await page("refunds");
console.log(data.length);
