/**
 * The naming rules of Kubeflow Pipelines v1: how a human name becomes an op name, an Argo name, a folder in the container. Pure functions
 * of text; the pass that assigns names makes the results unique.
 */

/** First half of an op name: lower case, words separated by one space, a leading digit prefixed with `n`. KFP: components/_naming.py. */
export function normId(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return /^\p{Nd}/u.test(words) ? `n${words}` : words;
}

/** Op, template and pipeline names: lower case letters, digits and single `-`. May be empty (a name all in Hangul). */
export function k8sName(name: string): string {
  return trimDashes(name.toLowerCase().replace(/[^-0-9a-z]+/g, "-"));
}

/** Parameter, artifact, input and output names: like `k8sName`, but upper case and `_` are kept. May be empty. */
export function k8sCaseName(name: string): string {
  return trimDashes(name.replace(/[^-_0-9A-Za-z]+/g, "-"));
}

/** The folder of an input or output in the container: `/tmp/inputs/<fileName>/data`. Not trimmed, never empty for a non-empty name. */
export function fileName(name: string): string {
  return name.replace(/[^-_.0-9a-zA-Z]+/g, "_");
}

/** The component name for a Python function name: spaces instead of `_`, first letter in upper case. */
export function humanName(functionName: string): string {
  const words = functionName.replace(/[_\s]+/g, " ").trim();
  const [first = ""] = words;
  return first.toUpperCase() + words.slice(first.length);
}

/** The reserved artifact that an output becomes by its name (docs/spec/kfp-v1.md#metrics), or undefined for an ordinary output. */
export function reservedArtifact(outputName: string): "mlpipeline-metrics" | "mlpipeline-ui-metadata" | undefined {
  const plain = outputName.toLowerCase().replace(/[^a-z0-9]/g, "-");
  return plain === "mlpipeline-metrics" || plain === "mlpipeline-ui-metadata" ? plain : undefined;
}

function trimDashes(name: string): string {
  return name.replace(/-+/g, "-").replace(/^-|-$/g, "");
}
