import type { OpenRequest, SourcePlace } from "../../api/contract.js";
import { announce } from "../frame/announcement.js";
import { send } from "../request/request.js";
import { VisibleText } from "../text/visible-text.js";

export async function openInEditor({ file, line, column }: SourcePlace): Promise<void> {
  const body: OpenRequest = { file, line, ...(column !== null && { column }) };
  try {
    await send("/api/open", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    announce(`Opened ${file}:${line}`);
  } catch (error) {
    announce(error instanceof Error ? error.message : String(error));
  }
}

/** Where a function stands; a press opens it there, if the file is the project's. */
export function EditorButton({ place }: { readonly place: SourcePlace }) {
  const text = [place.file, place.line, ...(place.column === null ? [] : [place.column])].join(":");
  return (
    <button type="button" class="source-place" title="Open in the editor (e)" onClick={() => void openInEditor(place)}>
      <VisibleText text={text} />
      {place.function !== null && (
        <span class="quiet">
          {" "}
          <VisibleText text={place.function} />
        </span>
      )}
    </button>
  );
}
