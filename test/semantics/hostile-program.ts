/** A tagged program that takes a value in every way it can come: argument, `this`, result, chunk, error, callee. */
export const PROGRAM = `
const same = (value) => value;
class Base {
  found(value) { return value; }
}
class Forms extends Base {
  /** @llmobs task */ returns(value) { return value; }
  /** @llmobs workflow */ returnsFresh(value) { return same(value); }
  /** @llmobs tool */ throws(value) { throw value; }
  /** @llmobs agent */ async returnsLater(value) { return value; }
  /** @llmobs task */ async awaits(value) { return [await value]; }
  /** @llmobs task */ async throwsLater(value) { await null; throw value; }
  /** @llmobs task */ *yields(value) { const got = yield value; yield got; return value; }
  /** @llmobs task */ *throwsInStep(value) { yield 1; throw value; }
  /** @llmobs task */ *delegates(value) { return yield* value; }
  /** @llmobs task */ async *yieldsLater(value) { yield value; yield [value]; return value; }
  /** @llmobs task */ async *throwsInLaterStep(value) { yield 1; throw value; }
  /** @llmobs task */ async *delegatesLater(value) { return yield* value; }
  /** @llmobs llm */ model(value) { return same(value); }
  /** @llmobs llm */ async modelLater(value) { return [value]; }
  /** @llmobs llm */ *modelChunks(value) { yield value; yield value; }
  /** @llmobs embedding */ async embeds(value) { return value; }
  /** @llmobs retrieval */ retrieves(value) { return value; }
  /** @llmobs task */ destructures(value, { a, ...rest } = value, [b] = value) { return [a, rest, b]; }
  /**
   * @llmobs llm name={value} sessionId={value} mlApp={value} modelName={value} modelProvider={value} input={value}
   *   output={result} metadata={value} metrics={value} tags={value} prompt={value} toolDefinitions={value}
   */
  annotates(value) { return value; }
  /** @llmobs agent metadata={{ value }} metrics={{ value }} tags={{ value }} */ async annotatesInside(value) { return [value]; }
  /** @llmobs workflow output={result} metadata={result} metrics={result} tags={{ result }} */ annotatesResult(value) { return value; }
  /** @llmobs embedding input={value} output={value} redact="a, *.b, **.k0" */ redacts(value) { return value; }
  /** @llmobs task redact="value.**.k0" */ async redactsDeep(value) { return [value]; }
  /** @llmobs task */ static isThis() { return this; }
  /** @llmobs task */ static *yieldsThis() { yield this; }
  /** @llmobs tool */ get read() { return this; }
  calls(value) { /** @llmobs tool */ const got = same(value); return got; }
  callsModel(value) { return /** @llmobs llm */ same(value, value); }
  callsSuper(value) { return /** @llmobs tool */ super.found(value); }
  callsIt(value) { /** @llmobs tool */ value(value); }
  callsItIfThere(value) { return /** @llmobs tool */ value?.(value); }
  callsMember(value) { /** @llmobs tool */ return value.toString(); }
  callsMemberIfThere(value) { return /** @llmobs tool */ value?.k0?.toString(); }
  async callsAndAwaits(value) { /** @llmobs tool */ const got = await same(value); return [got]; }
  blocks(value) { let got; /** @llmobs task */ { got = value; } return got; }
  blockThrows(value) { /** @llmobs task */ { throw value; } }
  async blockWaits(value) { let got; /** @llmobs task metadata={{ value }} */ { got = [await value]; } return got; }
}
exports.forms = {
  ...Object.fromEntries(
    Object.getOwnPropertyNames(Forms.prototype)
      .filter((name) => name !== "constructor" && name !== "read")
      .map((name) => [name, (value) => new Forms()[name](value)]),
  ),
  read: (value) => Reflect.get(Forms.prototype, "read", value),
  isThis: (value) => Forms.isThis.call(value),
  yieldsThis: (value) => Forms.yieldsThis.call(value),
};
`;
