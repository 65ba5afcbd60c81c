import { checkDocument } from "#compiler/checking.ts";
import { commentSplices } from "#compiler/comments.ts";
import { readModel } from "#compiler/readers.ts";
import { loadPart, MissingPart } from "#editor/missing-part.ts";
import { parse } from "#yaml/parse.ts";
import { patch } from "#yaml/patch.ts";
import { pathAt, spanOf } from "#yaml/spans.ts";
import { applySplices } from "#yaml/text-splice.ts";
import type { Source } from "#yaml/tree.ts";
import type { Answers, Envelope, Question, Reply } from "./document-protocol.ts";

/**
 * Holds the text and its tree, so that parsing never blocks the page. Messages are processed one at a time and in order: each response is
 * about the text as left by all earlier requests.
 */
let source: Source = parse("");

function answer(question: Question): Answers[keyof Answers] | Promise<Answers["python"]> {
  switch (question.ask) {
    case "open":
      source = parse(question.text);
      return { stream: source.stream, diagnostics: source.diagnostics };
    case "patch": {
      const patched = patch(source, question.operations, { comments: commentSplices });
      if (!patched.ok) return patched;
      source = patched.source;
      return { ok: true, splices: patched.splices, notices: patched.notices };
    }
    case "splice":
      source = parse(applySplices(source.text, question.splices));
      return { stream: source.stream, diagnostics: source.diagnostics };
    case "read": {
      const other = parse(question.text);
      return { stream: other.stream, diagnostics: other.diagnostics, spans: question.paths.map((path) => spanOf(other, path)) };
    }
    case "python":
      // The Python parser is loaded on demand.
      return loadPart(() => import("./python-file.ts")).then(({ openPythonFile }) => openPythonFile(question));
    case "check":
      return check(source);
    case "spans":
      return question.paths.map((path) => spanOf(source, path));
    case "path-at":
      return pathAt(source, question.offset);
  }
}

/** Diagnostics of reading and checking; a KFP file is also checked against what Kubeflow's upload refuses. */
function check({ stream, diagnostics, ...rest }: Source) {
  const read = readModel(stream);
  const target = read.model.objects.map((object) => (object.kind === "workflow" ? object.traits.madeFor : undefined)).find(Boolean);
  const found = { source: { stream, diagnostics, ...rest }, stream, model: read.model, diagnostics: [...diagnostics, ...read.diagnostics] };
  return checkDocument(found, target ? { target } : {});
}

self.addEventListener("message", (event: MessageEvent<Envelope>) => {
  const { id, question } = event.data;
  const give = (given: Answers[keyof Answers]) => self.postMessage({ id, answer: given } satisfies Reply);
  const fail = (error: unknown) =>
    self.postMessage({
      id,
      error: error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error),
      ...(error instanceof MissingPart && { isMissing: true }),
    } satisfies Reply);
  try {
    const given = answer(question);
    if (given instanceof Promise) given.then(give, fail);
    else give(given);
  } catch (error) {
    fail(error);
  }
});
