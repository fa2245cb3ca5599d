export { default } from "@llmobs/transformer/typescript";
