import { isOutput, type Passing } from "./annotations.ts";
import type { PythonFunction, PythonParameter } from "./function.ts";
import { type ValueKind, valueKind } from "./kfp-types.ts";
import { quoted } from "./print-value.ts";
import { flagOf, outputPathsFlag } from "./program-flags.ts";
import { programSource } from "./strip-types.ts";

/**
 * The text of the program that runs a function in its container. Plain Python 3.6: helpers, the function as the user wrote it, a command
 * line parser, the call, the writing of returned values. Only the helpers that are needed are written. Their names begin with `_run_` to
 * avoid clashes with names of the function.
 */
export function programText(fn: PythonFunction): string {
  const parts = [
    ...beforeFunction(fn),
    programSource(fn.source),
    ...readersFor(fn).map((kind) => readers[kind]),
    ...writersFor(fn).map((kind) => writers[kind]),
    commandLine(fn),
    call(fn),
    ...(fn.outputs.length > 0 ? [writing(fn)] : []),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const outputFolder = `def _run_output_path(path):
    import os
    os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
    return path`;

const opening = `_run_open_files = []

def _run_opener(mode):
    def open_file(path):
        import os
        if 'w' in mode:
            os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
        file = open(path, mode) if 'b' in mode else open(path, mode, encoding='utf-8')
        _run_open_files.append(file)
        return file
    return open_file`;

const modes: Readonly<Partial<Record<Passing, string>>> = {
  inputTextFile: "r",
  inputBinaryFile: "rb",
  outputTextFile: "w",
  outputBinaryFile: "wb",
};

function beforeFunction(fn: PythonFunction): readonly string[] {
  return [
    ...(fn.outputs.length > 0 || fn.parameters.some((one) => one.passing === "outputPath") ? [outputFolder] : []),
    ...(opensFiles(fn) ? [opening] : []),
  ];
}

function opensFiles(fn: PythonFunction): boolean {
  return fn.parameters.some((one) => Object.hasOwn(modes, one.passing));
}

type Reader = "boolean" | "pickle";
type Writer = "string" | "integer" | "float" | "boolean" | "json" | "pickle";

const readers: Readonly<Record<Reader, string>> = {
  boolean: `def _run_read_boolean(text):
    word = text.strip().lower()
    if word in ('true', 't', 'yes', 'y', 'on', '1'):
        return True
    if word in ('false', 'f', 'no', 'n', 'off', '0'):
        return False
    raise ValueError('Neither true nor false: %r' % text)`,
  pickle: `def _run_read_pickle(text):
    import base64
    import pickle
    return pickle.loads(base64.b64decode(text.encode()))`,
};

const refusal = (wanted: string) => `raise TypeError('The returned value %r is a %s, not ${wanted}.' % (value, type(value).__name__))`;

const writers: Readonly<Record<Writer, string>> = {
  string: `def _run_write_string(value):
    if not isinstance(value, str):
        ${refusal("a str")}
    return value`,
  integer: `def _run_write_integer(value):
    if not isinstance(value, (str, int)):
        ${refusal("an int")}
    return str(value)`,
  float: `def _run_write_float(value):
    if not isinstance(value, (str, float, int)):
        ${refusal("a float")}
    return str(value)`,
  boolean: `def _run_write_boolean(value):
    if not isinstance(value, (str, bool)):
        ${refusal("a bool")}
    return str(value)`,
  json: `def _run_write_json(value):
    if isinstance(value, str):
        return value
    import json
    def plain(item):
        if hasattr(item, 'to_struct'):
            return item.to_struct()
        raise TypeError('A %s cannot be written as JSON.' % type(item).__name__)
    return json.dumps(value, default=plain, sort_keys=True)`,
  pickle: `def _run_write_pickle(value):
    if isinstance(value, str):
        return value
    import base64
    import pickle
    return base64.b64encode(pickle.dumps(value)).decode('ascii')`,
};

function readersFor(fn: PythonFunction): readonly Reader[] {
  const used = new Set(fn.parameters.filter((one) => one.passing === "value").map((one) => valueKind(one.type)));
  return (["boolean", "pickle"] as const).filter((kind) => used.has(kind));
}

function writersFor(fn: PythonFunction): readonly Writer[] {
  const used = new Set<ValueKind>(fn.outputs.map((one) => valueKind(one.type)));
  return (Object.keys(writers) as Writer[]).filter((kind) => used.has(kind));
}

function commandLine(fn: PythonFunction): string {
  const description = fn.summary ?? "";
  const options = [...fn.parameters.filter((one) => !isOutput(one.passing)), ...fn.parameters.filter((one) => isOutput(one.passing))];
  const imports = options.some((one) => readerOf(one) === "json.loads")
    ? "import argparse\nimport json\nimport os\nimport sys"
    : "import argparse\nimport os\nimport sys";
  const returned =
    fn.outputs.length > 0
      ? [`_run_parser.add_argument('${outputPathsFlag}', dest='_run_output_paths', type=str, nargs=${fn.outputs.length}, required=True)`]
      : [];
  return [
    imports,
    // argparse would read `%` as a format.
    `_run_parser = argparse.ArgumentParser(prog=${quoted(fn.component.name ?? fn.name)}, description=${quoted(description.replaceAll("%", "%%"))}, allow_abbrev=False)`,
    ...options.map(
      (one) =>
        `_run_parser.add_argument(${quoted(flagOf(one.portName))}, dest=${quoted(one.name)}, type=${readerOf(one)}, required=${one.optional ? "False" : "True"}, default=argparse.SUPPRESS)`,
    ),
    ...returned,
    ...joining(options),
  ].join("\n");
}

/**
 * A value that begins with `-` would be taken for a flag, so each known flag is joined with its value first. In a container without a
 * locale the arguments arrive as surrogates; they are read as UTF-8 whatever the locale.
 */
function joining(options: readonly PythonParameter[]): readonly string[] {
  if (options.length === 0) return ["_run_arguments = vars(_run_parser.parse_args())"];
  return [
    `_run_words = [os.fsencode(word).decode('utf-8', 'surrogateescape') for word in sys.argv[1:]]`,
    `_run_flags = {${options.map((one) => quoted(flagOf(one.portName))).join(", ")}}`,
    `_run_joined = []`,
    `while _run_words:`,
    `    _run_word = _run_words.pop(0)`,
    `    _run_joined.append(_run_word + '=' + _run_words.pop(0) if _run_word in _run_flags and _run_words else _run_word)`,
    `_run_arguments = vars(_run_parser.parse_args(_run_joined))`,
  ];
}

function readerOf(parameter: PythonParameter): string {
  if (parameter.passing === "outputPath") return "_run_output_path";
  const mode = modes[parameter.passing];
  if (mode !== undefined) return `_run_opener('${mode}')`;
  if (parameter.passing !== "value") return "str";
  switch (valueKind(parameter.type)) {
    case "integer":
      return "int";
    case "float":
      return "float";
    case "boolean":
      return "_run_read_boolean";
    case "json":
      return "json.loads";
    case "pickle":
      return "_run_read_pickle";
    default:
      return "str";
  }
}

function call(fn: PythonFunction): string {
  const result = fn.outputs.length > 0 ? "_run_results = " : "";
  return [
    ...(fn.outputs.length > 0 ? ["_run_paths = _run_arguments.pop('_run_output_paths')"] : []),
    `${result}${fn.name}(**_run_arguments)`,
    ...(fn.returns === "single" ? ["_run_results = [_run_results]"] : []),
    ...(opensFiles(fn) ? ["for _run_file in _run_open_files:", "    _run_file.close()"] : []),
  ].join("\n");
}

function writing(fn: PythonFunction): string {
  const names = fn.outputs.map((one) => {
    const kind = valueKind(one.type);
    return Object.hasOwn(writers, kind) ? `_run_write_${kind}` : "str";
  });
  const count = fn.outputs.length;
  return [
    ...(fn.returns === "fields"
      ? [
          `if len(_run_results) != ${count}:`,
          `    raise ValueError('The function returned %d values instead of ${count}.' % len(_run_results))`,
        ]
      : []),
    `for _run_value, _run_writer, _run_path in zip(_run_results, [${names.join(", ")}], _run_paths):`,
    // The text is computed first: a value that is refused leaves no file.
    `    _run_text = _run_writer(_run_value)`,
    `    with open(_run_output_path(_run_path), 'w', encoding='utf-8') as _run_file:`,
    `        _run_file.write(_run_text)`,
  ].join("\n");
}
