/** Files that nobody traces: tests, stories, what a program wrote, what a build made. Relative paths, forward slashes. */
const EXCLUDED = [
  /(?:^|\/)(?:tests?|__tests__|__mocks__|__fixtures__|fixtures|e2e|spec|specs|stories|\.storybook)\//i,
  /(?:^|\/)(?:dist|build|out|coverage|vendor|generated|__generated__|\.next|\.nuxt|\.output|\.turbo|\.vercel)\//i,
  /[._-](?:test|tests|spec|e2e|stories|story|mock|fixture|bench|gen|generated)\.[cm]?[jt]sx?$/i,
  /\.min\.[cm]?js$/i,
  /(?:^|\/)[\w.-]*\.config\.[cm]?[jt]s$/i,
];

const GENERATED_HEADER = /@generated\b|\bDO NOT EDIT\b|auto-?generated\b/i;

export function isExcluded(file: string, text: string): boolean {
  return EXCLUDED.some((pattern) => pattern.test(file)) || GENERATED_HEADER.test(text.slice(0, 500));
}
