import { builtin } from "../node-builtins.js";

/** Where the Agent's packages put its socket. */
const AGENT_SOCKET = "/var/run/datadog/apm.socket";

/** The Agent's own socket on this machine, if it is there: what dd-trace uses when nothing says otherwise. */
export function existingAgentSocket(path: string = AGENT_SOCKET): string | undefined {
  return builtin("node:fs")?.existsSync(path) ? `unix://${path}` : undefined;
}
