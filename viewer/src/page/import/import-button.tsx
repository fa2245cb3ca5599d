import { useRef } from "preact/hooks";
import type { ImportResponse } from "../../api/contract.js";
import { navigate } from "../address/address.js";
import { announce } from "../frame/announcement.js";
import { request } from "../request/request.js";

/** Takes a trace that this page exported as JSON, for instance a colleague's. */
export function ImportButton() {
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File) => {
    try {
      const { spans, traceIds } = await request<ImportResponse>("/api/import", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: file,
      });
      announce(`Imported ${spans} span${spans === 1 ? "" : "s"}`);
      const [only] = traceIds;
      if (only !== undefined) navigate(traceIds.length === 1 ? `/traces/${encodeURIComponent(only)}` : "/traces");
    } catch (error) {
      announce(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button
        type="button"
        class="button wide-only"
        onClick={() => input.current?.click()}
        title="Import a trace exported as JSON"
      >
        Import
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Trace to import"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = "";
          if (file !== undefined) void take(file);
        }}
      />
    </>
  );
}
