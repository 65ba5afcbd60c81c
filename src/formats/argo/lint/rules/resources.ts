/** Resource templates: what is done with which Kubernetes object. docs/spec/argo-lint.md#resources */
import { field, isMap, listField, textField } from "#data/data.ts";
import { isDynamic } from "#pipeline/resolve-call.ts";
import { found, type Rule } from "../checked-workflow.ts";

const actions = ["get", "create", "apply", "delete", "replace", "patch"];

/** Action and manifest. The manifest's own YAML is looked at by the compiler, which has a parser. */
export const checkResources: Rule = (subject, report) => {
  for (const template of subject.templates) {
    const resource = field(subject.raw(template), "resource");
    if (template.kind !== "resource" || !isMap(resource)) continue;
    const { name, path } = template;
    const below = [...path, "resource"];
    const action = textField(resource, "action") ?? "";
    if (!isDynamic(action) && !actions.includes(action)) {
      found(report, "error", "resource-action", action === "" ? below : [...below, "action"], {
        name,
        value: action,
        valid: actions.join(", "),
      });
    }
    if (action === "get" || action === "delete") continue;
    const manifest = textField(resource, "manifest") ?? "";
    const from = field(resource, "manifestFrom");
    if (manifest === "" && !isMap(from)) found(report, "error", "resource-manifest-missing", below, { name });
    if (manifest !== "" && isMap(from)) found(report, "error", "resource-manifest-both", below, { name });
    const artifact = textField(field(from, "artifact"), "name");
    const inputs = listField(field(subject.raw(template), "inputs"), "artifacts").map((one) => textField(one, "name"));
    if (isMap(from) && (artifact === undefined || !inputs.includes(artifact))) {
      found(report, "error", "resource-manifest-from-artifact", [...below, "manifestFrom"], { name, artifact: artifact ?? "" });
    }
  }
};
