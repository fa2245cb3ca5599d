import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{runtime,transformer,viewer,cli,test}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/fixtures/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two at a time: many tests start processes of their own.
    maxWorkers: 2,
    execArgv: ["--expose-gc"],
  },
});
