import "@llmobs/transformer/register";
