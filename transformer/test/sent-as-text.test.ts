import { expect, test } from "vitest";
import { checkedInstrument, codes } from "./checked-instrument.js";

const fn = '/** @llmobs task name="x" */ () => 1';

test.each([
  [`page.$eval("a", ${fn});`, "page.$eval"],
  [`page.$$eval("a", ${fn});`, "page.$$eval"],
  [`this.page.evaluateHandle(${fn});`, "this.page.evaluateHandle"],
  [`page.evaluateOnNewDocument(${fn});`, "page.evaluateOnNewDocument"],
  [`await page.waitForFunction((${fn}) as any);`, "page.waitForFunction"],
  [`context.addInitScript(${fn}, 1);`, "context.addInitScript"],
  [`driver.executeScript(${fn});`, "driver.executeScript"],
  [`chrome.scripting.executeScript({ target, func: ${fn} });`, "chrome.scripting.executeScript"],
  [`const a = (${fn}).toString();`, "toString"],
  [`const a = String(${fn});`, "String"],
  [`const a = "(" + (${fn}) + ")()";`, "+"],
  [`new Worker(URL.createObjectURL(new Blob([\`(\${${fn}})()\`])));`, "a template"],
  [`new Function(\`return \${${fn}}\`);`, "a template"],
  [`page.$eval("a", () => { const f = ${fn}; return f(); });`, "page.$eval"],
  [`page.$eval("a", function () { return { m() { return ${fn} } } });`, "page.$eval"],
])("a function whose text is taken is left as it is: %s", (source, by) => {
  const result = checkedInstrument(source);
  expect(result.diagnostics).toMatchObject([
    { code: "LLMOBS1050", severity: "error", message: expect.stringContaining(`by \`${by}\``) },
  ]);
  expect(result.code).toBe(source);
});

test.each([
  [`page.evaluate(${fn});`, "page.evaluate"],
  [`locator.evaluateAll(${fn}, 1);`, "locator.evaluateAll"],
  [`new Worker(${fn});`, "new Worker"],
  [`new AsyncFunction(${fn});`, "new AsyncFunction"],
])("one whose text may be taken is traced, with a warning: %s", (source, by) => {
  const result = checkedInstrument(source);
  expect(result.diagnostics).toMatchObject([
    { code: "LLMOBS1051", severity: "warning", message: expect.stringContaining(`\`${by}\``) },
  ]);
  expect(result.sites).toHaveLength(1);
});

test.each([
  `page.exposeFunction("f", ${fn});`,
  `evaluate(${fn});`,
  `app.post("/", ${fn});`,
  `new Job(${fn});`,
  `(${fn})();`,
  `(${fn}).call(1);`,
  `css\`\${${fn}}\`;`,
  `const o = { evaluate: ${fn} };`,
  `(${fn})() + 1;`,
  `o.evaluate({ f: ${fn} });`,
  `function evaluate() { return ${fn} }`,
])("any other is not spoken of: %s", (source) => {
  const result = checkedInstrument(source);
  expect([codes(result), result.sites.length]).toEqual([[], 1]);
});
