import type { FixtureFileEntry } from "@copilotkit/aimock";

// The first entry that matches answers. Requests that offer tools look something up; the others want the final answer.
const offersTools = { toolName: "order_status" };

export const recordedAnswers: FixtureFileEntry[] = [
  {
    match: { ...offersTools, userMessage: "A-1001", hasToolResult: false },
    response: { toolCalls: [{ id: "call_1", name: "order_status", arguments: { order_id: "A-1001" } }] },
  },
  {
    match: { ...offersTools, userMessage: "B-2002", hasToolResult: false },
    response: { toolCalls: [{ id: "call_2", name: "refund_status", arguments: { order_id: "B-2002" } }] },
  },
  {
    match: { ...offersTools, toolCallId: "call_2", toolResultContains: "Error" },
    response: { toolCalls: [{ id: "call_3", name: "order_status", arguments: { order_id: "B-2002" } }] },
  },
  {
    match: { ...offersTools, hasToolResult: true },
    response: { content: "READY" },
  },
  {
    match: { userMessage: "A-1001" },
    response: {
      content:
        "Your copy of The Left Hand of Darkness left the warehouse on Monday and arrives on Thursday. " +
        "Should it arrive damaged, send us a photo within 30 days: we post a replacement at no cost, and you keep the damaged copy.",
    },
  },
  {
    match: { userMessage: "B-2002" },
    response: {
      content:
        "Your return of Invisible Cities reached our warehouse on Friday. " +
        "I could not check the payment just now because the payment service did not answer. " +
        "We pay a refund within five working days of the parcel reaching us, to the card you paid with.",
    },
  },
];
