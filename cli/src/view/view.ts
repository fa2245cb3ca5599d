import { colours } from "../terminal/output.js";

export interface ViewOptions {
  readonly dir: readonly string[];
  readonly port: string;
  readonly memory?: boolean;
}

/** Serves the page until the process is told to end. */
export async function view({ dir, port, memory }: ViewOptions): Promise<void> {
  // Loaded here alone: no other command waits for it.
  const { startViewer } = await import("@llmobs/viewer");
  const viewer = await startViewer({
    spanFolders: dir,
    port: Number(port),
    ...(memory === true ? { store: "memory" } : {}),
  });
  const paint = colours(process.stdout);
  process.stdout.write(`${paint.bold("traces:")} ${viewer.origin}\n`);
  await new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
  });
  await viewer.close();
}
