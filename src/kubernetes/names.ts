/** What Kubernetes accepts as a name, key or reference. Kubernetes: apimachinery/pkg/util/validation. */

/** RFC 1123 label: names of containers and volumes. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

/** RFC 1123 subdomain: names of most objects, such as a Secret or a claim. */
export function isObjectName(text: string): boolean {
  return text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text);
}

/** The nearest object name: lower case, "-" for characters that are not allowed; undefined if nothing is left. */
export function nearestObjectName(text: string): string | undefined {
  const found = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^-.a-z0-9]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 253);
  return found !== text && isObjectName(found) ? found : undefined;
}

/** The key of a label, annotation or node selector: an optional domain and a slash, then a name of at most 63 characters. */
export function isLabelKey(text: string): boolean {
  const [name = "", domain, ...more] = text.split("/").reverse();
  return (
    more.length === 0 &&
    (domain === undefined || isObjectName(domain)) &&
    name.length <= 63 &&
    /^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$/.test(name)
  );
}

/** The value of a label or node selector; may be empty. */
export function isLabelValue(text: string): boolean {
  return text.length <= 63 && /^([A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?)?$/.test(text);
}

/** The name of an environment variable, as accepted by every release of Kubernetes. */
export function isVariableName(text: string): boolean {
  return /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text);
}

/** The nearest name of an environment variable: `2ND TRY` is _2ND_TRY. */
export function nearestVariableName(text: string): string | undefined {
  const found = text
    .normalize("NFKC")
    .trim()
    .replace(/[^-._a-zA-Z0-9]+/g, "_")
    .replace(/^(?=\d)/, "_");
  return found !== text && isVariableName(found) && /[a-zA-Z0-9]/.test(found) ? found : undefined;
}

/** Whether a variable of this name usually holds a secret, which should not be written into a file. */
export function soundsSecret(name: string): boolean {
  return /(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SECRET_?KEY|CREDENTIALS?)$/i.test(name);
}

/** A key of a Secret or ConfigMap. */
export function isDataKey(text: string): boolean {
  return text.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(text) && !/^\.\.?$|^\.\./.test(text);
}

/** `[host[:port]/]path[:tag][@digest]`, the path in lower case. */
export function isImage(text: string): boolean {
  return /^([a-zA-Z0-9.-]+(:\d+)?\/)?[a-z0-9]+([._/-]+[a-z0-9]+)*(:[\w][\w.-]{0,127})?(@[a-z0-9]+:[0-9a-fA-F]{32,})?$/.test(text);
}

/** A path in a container at which something can be mounted. */
export function isMountPath(text: string): boolean {
  return text.startsWith("/") && !text.includes(":");
}

/** A path inside a volume: relative, without leaving it. */
export function isSubPath(text: string): boolean {
  return !text.startsWith("/") && !text.split("/").includes("..");
}

/** The name of a resource that a node offers, such as nvidia.com/gpu. */
export function isResourceName(text: string): boolean {
  return isLabelKey(text);
}
