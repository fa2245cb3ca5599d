import { state } from "../state.js";
import { checkKind, type SpanOptions } from "./span-options.js";
import { type AnyFunction, tracedFunction } from "./wrap.js";

/**
 * Traces a method, static or private too, a getter, a setter, or the functions
 * that a field or an accessor holds; by the standard's decorators and by
 * TypeScript's `experimentalDecorators`. A legacy decorator sees a field's value
 * only where fields are assigned, not defined (`useDefineForClassFields: false`).
 */
export interface SpanDecorator {
  <Fn extends AnyFunction>(
    value: Fn,
    context: ClassMethodDecoratorContext | ClassGetterDecoratorContext | ClassSetterDecoratorContext,
  ): Fn | undefined;
  <This, Value>(
    value: undefined,
    context: ClassFieldDecoratorContext<This, Value>,
  ): ((this: This, initial: Value) => Value) | undefined;
  <This, Value>(
    value: ClassAccessorDecoratorTarget<This, Value>,
    context: ClassAccessorDecoratorContext<This, Value>,
  ): ClassAccessorDecoratorResult<This, Value> | undefined;
  (target: object, key: string | symbol, descriptor?: PropertyDescriptor): void;
}

export function decorate(options: SpanOptions): SpanDecorator {
  checkKind("decorate", options);
  const traced = <Value>(value: Value, key: string | symbol): Value =>
    isFunction(value) ? tracedFunction(options, value, value.name || nameOf(key) || options.kind) : value;

  function decorator<Fn extends AnyFunction>(
    value: Fn,
    context: ClassMethodDecoratorContext | ClassGetterDecoratorContext | ClassSetterDecoratorContext,
  ): Fn | undefined;
  function decorator<This, Value>(
    value: undefined,
    context: ClassFieldDecoratorContext<This, Value>,
  ): ((this: This, initial: Value) => Value) | undefined;
  function decorator<This, Value>(
    value: ClassAccessorDecoratorTarget<This, Value>,
    context: ClassAccessorDecoratorContext<This, Value>,
  ): ClassAccessorDecoratorResult<This, Value> | undefined;
  function decorator(target: object, key: string | symbol, descriptor?: PropertyDescriptor): void;
  function decorator(value: unknown, second: unknown, descriptor?: unknown): unknown {
    if (isPropertyKey(second)) return legacy(value, second, descriptor, traced);
    if (!isContext(second)) return unknownTarget("this");
    const { kind, name } = second;
    switch (kind) {
      case "method":
      case "getter":
      case "setter":
        return traced(value, name);
      case "field":
        return (initial: unknown) => traced(initial, name);
      case "accessor":
        return isAccessor(value)
          ? {
              init: (initial: unknown) => traced(initial, name),
              set(this: unknown, next: unknown) {
                Reflect.apply(value.set, this, [traced(next, name)]);
              },
            }
          : undefined;
      default:
        return unknownTarget(`a ${kind}`);
    }
  }
  return decorator;
}

type Traced = <Value>(value: Value, key: string | symbol) => Value;

/** What TypeScript's own decorators pass: a prototype or constructor, a key, and a descriptor but for a field. */
function legacy(
  target: unknown,
  key: string | symbol,
  descriptor: unknown,
  traced: Traced,
): PropertyDescriptor | undefined {
  if (typeof descriptor === "number") return unknownTarget("a parameter");
  if (isDescriptor(descriptor)) {
    const { get, value } = descriptor;
    return get === undefined ? { ...descriptor, value: traced(value, key) } : { ...descriptor, get: traced(get, key) };
  }
  if ((typeof target !== "object" && typeof target !== "function") || target === null) return undefined;
  const existing = Object.getOwnPropertyDescriptor(target, key);
  if (existing?.configurable === true && "value" in existing) {
    // A static field has its value already.
    Object.defineProperty(target, key, { ...existing, value: traced(existing.value, key) });
    return undefined;
  }
  Object.defineProperty(target, key, {
    configurable: true,
    set(value: unknown) {
      const own = { value: traced(value, key), writable: true, enumerable: true, configurable: true };
      Object.defineProperty(this, key, own);
    },
  });
  return undefined;
}

function unknownTarget(what: string): undefined {
  state.reporter.ignore("decorate:target", `decorate: ${what} can't be traced; decorate a method, getter or field`);
  return undefined;
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}

function isPropertyKey(value: unknown): value is string | symbol {
  return typeof value === "string" || typeof value === "symbol";
}

function isContext(value: unknown): value is DecoratorContext {
  return typeof value === "object" && value !== null && "kind" in value && "name" in value;
}

function isAccessor(value: unknown): value is { readonly set: AnyFunction } {
  return typeof value === "object" && value !== null && "set" in value && typeof value.set === "function";
}

function isDescriptor(value: unknown): value is PropertyDescriptor {
  return typeof value === "object" && value !== null;
}

function nameOf(key: string | symbol): string {
  return typeof key === "string" ? key : (key.description ?? "");
}
