export { default, type EsbuildOptions } from "@llmobs/transformer/esbuild";
