// Which templates have calls, and which are drawn as graphs.

/** Whether a template has calls of its own, which can be added, removed and wired. */
export function isGraph<T extends { readonly kind: string }>(template: T | undefined): template is T & { readonly kind: "dag" | "steps" } {
  return template?.kind === "dag" || template?.kind === "steps";
}

/** Whether a template is drawn as several boxes: a graph, or the containers of a container set, which are not calls. */
export function isDrawnAsGraph(template: { readonly kind: string } | undefined): boolean {
  return isGraph(template) || template?.kind === "containerSet";
}
