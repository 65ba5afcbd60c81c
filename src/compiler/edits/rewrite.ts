import type { Reference } from "#model/binding.ts";
import type { Path } from "#model/data.ts";
import { chainsIn, type ChainStep, isIdentifier } from "#formats/argo/expression.ts";
import { namedReference, variableName } from "#formats/argo/names.ts";
import { tagsIn, textsIn } from "#formats/argo/references.ts";
import type { Draft } from "./draft.ts";

// Renaming what references name, inside the texts that hold them: only the letters of the name change, blanks and quotes stay.

/** Which references are meant. */
export type Meant = (reference: Reference) => boolean;
/** The new name: of the task, of its output, or of the input or parameter. */
export type NewName = { readonly task?: string; readonly output?: string; readonly name?: string };

/** Renames in every text below a place. */
export function renameReferences(draft: Draft, place: Path, meant: Meant, to: NewName): void {
  for (const { path, text, expression } of textsIn(draft.at(place), place)) {
    const changed = expression && !text.includes("{{") ? renameInExpression(text, meant, to) : renameInText(text, meant, to);
    if (changed !== text) draft.set(path, changed);
  }
}

/** A text with the meant references renamed. */
export function renameInText(text: string, meant: Meant, to: NewName): string {
  let changed = "";
  let at = 0;
  for (const { start, end, reference } of tagsIn(text)) {
    changed += text.slice(at, start) + renamedTag(text.slice(start, end), reference, meant, to);
    at = end;
  }
  return changed + text.slice(at);
}

function renamedTag(tag: string, reference: Reference, meant: Meant, to: NewName): string {
  if (reference.kind === "expression") return `{{=${renameInExpression(tag.slice(3, -2), meant, to)}}}`;
  if (!meant(reference)) return tag;
  // The variable's name stands in its tag as it is, with blanks around it and `.path` behind it at most.
  return tag.replace(variableName(reference), () => variableName(renamed(reference, to)));
}

function renamed(reference: Reference, to: NewName): Reference {
  if (reference.kind === "task-output") return { ...reference, task: to.task ?? reference.task, output: to.output ?? reference.output };
  return "name" in reference && to.name !== undefined ? { ...reference, name: to.name } : reference;
}

/** An expression with the meant references renamed; a name that no dot can stand before goes into brackets. */
export function renameInExpression(source: string, meant: Meant, to: NewName): string {
  let changed = "";
  let at = 0;
  for (const chain of chainsIn(source)) {
    const named = chain.filter((step) => step.style !== "index");
    const reference = namedReference(named.map((step) => step.name));
    if (!meant(reference)) continue;
    for (const [step, name] of renamedSteps(named, reference, to)) {
      const [text, start, end] = spelled(step, name);
      changed += source.slice(at, start) + text;
      at = end;
    }
  }
  return changed + source.slice(at);
}

function renamedSteps(steps: readonly ChainStep[], reference: Reference, to: NewName): readonly (readonly [ChainStep, string])[] {
  const places: readonly (readonly [number, string | undefined])[] =
    reference.kind === "task-output" ? [[1, to.task], [4, to.output]] : [[reference.kind === "global-output" ? 3 : 2, to.name]];
  return places.flatMap(([index, name]) => {
    const step = steps[index];
    return step !== undefined && name !== undefined ? [[step, name] as const] : [];
  });
}

function spelled(step: ChainStep, name: string): readonly [text: string, start: number, end: number] {
  if (step.style === "dot" && !isIdentifier(name)) return [`['${name}']`, step.from, step.to];
  return [name, step.start, step.end];
}
