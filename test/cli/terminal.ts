import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "#cli/run.ts";
import { translator } from "#messages/index.ts";

/** What a command line did. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly stderr: string;
}

/** Runs one command line with this standard input. Output that is not UTF-8 is given as hexadecimal. */
export async function dagwright(words: readonly string[], input: string | Uint8Array = ""): Promise<Ran> {
  let out = "";
  let stderr = "";
  const code = await run(words, {
    input: () => Promise.resolve(Buffer.from(input)),
    out: (text) => void (out += typeof text === "string" ? text : Buffer.from(text).toString("hex")),
    tell: (line) => void (stderr += `${line}\n`),
    t: translator("en"),
    language: "en",
    interrupted: () => Promise.resolve(),
  });
  return { code, out, stderr };
}

/** A folder with these files; gives the path of each by name, and takes the folder away again. */
export function folderWith(files: Readonly<Record<string, string>>): {
  readonly path: (name: string) => string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "dagwright-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true }) };
}

/** Two tasks, the second fed by the first, with a comment and quotes that must survive. */
export const twoTasks = `# trains a model every night
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: train-
spec:
  entrypoint: main
  templates:
    - name: main
      dag:
        tasks:
          - name: load
            template: load
          - name: train
            template: train
            dependencies: [load]
            arguments:
              parameters:
                - {name: rate, value: '0.1'}
              artifacts:
                - {name: data, from: "{{tasks.load.outputs.artifacts.data}}"}
    - name: load
      container:
        image: loader:1
      outputs:
        artifacts:
          - {name: data, path: /tmp/data}
    - name: train
      inputs:
        parameters:
          - name: rate
        artifacts:
          - {name: data, path: /tmp/in}
      container:
        image: "trainer:1"   # pinned
        env:
          - name: MODE
            value: slow
        resources:
          limits: {cpu: 1}
`;
