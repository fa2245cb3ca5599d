import type { MemberValue, ModuleOutline, Step, Value } from "./outline.js";

/** A value with the module whose units and specifiers it names. */
interface Located {
  readonly value: Exclude<Value, MemberValue>;
  readonly module: ModuleOutline;
}

/** A unit of a module. */
export interface LocatedUnit {
  readonly module: ModuleOutline;
  readonly unit: number;
}

/** The module that a specifier names in a file; undefined for one that is not the project's. */
export type ResolveModule = (specifier: string, importer: string) => ModuleOutline | undefined;

/** Finds what values mean across modules. */
export class Links {
  readonly #resolve: ResolveModule;
  /** Exports that are being looked up: modules may re-export one another. */
  readonly #pending = new Set<string>();

  constructor(resolve: ResolveModule) {
    this.#resolve = resolve;
  }

  /** The unit that a step runs; undefined where that is not known. */
  target(step: Step, module: ModuleOutline): LocatedUnit | undefined {
    switch (step.type) {
      case "runs":
        return { module, unit: step.unit };
      case "calls":
        return unitOf(this.#callable(this.#settle(step.value, module)));
      case "constructs":
        return this.#constructorOf(this.#callable(this.#settle(step.value, module)));
      case "reads":
      case "writes": {
        const of = this.#settle(step.member.of, module);
        return unitOf(of && this.#member(of, `${step.type === "reads" ? "get" : "set"} ${step.member.name}`));
      }
    }
  }

  #settle(value: Value, module: ModuleOutline): Located | undefined {
    if (value.type !== "member") return { value, module };
    const of = this.#settle(value.of, module);
    return of && this.#member(of, value.name);
  }

  #member(of: Located, name: string): Located | undefined {
    const { value, module } = of;
    switch (value.type) {
      case "function":
        return name === "call" || name === "apply" ? of : undefined;
      case "object": {
        const own = value.members.get(name);
        return own === undefined ? this.#inherited(value.base, module, name) : this.#settle(own, module);
      }
      case "class": {
        const own = value.statics.get(name);
        return own === undefined ? this.#inherited(value.base, module, name) : this.#settle(own, module);
      }
      case "instance":
        return this.#instanceMember(this.#callable(this.#settle(value.of, module)), name);
      case "module":
        return this.#exportOf(this.#moduleOf(value.specifier, module), name);
    }
  }

  #inherited(base: Value | undefined, module: ModuleOutline, name: string): Located | undefined {
    const of = base && this.#settle(base, module);
    return of && this.#member(of, name);
  }

  #instanceMember(type: Located | undefined, name: string): Located | undefined {
    if (type?.value.type !== "class") return undefined;
    const { value, module } = type;
    const own = value.members.get(name);
    if (own !== undefined) return this.#settle(own, module);
    return this.#inherited(value.base && { type: "instance", of: value.base }, module, name);
  }

  #moduleOf(specifier: string | undefined, module: ModuleOutline): ModuleOutline | undefined {
    return specifier === undefined ? module : this.#resolve(specifier, module.file);
  }

  #exportOf(module: ModuleOutline | undefined, name: string): Located | undefined {
    const key = `${module?.file}\0${name}`;
    if (module === undefined || this.#pending.has(key)) return undefined;
    this.#pending.add(key);
    try {
      const own = module.exports.get(name);
      if (own !== undefined) return this.#settle(own, module);
      const all = module.exports.get("export=");
      if (all !== undefined) {
        const whole = this.#settle(all, module);
        return name === "default" ? whole : whole && this.#member(whole, name);
      }
      return name === "default" ? undefined : this.#reexported(module, name);
    } finally {
      this.#pending.delete(key);
    }
  }

  #reexported(module: ModuleOutline, name: string): Located | undefined {
    for (const specifier of module.exportsAllOf) {
      const found = this.#exportOf(this.#resolve(specifier, module.file), name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What stands for a value where it is called: a CommonJS module's own value, or what more members were put on. */
  #callable(of: Located | undefined): Located | undefined {
    if (of?.value.type === "object" && of.value.base !== undefined) {
      return this.#callable(this.#settle(of.value.base, of.module));
    }
    if (of?.value.type !== "module") return of;
    const module = this.#moduleOf(of.value.specifier, of.module);
    const whole = module?.exports.get("export=");
    return module === undefined || whole === undefined ? undefined : this.#callable(this.#settle(whole, module));
  }

  #constructorOf(of: Located | undefined): LocatedUnit | undefined {
    if (of?.value.type !== "class") return unitOf(of);
    const { construct, base } = of.value;
    if (construct !== undefined) return { module: of.module, unit: construct };
    return base && this.#constructorOf(this.#callable(this.#settle(base, of.module)));
  }
}

function unitOf(of: Located | undefined): LocatedUnit | undefined {
  return of?.value.type === "function" ? { module: of.module, unit: of.value.unit } : undefined;
}
