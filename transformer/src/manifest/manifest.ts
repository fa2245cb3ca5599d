import { Links, type LocatedUnit, type ResolveModule } from "./links.js";
import type { ModuleOutline, OutlinedSite, Unit } from "./outline.js";

/** Every traced place of a project: the content of `llmobs.manifest.json`. Its schema is `manifest.schema.json`. */
export interface Manifest {
  /** Of the schema. A new field does not change it; a changed or removed one does. */
  readonly version: 1;
  /** By file, then by place. */
  readonly sites: readonly ManifestSite[];
}

export interface ManifestSite extends OutlinedSite {
  /**
   * Ids of the sites that this one calls, itself or through functions that are not traced, in the order of the calls.
   * Only calls whose target the text tells.
   */
  readonly callees: readonly string[];
}

/**
 * The manifest of the files whose outlines `instrument` gave. Pure: the order of the
 * outlines does not matter. Calls into other modules are followed where `resolve` knows them.
 */
export function createManifest(outlines: Iterable<ModuleOutline>, resolve: ResolveModule): Manifest {
  const links = new Links(resolve);
  const byFile = [...outlines].sort((a, b) => (a.file < b.file ? -1 : 1));
  return {
    version: 1,
    sites: byFile.flatMap((module) => {
      const units = new Map(module.units.flatMap(({ site }, unit) => (site === undefined ? [] : [[site, unit]])));
      return module.sites.map((site) => ({
        ...site,
        callees: calleesOf({ module, unit: units.get(site.id) ?? -1 }, links),
      }));
    }),
  };
}

function calleesOf(start: LocatedUnit, links: Links): readonly string[] {
  const callees = new Set<string>();
  const entered = new Set<Unit>();
  const pending = [start];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { module } = at;
    const unit = module.units[at.unit];
    if (unit?.site !== undefined && at !== start) callees.add(unit.site);
    else if (unit !== undefined && !entered.has(unit)) {
      entered.add(unit);
      const targets = unit.steps.map((step) => links.target(step, module)).filter((target) => target !== undefined);
      // Taken off the end: what is called first comes first.
      for (const target of targets.reverse()) pending.push(target);
    }
  }
  return [...callees];
}
