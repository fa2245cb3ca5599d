/** Everything that reads shapes, in one part of the package that is loaded when the first span needs it. */

export { isConversation, readMessages } from "./message.js";
export { recogniseArguments } from "./request.js";
export { readDocuments } from "./search-results.js";
export { recogniseChunks, recogniseResult } from "./table.js";
