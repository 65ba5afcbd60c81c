import { type Data, isList, isMap, type Path } from "./data.ts";

/**
 * The elementary changes of a document's data. Edits (the user's intention) are planned as operations (the changes); the same operations
 * then patch the text and, inverted, undo the data. Paths start with the document's index.
 */
export type Operation =
  /** Replaces the value at `path`, or adds the key (at the end, or before the key `before`) to an existing mapping. */
  | { readonly op: "set"; readonly path: Path; readonly value: Data; readonly before?: string }
  /** Inserts an item into the list at `path[..-1]` so that it has the index `path[-1]`; the list must exist. */
  | { readonly op: "insert"; readonly path: Path; readonly value: Data }
  /** Removes a key of a mapping or an item of a list. */
  | { readonly op: "remove"; readonly path: Path }
  /** Renames a key of a mapping in place. */
  | { readonly op: "rename"; readonly path: Path; readonly key: string }
  /** Moves the list item at `path` to `to` (a path of the data after the removal; same or another list). */
  | { readonly op: "move"; readonly path: Path; readonly to: Path };

/** Thrown for an operation whose path does not fit the data: a bug of the planner, not an error of the user. */
export class OperationError extends Error {}

/** The data after the operations, in order. Unchanged parts are shared with the data before. */
export function applyOperations<T extends Data>(root: T, operations: readonly Operation[]): T {
  return operations.reduce<Data>((data, operation) => applyOperation(data, operation), root) as T;
}

/** The data after one operation. */
export function applyOperation(root: Data, operation: Operation): Data {
  switch (operation.op) {
    case "set":
      return changeParent(root, operation.path, (parent, last) => setChild(parent, last, operation.value, operation.before, operation));
    case "insert":
      return changeParent(root, operation.path, (parent, last) => insertChild(parent, last, operation.value, operation));
    case "remove":
      return changeParent(root, operation.path, (parent, last) => removeChild(parent, last, operation));
    case "rename":
      return changeParent(root, operation.path, (parent, last) => {
        if (!isMap(parent) || typeof last !== "string" || !Object.hasOwn(parent, last)) throw misfit(operation);
        if (operation.key !== last && Object.hasOwn(parent, operation.key)) throw misfit(operation);
        return Object.fromEntries(Object.entries(parent).map(([key, value]) => [key === last ? operation.key : key, value]));
      });
    case "move": {
      let taken: Data | undefined;
      const without = changeParent(root, operation.path, (parent, last) => {
        if (!isList(parent) || typeof last !== "number" || last >= parent.length) throw misfit(operation);
        taken = parent[last];
        return removeChild(parent, last, operation);
      });
      return changeParent(without, operation.to, (parent, last) => insertChild(parent, last, taken as Data, operation));
    }
  }
}

function changeParent(here: Data, path: Path, change: (parent: Data, last: string | number) => Data): Data {
  const [step, ...rest] = path;
  if (step === undefined) throw new OperationError("an operation needs a path");
  if (rest.length === 0) return change(here, step);
  if (typeof step === "number") {
    if (!isList(here) || step >= here.length) throw new OperationError(`no item ${step} on the way to ${path.join("/")}`);
    return here.map((item, index) => (index === step ? changeParent(item, rest, change) : item));
  }
  if (!isMap(here) || !Object.hasOwn(here, step)) throw new OperationError(`no key ${step} on the way to ${path.join("/")}`);
  return { ...here, [step]: changeParent(here[step] as Data, rest, change) };
}

function setChild(parent: Data, last: string | number, value: Data, before: string | undefined, operation: Operation): Data {
  if (typeof last === "number") {
    if (!isList(parent) || last >= parent.length) throw misfit(operation);
    return parent.map((item, index) => (index === last ? value : item));
  }
  if (!isMap(parent)) throw misfit(operation);
  if (Object.hasOwn(parent, last) || before === undefined || !Object.hasOwn(parent, before)) return { ...parent, [last]: value };
  return Object.fromEntries(
    Object.entries(parent).flatMap(([key, old]) =>
      key === before
        ? [
            [last, value],
            [key, old],
          ]
        : [[key, old]],
    ),
  );
}

function insertChild(parent: Data, last: string | number, value: Data, operation: Operation): Data {
  if (!isList(parent) || typeof last !== "number" || last < 0 || last > parent.length) throw misfit(operation);
  return [...parent.slice(0, last), value, ...parent.slice(last)];
}

function removeChild(parent: Data, last: string | number, operation: Operation): Data {
  if (typeof last === "number") {
    if (!isList(parent) || last >= parent.length) throw misfit(operation);
    return parent.filter((_, index) => index !== last);
  }
  if (!isMap(parent) || !Object.hasOwn(parent, last)) throw misfit(operation);
  return Object.fromEntries(Object.entries(parent).filter(([key]) => key !== last));
}

function misfit(operation: Operation): OperationError {
  return new OperationError(`${operation.op} does not fit at ${operation.path.join("/")}`);
}
