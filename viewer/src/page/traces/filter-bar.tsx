import { useEffect, useRef, useState } from "preact/hooks";
import type { FacetsResponse, TraceFilter } from "../../api/contract.js";
import { changeTraceFilter, type TraceFilterChange, writeTraceFilter } from "../address/trace-filter.js";
import { TimeMenu } from "../dashboard/time-menu.js";
import { useRequest } from "../request/use-request.js";
import { FilterMenu } from "./filter-menu.js";
import { RangeMenu } from "./range-menu.js";

const menus = [
  { name: "status", label: "Status" },
  { name: "kind", label: "Kind" },
  { name: "model", label: "Model" },
  { name: "app", label: "App" },
  { name: "name", label: "Name" },
  { name: "version", label: "Version" },
  { name: "tag", label: "Tag" },
  { name: "session", label: "Session" },
] as const;

interface FilterBarProps {
  readonly query: TraceFilter;
  /** Counts up when traces came in, so that the values offered follow. */
  readonly version: number;
  readonly onChange: (query: TraceFilter, manner: "push" | "replace") => void;
}

export function FilterBar({ query, version, onChange }: FilterBarProps) {
  const facets = useRequest<FacetsResponse>(`/api/facets?${writeTraceFilter(query)}`, version);
  const [known, setKnown] = useState<FacetsResponse | null>(null);
  useEffect(() => {
    if (facets.state === "ready") setKnown(facets.answer);
  }, [facets]);
  const change = (part: TraceFilterChange) => onChange(changeTraceFilter(query, part), "push");
  const filtered = Object.keys(query).length > 0;
  return (
    <search class="filter-bar">
      <SearchField
        search={query.search ?? ""}
        onChange={(search) => onChange(changeTraceFilter(query, { search }), "replace")}
      />
      <TimeMenu from={query.fromMs} to={query.toMs} onChange={(fromMs, toMs) => change({ fromMs, toMs })} />
      {menus.map(({ name, label }) => (
        <FilterMenu
          label={label}
          choices={known?.[name] ?? []}
          chosen={query[name] ?? []}
          onChoose={(chosen) => change({ [name]: chosen })}
        />
      ))}
      <RangeMenu
        label="Duration"
        unit="ms"
        from={query.minDurationMs}
        to={query.maxDurationMs}
        onChange={(minDurationMs, maxDurationMs) => change({ minDurationMs, maxDurationMs })}
      />
      <RangeMenu
        label="Tokens"
        unit="tokens"
        from={query.minTokens}
        to={query.maxTokens}
        onChange={(minTokens, maxTokens) => change({ minTokens, maxTokens })}
      />
      {filtered && (
        <button type="button" class="button" onClick={() => onChange({}, "push")}>
          Clear
        </button>
      )}
    </search>
  );
}

function SearchField({ search, onChange }: { readonly search: string; readonly onChange: (search: string) => void }) {
  const [text, setText] = useState(search);
  const sent = useRef(search);
  useEffect(() => {
    if (search === sent.current) return;
    sent.current = search;
    setText(search);
  }, [search]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, 200);
    return () => clearTimeout(timer);
  });
  return (
    <input
      type="search"
      id="search"
      placeholder="Search names and contents  ( / )"
      aria-label="Search names and contents"
      value={text}
      onInput={({ currentTarget }) => setText(currentTarget.value)}
    />
  );
}
