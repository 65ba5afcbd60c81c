/**
 * Checks the types of the three projects (tsconfig.core.json, .page.json, .node.json), each file in the project that lists it: `tsc -p` for
 * each would check the core three times and the page twice, since those are imported by the next. What is unchanged since the last run is
 * not checked again. Ends with 1 if there is an error, or a file of the sources that no project lists.
 */
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => "\n" };
/** Parsed files by path: most are in all three programs. */
const parsed = new Map();
const listed = new Set();
const used = new Set();
const diagnostics = [];

for (const project of ["core", "page", "node"]) {
  const file = resolve(root, `tsconfig.${project}.json`);
  const config = ts.getParsedCommandLineOfConfigFile(
    file,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (found) => diagnostics.push(found) },
  );
  if (!config) continue;
  diagnostics.push(...config.errors);
  const own = new Set(config.fileNames);
  const compilerHost = ts.createIncrementalCompilerHost(config.options);
  const parse = compilerHost.getSourceFile.bind(compilerHost);
  compilerHost.getSourceFile = (name, options, ...rest) => {
    // What else a file is parsed with, such as its module format, is the same in all projects.
    if (!parsed.has(name)) parsed.set(name, parse(name, options, ...rest));
    return parsed.get(name);
  };
  const program = ts.createIncrementalProgram({
    rootNames: config.fileNames,
    options: config.options,
    host: compilerHost,
    createProgram: ts.createSemanticDiagnosticsBuilderProgram,
  });
  diagnostics.push(...program.getConfigFileParsingDiagnostics(), ...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics());
  // What changed is checked, with all that it affects; the errors of the rest are known from the last run.
  while (program.getSemanticDiagnosticsOfNextAffectedFile(undefined, (source) => !own.has(source.fileName)) !== undefined);
  for (const source of program.getSourceFiles()) {
    const path = relative(root, source.fileName);
    if (own.has(source.fileName)) {
      listed.add(path);
      diagnostics.push(...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source));
    } else if (/^(?:src|test)\//.test(path)) used.add(path);
  }
  program.emit();
}

for (const diagnostic of ts.sortAndDeduplicateDiagnostics(diagnostics)) process.stdout.write(ts.formatDiagnostic(diagnostic, host));
const unlisted = [...used].filter((path) => !listed.has(path));
for (const path of unlisted) console.log(`${path} is in no project`);
console.log(`types: ${listed.size} files, ${diagnostics.length + unlisted.length} findings`);
process.exitCode = diagnostics.length + unlisted.length === 0 && listed.size > 0 ? 0 : 1;
