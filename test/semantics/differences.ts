import type { Differences, FixtureReport } from "./child/report.js";

/** The log that an instrumented fixture is to have: the original's, with the differences it declares. */
export function expectedLog({ log, differences }: FixtureReport, state: "off" | "on"): readonly string[] {
  const declared = declaredFor(differences, state);
  return log.flatMap((entry) => {
    const instead = Object.hasOwn(declared, entry) ? declared[entry] : entry;
    return instead === null || instead === undefined ? [] : [instead];
  });
}

/** Declared differences of entries that the original does not log: they would prove nothing. */
export function staleDifferences({ log, differences }: FixtureReport): readonly string[] {
  return (["off", "on"] as const)
    .flatMap((state) => Object.keys(declaredFor(differences, state)))
    .filter((entry) => !log.includes(entry));
}

function declaredFor(
  differences: Differences | undefined,
  state: "off" | "on",
): Readonly<Record<string, string | null>> {
  return { ...differences?.always, ...differences?.[state] };
}
