export * from "@llmobs/transformer";
