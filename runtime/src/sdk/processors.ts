import type { Processor } from "../processor/processed-span.js";
import { ProcessorStage } from "../processor/stage.js";
import { state } from "../state.js";

export function registerProcessor(processor: Processor): void {
  if (typeof processor !== "function") {
    state.reporter.ignore("processor:function", "registerProcessor: a processor must be a function");
    return;
  }
  state.stage ??= new ProcessorStage();
  state.stage.register(processor);
}

export function deregisterProcessor(processor?: Processor): void {
  state.stage?.deregister(processor);
}
