import type { Data } from "#data/data.ts";
import type { FormatClipboard, Fragment } from "#document/format.ts";
import type { Workflow } from "#pipeline/model.ts";
import { argoClipboard } from "#formats/argo/clipboard.ts";

// Registers what pastes tasks.

const clipboards: readonly FormatClipboard[] = [argoClipboard];

/** What pastes tasks into an object; undefined if its format cannot. */
export function clipboardOf(workflow: Workflow): FormatClipboard | undefined {
  return clipboards.find(({ format }) => format === workflow.format);
}

/** The fragment in data that is no object of any format; undefined if no format recognises one. */
export function readFragment(data: Data): Fragment | undefined {
  for (const clipboard of clipboards) {
    const fragment = clipboard.readFragment(data);
    if (fragment) return fragment;
  }
  return undefined;
}
