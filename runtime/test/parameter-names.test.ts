import { expect, test } from "vitest";
import { parameterNames } from "../src/sdk/parameter-names.js";

test.each([
  ["function f(a, b) {}", ["a", "b"]],
  ["async function* f ( a,b ) {}", ["a", "b"]],
  ["() => 1", []],
  ["x => x", ["x"]],
  ["async x => x", ["x"]],
  ["async (x) => x", ["x"]],
  ["(a, b = 2, c = g(1, [2, 3])) => a", ["a", "b", "c"]],
  ["function f({ a, b: { c } } = {}, [d, e], ...rest) {}", ["{ a, b: { c } }", "[d, e]", "...rest"]],
  ["function f({ a = 1 }, b) {}", ["{ a = 1 }", "b"]],
  ["method(a, b) {}", ["a", "b"]],
  ["async *method(a) {}", ["a"]],
  ["static method(a) {}", ["a"]],
  ["#hidden(a, b) {}", ["a", "b"]],
  ['["a(b"](x, y) {}', ["x", "y"]],
  ["[name(1)](x, y) {}", ["x", "y"]],
  ["set value(next) {}", ["next"]],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template in the text of a function
  ["function f(a = \")\", b = `,${1})`, c = '(') {}", ["a", "b", "c"]],
  ["function f(a /* first, of two */, // and )\n b) {}", ["a", "b"]],
  ["function f(a = /[)/]\\)/, b = (x, y) => x) {}", ["a", "b"]],
  ["function f(a = 6 / 2, b = 4 / 2) {}", ["a", "b"]],
  ["function f(a, b,) {}", ["a", "b"]],
  ["function max() { [native code] }", []],
  ["function f(a) { return '[native code]' }", ["a"]],
  ["", []],
])("%s", (source, names) => {
  expect(parameterNames(source)).toEqual(names);
});
