import type { Tool } from "./model.js";

interface Order {
  book: string;
  status: string;
}

const orders = new Map<string, Order>([
  ["A-1001", { book: "The Left Hand of Darkness", status: "left the warehouse on Monday, arrives on Thursday" }],
  ["B-2002", { book: "Invisible Cities", status: "returned, reached the warehouse on Friday" }],
]);

/** @llmobs tool name="order_status" */
export const orderStatus = (orderId: string): Order => {
  const order = orders.get(orderId);
  if (!order) throw new Error(`There is no order ${orderId}.`);
  return order;
};

/** @llmobs tool name="refund_status" */
export async function refundStatus(orderId: string): Promise<string> {
  if (orderId === "B-2002") throw new Error(`The payment service did not answer for order ${orderId}.`);
  return `No refund was asked for on order ${orderId}.`;
}

const runners = new Map<string, (orderId: string) => unknown>([
  ["order_status", orderStatus],
  ["refund_status", refundStatus],
]);

/** What the model is told about the tools. */
export const tools: Tool[] = [
  describe("order_status", "Where an order is now."),
  describe("refund_status", "Whether the refund of an order was paid."),
];

/** Runs the tool the model asked for. A failure is an answer too: the model is told and can go on without it. */
export async function runTool(name: string, args: string): Promise<string> {
  try {
    const run = runners.get(name);
    if (!run) throw new Error(`There is no tool ${name}.`);
    return JSON.stringify(await run(readOrderId(args)));
  } catch (error) {
    return `Error: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function readOrderId(args: string): string {
  const parsed: unknown = JSON.parse(args);
  if (typeof parsed === "object" && parsed && "order_id" in parsed && typeof parsed.order_id === "string") {
    return parsed.order_id;
  }
  throw new Error("order_id is missing.");
}

function describe(name: string, description: string): Tool {
  return {
    type: "function",
    function: {
      name,
      description,
      parameters: {
        type: "object",
        properties: { order_id: { type: "string", description: "For example A-1001." } },
        required: ["order_id"],
      },
    },
  };
}
