import type { Edit } from "#pipeline/edit.ts";
import type { Path } from "#data/data.ts";
import type { PortKind, Template } from "#pipeline/model.ts";
import type { Refused } from "#document/edit-draft.ts";
import { nearestValue, refuse } from "#document/edit-targets.ts";

/** The refusal of a port that is not declared; the fix declares it. */
export function undeclared(
  template: Template,
  port: { readonly direction: "input" | "output"; readonly name: string; readonly port: PortKind },
  path: Path,
): Refused {
  const ports = port.direction === "input" ? template.inputs : template.outputs;
  const values = {
    name: port.name,
    template: template.name,
    direction: port.direction,
    ...nearestValue(
      port.name,
      ports.map((one) => one.name),
    ),
  };
  const edits: readonly Edit[] = [{ kind: "add-port", template: template.id, ...port }];
  return refuse("port-undeclared", values, path, [{ code: "fix.add-port", values, edits }]);
}
