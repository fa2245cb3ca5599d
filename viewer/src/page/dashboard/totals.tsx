import type { DashboardValues } from "../../api/contract.js";
import { explainCost, formatCost, formatCount, formatDuration } from "../text/figures.js";

export function Totals({ totals }: { readonly totals: DashboardValues }) {
  const share = totals.requests === 0 ? 0 : totals.errors / totals.requests;
  return (
    <dl class="totals">
      <Total label="Calls" value={formatCount(totals.requests)} />
      <Total label="Failed" value={`${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`} bad={share > 0} />
      <Total label="Median" value={formatDuration(totals.p50Ms)} />
      <Total label="p95" value={formatDuration(totals.p95Ms)} />
      <Total label="p99" value={formatDuration(totals.p99Ms)} />
      <Total label="Tokens" value={formatCount(totals.totalTokens)} />
      <Total label="Cost" value={formatCost(totals)} hint={explainCost(totals)} />
    </dl>
  );
}

interface TotalProps {
  readonly label: string;
  readonly value: string;
  readonly bad?: boolean;
  readonly hint?: string;
}

function Total({ label, value, bad = false, hint }: TotalProps) {
  return (
    <div title={hint}>
      <dt>{label}</dt>
      <dd class={bad ? "bad" : undefined}>{value}</dd>
    </div>
  );
}
