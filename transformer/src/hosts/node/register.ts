/** `node --import @llmobs/transformer/register app.ts`: instruments every source file that Node loads. */

import * as nodeModule from "node:module";
import { hookCommonJs } from "./commonjs.js";
import { type SyncHooks, syncHooks } from "./sync-hooks.js";

interface WithSyncHooks {
  registerHooks(hooks: SyncHooks): unknown;
}

function hasSyncHooks(value: object): value is WithSyncHooks {
  return "registerHooks" in value && typeof value.registerHooks === "function";
}

const loader: object = nodeModule;

// Compiled files carry their map: errors name the author's lines.
process.setSourceMapsEnabled(true);

if (hasSyncHooks(loader)) {
  loader.registerHooks(syncHooks);
} else {
  nodeModule.register("./async-hooks.js", import.meta.url);
  hookCommonJs();
}
