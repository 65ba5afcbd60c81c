import type { Files } from "#editor/ports.ts";
import { servedFile } from "./served-file.ts";

/** Files through the browser: chosen by an input, saved as a download, or saved in place when the command line serves one. */
export function browserFiles(): Files {
  const served = servedFile();
  return {
    choose: () =>
      new Promise((resolve) => {
        const input = document.createElement("input");
        input.type = "file";
        input.multiple = true;
        input.accept = ".yaml,.yml,.json,.py,.txt,text/*,application/json";
        input.addEventListener("cancel", () => resolve([]));
        input.addEventListener("change", () => void readFiles(input.files ?? []).then(resolve));
        input.click();
      }),
    download(name, text) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    },
    copy: async (text) => {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        return copyBySelection(text);
      }
    },
    served: served.read,
    save: served.write,
  };
}

/** The text of files which a user chose or dropped. A byte order mark stays: it is part of the file. */
export async function readFiles(files: Iterable<File>): Promise<readonly { readonly name: string; readonly text: string }[]> {
  return Promise.all([...files].map(async (file) => ({ name: file.name, text: decode(await file.arrayBuffer()) })));
}

function decode(bytes: ArrayBuffer): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** On plain http there is no clipboard API; a selected text can still be copied. */
function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("aria-hidden", "true");
  area.className = "offscreen";
  document.body.append(area);
  const focused = document.activeElement;
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
