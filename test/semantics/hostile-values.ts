import { types } from "node:util";
import vm from "node:vm";
import fc from "fast-check";

/** Makes a value anew: the traced and the untraced run each get one of their own. */
export interface Recipe {
  readonly name: string;
  make(): unknown;
}

const boom = (): never => {
  throw new Error("trap");
};

/** JavaScript text that gives a value, so that it is exactly what a program would write, in this realm or another. */
const WRITTEN: readonly string[] = [
  "undefined",
  "null",
  "-0",
  "NaN",
  "10n ** 40n",
  "'lone \\ud800 surrogate'",
  "Symbol('s')",
  "Symbol.iterator",
  "new Date(NaN)",
  "/x/g",
  "new (class extends Date { valueOf() { throw new Error('valueOf') } toISOString() { throw 1 } })(0)",
  "Object.assign(Object.create(null), { a: 1 })",
  "Object.freeze({ a: Object.freeze([1]) })",
  'JSON.parse(\'{"__proto__": { "a": 1 }, "constructor": 1, "toString": 2, "then": 3, "length": -1}\')',
  "[, 1, , 2]",
  "new Array(4294967295)",
  "Object.defineProperty([], 'map', { get() { throw new Error('map') } })",
  "new (class extends Array { static get [Symbol.species]() { throw new Error('species') } })(1, 2)",
  "Array.from({ length: 3000 }, (_, i) => i)",
  "Object.fromEntries(Array.from({ length: 3000 }, (_, i) => ['key' + i, i]))",
  "Array.from({ length: 500 }).reduce((inner) => ({ inner }), {})",
  "new Map([[{}, 1], ['a', new Map()]])",
  "Object.assign(new Map([[1, 2]]), { get: null, keys: null, entries: null })",
  "new (class extends Set { get size() { throw new Error('size') } values() { throw 1 } })([1])",
  "new WeakMap()",
  "new WeakRef({})",
  "new Uint8Array(8)",
  "new DataView(new ArrayBuffer(4))",
  "new SharedArrayBuffer(4)",
  "Object.defineProperty(new Uint8Array(2), 'byteLength', { get() { throw 1 } })",
  "new String('boxed')",
  "Object.assign(new Number(1), { valueOf() { return this }, toString: null })",
  "Object(Symbol('boxed'))",
  "Object(1n)",
  "(function* () { yield 1 })()",
  "(async function* () { yield 1; throw new Error('in a stream') })()",
  "[1, 2][Symbol.iterator]()",
  "(() => { throw new Error('called') })",
  "async () => { throw new Error('called') }",
  "class {}",
  "class { static name = { toString() { throw 1 } } }",
  "class { static get name() { throw new Error('name') } }",
  "(() => { class Self { static self = Self; static all = [Self]; static get [Symbol.toStringTag]() { return Self } } return Self })()",
  "(() => { class Self { static shared = new Self(); self = this; all = [this]; kind = Self; #own = this; toJSON() { return { again: this, shared: Self.shared } } } return new Self() })()",
  "(() => { class Node { parent = this; children = [] } const a = new Node(); const b = new Node(); a.children.push(b, a); b.parent = a; b.map = new Map([['up', a], [a, b]]); b.set = new Set([a]); return a })()",
  "(() => { class Endless { get next() { return new Endless() } toJSON() { return { next: new Endless(), other: new Endless() } } } return new Endless() })()",
  "(() => { const wide = {}; for (let i = 0; i < 30; i++) Object.defineProperty(wide, 'k' + i, { enumerable: true, get: () => wide.made() }); wide.made = () => Object.defineProperty({}, 'again', { enumerable: true, value: wide }); return wide })()",
  "({ toJSON() { throw new Error('toJSON') } })",
  "({ toJSON() { return this }, n: 1 })",
  "({ get toJSON() { throw new Error('toJSON') } })",
  "({ toJSON() { return () => 1 } })",
  "({ get a() { throw undefined }, get b() { throw Object.create(null) }, c: 1 })",
  "({ toString: null, valueOf: null, [Symbol.toPrimitive]: 1 })",
  "({ [Symbol.toPrimitive]() { throw new Error('primitive') } })",
  "({ get [Symbol.toStringTag]() { throw new Error('tag') } })",
  "({ [Symbol.toStringTag]: 'Response', get status() { throw 1 }, get headers() { return this } })",
  "({ [Symbol.toStringTag]: 'Headers', entries: () => [1, null, ['a'], ['a', 2], [Symbol(), 3]] })",
  "({ [Symbol.toStringTag]: 'Headers', entries() { return { [Symbol.iterator]() { throw 1 } } } })",
  "Object.create({ get constructor() { throw new Error('constructor') } })",
  "Object.create({ constructor: { get name() { throw 1 } } })",
  "Object.create(new Proxy({}, { getPrototypeOf() { throw new Error('prototype') }, get() { throw new Error('get') } }))",
  "new Error('plain', { cause: { a: 1 } })",
  "Object.assign(new Error('looped'), { get cause() { return this }, toString: null })",
  "(() => { const e = new Error('cyclic'); e.cause = e; e.errors = [e, new AggregateError([e])]; return e })()",
  "Object.defineProperties(new Error(), { message: { get() { throw 1 } }, name: { get() { throw 3 } } })",
  "({ get message() { throw 1 }, get stack() { throw 2 }, get name() { throw 3 } })",
  "Object.defineProperties(new TypeError('x'), { message: { value: { toString: boom } }, name: { value: 1 } })",
  "Object.create(Error.prototype)",
  "new DOMException('aborted', 'AbortError')",
  // Proxies.
  "(() => { const p = Proxy.revocable({}, {}); p.revoke(); return p.proxy })()",
  "(() => { const p = Proxy.revocable([], {}); p.revoke(); return p.proxy })()",
  "(() => { const p = Proxy.revocable(() => 1, {}); p.revoke(); return p.proxy })()",
  "new Proxy({}, new Proxy({}, { get() { return () => { throw new Error('trap') } } }))",
  "new Proxy([], new Proxy({}, { get() { return () => { throw new Error('trap') } } }))",
  "new Proxy(() => 1, { get() { return boom() }, apply() { throw new Error('applied') } })",
  "new Proxy({}, { get(target, key, self) { return self }, has: () => true, ownKeys: () => ['a', 'b'], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) })",
  "new Proxy({}, { get: (target, key) => key === Symbol.toPrimitive ? undefined : () => { throw new Error(String(key)) } })",
  "new Proxy([], { get: (target, key) => key === 'length' ? Infinity : 1 })",
  "new Proxy({ a: 1 }, { defineProperty: () => false, deleteProperty: () => false, set: () => false })",
  "new Proxy(new Date(0), {})",
  "new Proxy(Promise.resolve(1), {})",
  // Thenables and promises.
  "({ get then() { throw new Error('then') } })",
  "({ then() { throw new Error('then called') } })",
  "({ then(ok) { ok(1); ok(2); throw new Error('late') } })",
  "({ then(ok, fail) { fail(undefined); fail(1) } })",
  "({ then() {} })",
  "({ then(ok) { ok({ then(ok) { ok('inner') } }) } })",
  "Object.freeze({ then(ok) { ok('frozen') } })",
  "({ then: class {} })",
  "({ then: new Proxy(() => 1, {}) })",
  "Object.assign(() => 1, { then(ok) { ok('callable') } })",
  "({ then(ok) { ok(1) }, get catch() { throw 1 }, get finally() { throw 1 }, asResponse() {}, withResponse() {}, get parse() { throw 1 } })",
  "({ then(ok) { ok('iterable') }, [Symbol.asyncIterator]() { return { next() { return { done: true } } } } })",
  "Promise.resolve('plain')",
  "Promise.reject(new Error('rejected'))",
  "Promise.reject(undefined)",
  "Promise.resolve({ then: 1 })",
  "Object.freeze(Promise.resolve('frozen'))",
  "Object.assign(Promise.resolve('own then'), { then: Promise.prototype.then })",
  "Object.defineProperty(Promise.resolve('constructor'), 'constructor', { get() { throw new Error('constructor') } })",
  "Object.assign(Promise.resolve('species'), { constructor: { get [Symbol.species]() { throw new Error('species') } } })",
  "Object.assign(Promise.resolve('other'), { constructor: { [Symbol.species]: class { constructor(run) { run(() => {}, () => {}) } } } })",
  "Object.assign(Promise.resolve('none'), { constructor: undefined })",
  "new (class Own extends Promise {})((ok) => ok('subclass'))",
  "new (class Own extends Promise { then() { throw new Error('own then') } })((ok) => ok(1))",
  "new (class Own extends Promise { static get [Symbol.species]() { throw new Error('species') } })((ok) => ok(1))",
  "Object.setPrototypeOf(Promise.resolve('bare'), null)",
  "Object.setPrototypeOf(Promise.resolve('plain object'), Object.prototype)",
  "Object.create(Promise.prototype)",
  // Streams and what looks like them.
  "({ next() { throw new Error('next') }, [Symbol.iterator]() { return this } })",
  "({ next() { return 1 }, [Symbol.iterator]() { return this } })",
  "({ next: () => ({ get done() { throw new Error('done') }, get value() { throw 1 } }), [Symbol.iterator]() { return this } })",
  "({ next: () => new Proxy({}, { get() { throw new Error('proxy step') } }), [Symbol.iterator]() { return this } })",
  "({ i: 0, next() { return { done: this.i++ > 1, value: this } }, get return() { throw new Error('return') }, [Symbol.iterator]() { return this } })",
  "({ [Symbol.iterator]() { throw new Error('iterator') } })",
  "({ next() {}, [Symbol.iterator]() { throw new Error('iterator') } })",
  "({ get [Symbol.asyncIterator]() { throw new Error('asyncIterator') } })",
  "({ [Symbol.asyncIterator]() { throw new Error('asyncIterator called') } })",
  "({ [Symbol.asyncIterator]: () => 1 })",
  "({ [Symbol.asyncIterator]: () => ({ next: () => { throw new Error('next') } }) })",
  "({ [Symbol.asyncIterator]: () => ({ next: async () => { throw new Error('next') } }) })",
  "({ [Symbol.asyncIterator]: () => ({ next: () => ({ then() { throw new Error('then') } }) }) })",
  "({ [Symbol.asyncIterator]: () => ({ i: 0, next() { return { done: this.i++ > 1, value: Promise.resolve(this) } }, return: 1 }) })",
  "Object.freeze({ [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true }) }) })",
  "({ _readableState: {}, emit() { throw new Error('emit') }, get destroyed() { throw 1 } })",
  "({ _readableState: {}, get emit() { throw 1 }, pipe() {} })",
  "({ pipe() {}, get httpVersion() { throw 1 }, headers: null })",
  "({ getReader() { throw new Error('getReader') }, get locked() { throw 1 }, tee() {}, pipeTo() {}, pipeThrough() {} })",
  "({ bodyUsed: false, status: 200, arrayBuffer() {}, body: {}, get headers() { throw 1 } })",
  "({ fullStream: 1, get textStream() { throw new Error('textStream') } })",
  "({ $metadata: {}, body: new Uint8Array([123]), get stream() { throw 1 } })",
  "({ response: 1, stream: { get [Symbol.asyncIterator]() { throw 1 } } })",
  "({ _emit() {}, done() {}, abort() {}, get ended() { throw 1 } })",
  "({ getPaginatedItems() { throw 1 } })",
  "new ReadableStream({ start(c) { c.enqueue('chunk'); c.error(new Error('stream')) } })",
  "new ReadableStream({ type: 'bytes' })",
  "new Response('body')",
  "new Response(null, { status: 204 })",
  "new Headers({ a: '1' })",
  "new URL('http://a/?b')",
  "new URLSearchParams('a=1&a=2')",
  "new AbortController()",
  "new EventTarget()",
  // Of providers' shapes.
  "({ choices: [{ get message() { throw 1 } }], usage: { get prompt_tokens() { throw 1 } } })",
  "({ choices: new Proxy([], {}), usage: null, model: {} })",
  "({ content: [{ type: 'text', text: { toString: boom } }], stop_reason: [], usage: { input_tokens: 'x' } })",
  "({ messages: [null, 1, { role: {}, content: [[[]]] }], model: Symbol('m') })",
  "({ candidates: 1, usageMetadata: { get totalTokenCount() { return NaN } } })",
];

const run = (text: string) => `(function (boom) { return (${text}); })`;

/** Each by itself. */
export const written: readonly Recipe[] = WRITTEN.map((text) => ({
  name: text,
  make: () => handled(vm.runInThisContext(run(text))(boom)),
}));

const ofAnotherRealm: readonly Recipe[] = WRITTEN.map((text) => ({
  name: `in another realm: ${text}`,
  make: () => handled(vm.runInContext(run(text), otherRealm())(boom)),
}));

let realm: vm.Context | undefined;

function otherRealm(): vm.Context {
  const { DOMException, ReadableStream, Response, Headers, URL, URLSearchParams, AbortController, EventTarget } =
    globalThis;
  realm ??= vm.createContext({
    DOMException,
    ReadableStream,
    Response,
    Headers,
    URL,
    URLSearchParams,
    AbortController,
    EventTarget,
  });
  return realm;
}

type Settle = (value: unknown) => void;

function thenable(run: (ok: Settle, fail: Settle) => void): object {
  // biome-ignore lint/suspicious/noThenProperty: it is to be one
  return Object.defineProperty({}, "then", { value: run, configurable: true, writable: true });
}

/** What holds other values, given those. */
const HOLDERS: readonly { readonly name: string; hold(values: readonly unknown[]): unknown }[] = [
  { name: "list", hold: (values) => values },
  { name: "object", hold: (values) => Object.fromEntries(values.map((value, index) => [`k${index}`, value])) },
  { name: "map", hold: (values) => new Map(values.map((value) => [value, value])) },
  { name: "set", hold: (values) => new Set(values) },
  { name: "error", hold: (values) => Object.assign(new Error("holds"), { cause: values[0], errors: values }) },
  { name: "toJSON", hold: ([value]) => ({ toJSON: () => value }) },
  {
    name: "getter",
    hold: ([value]) => ({
      get a() {
        return value;
      },
    }),
  },
  {
    name: "throwing getter",
    hold: ([value]) => ({
      get a() {
        throw value;
      },
    }),
  },
  { name: "proxy", hold: ([value]) => new Proxy({ a: value }, {}) },
  { name: "thenable of", hold: ([value]) => thenable((ok) => ok(value)) },
  { name: "failing thenable of", hold: ([value]) => thenable((_, fail) => fail(value)) },
  { name: "promise of", hold: ([value]) => Promise.resolve([value]) },
  { name: "rejected with", hold: ([value]) => Promise.reject(value) },
  { name: "iterator of", hold: (values) => values[Symbol.iterator]() },
  {
    name: "async iterator of",
    hold: async function* (values) {
      for (const value of values) yield [value];
    },
  },
  {
    name: "step",
    hold: ([value]) => ({
      next: () => value,
      [Symbol.iterator]() {
        return this;
      },
    }),
  },
  { name: "async step", hold: ([value]) => ({ [Symbol.asyncIterator]: () => ({ next: () => value }) }) },
  { name: "stream of", hold: ([value]) => ReadableStream.from([[value]]) },
];

/** Any of them, and any of them inside of others. */
export const recipes: fc.Arbitrary<Recipe> = fc.letrec<{ recipe: Recipe }>((tie) => ({
  recipe: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: fc.constantFrom(...written, ...ofAnotherRealm) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...HOLDERS), fc.array(tie("recipe"), { minLength: 1, maxLength: 3 }))
        .map(([holder, inner]) => ({
          name: `${holder.name} (${inner.map(({ name }) => name).join(", ")})`,
          make: () => handled(holder.hold(inner.map(({ make }) => handled(make())))),
        })),
    },
  ),
})).recipe;

const then = Promise.prototype.then;

/** Nobody is told that a promise inside of a value was rejected. */
function handled(value: unknown): unknown {
  try {
    if (types.isPromise(value)) Reflect.apply(then, value, [undefined, () => undefined]);
  } catch {
    // Its constructor threw; none of those is rejected.
  }
  return value;
}
