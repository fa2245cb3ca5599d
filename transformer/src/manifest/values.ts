import type { Class, MemberExpression, Node, ObjectExpression } from "oxc-parser";
import { type Path, unwrap } from "../ast.js";
import { isExports } from "./exports.js";
import { keyedName, memberName } from "./member-name.js";
import type { MemberValue, Value } from "./outline.js";
import type { Declaration, Scopes, Source, Sources } from "./scopes.js";
import { thisHolder } from "./this-holder.js";

/** Of one name to the next, or of one member to the next: nobody's code has as many. */
const MOST_STEPS = 200;

/** Says what the expressions of a module mean, as far as its text tells. */
export class Values {
  readonly #scopes: Scopes;
  readonly #units: ReadonlyMap<Node, number>;
  /** Of names, classes and object literals. There before it is complete: `const a = b, b = a` has no end. */
  readonly #known = new Map<Declaration | Node, Value | undefined>();
  #depth = 0;

  /** `units` has the number of every function. */
  constructor(scopes: Scopes, units: ReadonlyMap<Node, number>) {
    this.#scopes = scopes;
    this.#units = units;
  }

  /** Undefined for what is not known. */
  of(path: Path): Value | undefined {
    if (this.#depth === MOST_STEPS) return undefined;
    this.#depth++;
    const value = this.#evaluate(path);
    this.#depth--;
    return value;
  }

  #evaluate(path: Path): Value | undefined {
    const node = unwrap(path.node);
    const self = node === path.node ? path : { node, parent: path };
    const at = (child: Node) => this.of({ node: child, parent: self });
    switch (node.type) {
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression": {
        const unit = this.#units.get(node);
        return unit === undefined ? undefined : { type: "function", unit };
      }
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#class(node, self);
      case "ObjectExpression":
        return this.#object(node, self);
      case "Identifier":
        return isExports(node, path, this.#scopes) ? OWN_MODULE : this.#named(node.name, path);
      case "MemberExpression":
        return isExports(node, self, this.#scopes) ? OWN_MODULE : this.member(node, self);
      case "ThisExpression":
        return this.#this(path);
      case "NewExpression":
        return instanceOf(at(node.callee));
      case "CallExpression":
        return this.#called(node.callee, node.arguments[0], path);
      case "AwaitExpression":
        return node.argument.type === "ImportExpression" ? moduleNamed(node.argument.source) : undefined;
      case "ChainExpression":
      case "TSInstantiationExpression":
        return at(node.expression);
      case "AssignmentExpression":
        return node.operator === "=" ? at(node.right) : undefined;
      case "SequenceExpression":
        return node.expressions.slice(-1).map(at)[0];
      default:
        return undefined;
    }
  }

  /** `object.name`, whatever the object is known to be. */
  member(node: MemberExpression, path: Path): MemberValue | undefined {
    const name = memberName(node);
    if (name === undefined) return undefined;
    const of = node.object.type === "Super" ? this.#super(path) : this.of({ node: node.object, parent: path });
    return of === undefined ? undefined : { type: "member", of, name };
  }

  /** What the class around a place extends. */
  superClassAt(path: Path): Value | undefined {
    const holder = thisHolder(path);
    const type = holder?.type === "class" ? this.#class(holder.node, holder.path) : undefined;
    return type?.type === "class" ? type.base : undefined;
  }

  /** The one value of a name; undefined when there are several, or none. */
  ofSources(sources: readonly Source[]): Value | undefined {
    const [source, ...more] = sources;
    return source === undefined || more.length > 0 ? undefined : this.#source(source);
  }

  #source(source: Source): Value | undefined {
    switch (source.type) {
      case "node":
        return this.of(source.path);
      case "name":
        return this.#named(source.name, source.path);
      case "part": {
        const of = this.of(source.path);
        return of === undefined ? undefined : { type: "member", of, name: source.name };
      }
      case "typed":
        return this.#typed(source.path);
      case "value":
        return source.value;
      case "unknown":
        return undefined;
    }
  }

  #named(name: string, from: Path): Value | undefined {
    const declaration = this.#scopes.find(name, from);
    if (declaration === undefined || this.#known.has(declaration)) return declaration && this.#known.get(declaration);
    this.#known.set(declaration, undefined);
    const base = this.ofSources(declaration.sources);
    if (declaration.members.size === 0) {
      this.#known.set(declaration, base);
      return base;
    }
    const members = new Map<string, Value>();
    const value: Value = { type: "object", members, base };
    this.#known.set(declaration, value);
    this.#fill(members, declaration.members);
    return value;
  }

  #super(path: Path): Value | undefined {
    const holder = thisHolder(path);
    const base = this.superClassAt(path);
    return holder?.type === "class" && holder.isStatic ? base : instanceOf(base);
  }

  #fill(members: Map<string, Value>, sources: Sources): void {
    for (const [name, each] of sources) add(members, name, this.ofSources(each));
  }

  #this(path: Path): Value | undefined {
    const holder = thisHolder(path);
    if (holder === undefined) return undefined;
    if (holder.type === "object") return this.#object(holder.node, holder.path);
    const type = this.#class(holder.node, holder.path);
    return holder.isStatic ? type : instanceOf(type);
  }

  #object(node: ObjectExpression, path: Path): Value | undefined {
    if (this.#known.has(node)) return this.#known.get(node);
    const members = new Map<string, Value>();
    const spread = node.properties.findLast((property) => property.type === "SpreadElement");
    const base = spread === undefined ? undefined : this.of({ node: spread.argument, parent: path });
    const value: Value = { type: "object", members, base };
    this.#known.set(node, value);
    for (const property of node.properties) {
      if (property.type !== "Property") continue;
      const { kind, value: of } = property;
      add(members, keyedName(property, kind), this.of({ node: of, parent: { node: property, parent: path } }));
    }
    return value;
  }

  #class(node: Class, path: Path): Value | undefined {
    if (this.#known.has(node)) return this.#known.get(node);
    this.#known.set(node, undefined);
    const base = node.superClass === null ? undefined : this.of({ node: node.superClass, parent: path });
    const construct = node.body.body.flatMap((member) => {
      const isConstructor = member.type === "MethodDefinition" && member.kind === "constructor";
      const unit = isConstructor ? this.#units.get(member.value) : undefined;
      return unit === undefined ? [] : [unit];
    });
    const [members, statics] = [new Map<string, Value>(), new Map<string, Value>()];
    const value: Value = { type: "class", members, statics, base, construct: construct[0] };
    this.#known.set(node, value);
    const body = { node: node.body, parent: path };
    for (const member of node.body.body) {
      const below = { node: member, parent: body };
      switch (member.type) {
        case "MethodDefinition":
          if (member.kind === "constructor") this.#parameterProperties(members, member.value.params, below);
          else
            add(
              member.static ? statics : members,
              keyedName(member, member.kind),
              this.of({ node: member.value, parent: below }),
            );
          break;
        case "PropertyDefinition":
        case "AccessorProperty": {
          const { value: initial, typeAnnotation: type } = member;
          const typed = type ? this.#typed({ node: type, parent: below }) : undefined;
          const of = initial === null ? typed : (this.of({ node: initial, parent: below }) ?? typed);
          add(member.static ? statics : members, keyedName(member, "init"), of);
          break;
        }
      }
    }
    const assigned = new Map<string, Value>();
    this.#fill(assigned, this.#scopes.membersOf(node));
    for (const [name, of] of assigned) if (!members.has(name)) members.set(name, of);
    return value;
  }

  /** `constructor(private store: Store)` */
  #parameterProperties(members: Map<string, Value>, parameters: readonly Node[], path: Path): void {
    for (const parameter of parameters) {
      const inner = parameter.type === "TSParameterProperty" ? parameter.parameter : undefined;
      const name: Node | undefined = inner?.type === "AssignmentPattern" ? inner.left : inner;
      if (name?.type !== "Identifier" || !name.typeAnnotation) continue;
      add(members, name.name, this.#typed({ node: name.typeAnnotation, parent: path }));
    }
  }

  /** What has a class as its declared type is an instance of it. */
  #typed({ node, parent }: Path): Value | undefined {
    const type = node.type === "TSTypeAnnotation" ? node.typeAnnotation : node;
    return type.type === "TSTypeReference"
      ? instanceOf(this.#typeName(type.typeName, parent ?? { node, parent }))
      : undefined;
  }

  #typeName(name: Node, path: Path): Value | undefined {
    if (name.type === "Identifier") return this.#named(name.name, path);
    const of = name.type === "TSQualifiedName" ? this.#typeName(name.left, path) : undefined;
    return of === undefined || name.type !== "TSQualifiedName"
      ? undefined
      : { type: "member", of, name: name.right.name };
  }

  /** `require("…")` and `fn.bind(…)`; what other calls give is not known. */
  #called(callee: Node, argument: Node | undefined, path: Path): Value | undefined {
    if (callee.type === "Identifier") {
      const isRequire = callee.name === "require" && this.#scopes.find("require", path) === undefined;
      return isRequire && argument !== undefined ? moduleNamed(argument) : undefined;
    }
    const isBind = callee.type === "MemberExpression" && memberName(callee) === "bind";
    return isBind ? this.of({ node: callee.object, parent: { node: callee, parent: path } }) : undefined;
  }
}

const OWN_MODULE: Value = { type: "module", specifier: undefined };

function moduleNamed(specifier: Node): Value | undefined {
  const isText = specifier.type === "Literal" && typeof specifier.value === "string";
  return isText ? { type: "module", specifier: String(specifier.value) } : undefined;
}

function instanceOf(type: Value | undefined): Value | undefined {
  return type === undefined ? undefined : { type: "instance", of: type };
}

function add(members: Map<string, Value>, name: string | undefined, value: Value | undefined): void {
  if (name !== undefined && value !== undefined) members.set(name, value);
}
