import { useEffect, useState } from "preact/hooks";

const announcements = new EventTarget();

/** Says something short at the foot of the page, to screen readers too. */
export function announce(text: string): void {
  announcements.dispatchEvent(new CustomEvent("said", { detail: text }));
}

export function Announcement() {
  const [text, setText] = useState("");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const show = (event: Event) => {
      if (!(event instanceof CustomEvent)) return;
      setText(String(event.detail));
      clearTimeout(timer);
      timer = setTimeout(() => setText(""), 2500);
    };
    announcements.addEventListener("said", show);
    return () => {
      clearTimeout(timer);
      announcements.removeEventListener("said", show);
    };
  }, []);
  return (
    <div class="announcement" role="status" data-shown={text !== ""}>
      {text}
    </div>
  );
}
