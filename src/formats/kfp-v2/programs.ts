import { field, isList, textField } from "#data/data.ts";
import type { ComponentProgram, FormatPrograms } from "#document/format.ts";
import type { Template } from "#pipeline/model.ts";
import { readProgram } from "#python/program-lens.ts";

/** The Python functions in executors of KFP v2. */
export const kfpV2Programs: FormatPrograms = { format: "kfp-v2", programOf };

function programOf({ rest, pythonFunction }: Template): ComponentProgram | undefined {
  const container = field(rest, "container");
  const command = field(container, "command");
  if (pythonFunction === undefined || !isList(command)) return undefined;
  const index = command.findLastIndex((word) => typeof word === "string" && /\bdef\s/.test(word));
  const text = command[index];
  const lens = typeof text === "string" ? readProgram(text, pythonFunction) : undefined;
  if (!lens || typeof text !== "string") return undefined;
  return {
    text,
    lens,
    path: ["container", "command", index],
    image: textField(container, "image") ?? "",
    command,
    isSignatureFixed: true,
  };
}
