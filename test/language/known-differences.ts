/** Programs of test262 that pass untagged and fail tagged, by the end of their path, with the reason. */
export const knownDifferences: readonly { readonly files: RegExp; readonly reason: string }[] = [
  {
    files: /arguments-object\/10\.6-13-a-[23]\.js$/,
    reason: "`arguments.callee.caller` is the function around the body, not the one that called",
  },
  {
    files: /arguments-object\/10\.6-1[12]-b-1\.js$/,
    reason:
      "puts an accessor with a tagged setter at `Object.prototype[0]`, which every list of the runtime then calls",
  },
  {
    files:
      /cpn-[^/]*-(function-expression|function-declaration|generator-function-declaration|async-arrow-function-expression|arrow-function-expression)\.js$/,
    reason: "a function is the name of a property: `Function.prototype.toString`",
  },
];
