import type { Files } from "#editor/ports.ts";
import { readFiles } from "#editor/library/read-files.ts";
import { encodeText } from "#yaml/text-encoding.ts";
import { servedFile } from "./served-file.ts";

/** Files through the browser: chosen with an input, saved as a download, or saved in place when the command line serves one. */
export function browserFiles(): Files {
  const served = servedFile();
  return {
    choose: () =>
      new Promise((resolve) => {
        const input = document.createElement("input");
        input.type = "file";
        input.multiple = true;
        input.accept = ".yaml,.yml,.json,.py,.txt,text/*,application/json";
        // Attached to the document while the chooser is open: nothing else refers to it, and a collected input never fires.
        input.hidden = true;
        document.body.append(input);
        input.addEventListener("cancel", () => {
          input.remove();
          resolve([]);
        });
        input.addEventListener("change", () => {
          input.remove();
          void readFiles(input.files ?? []).then(resolve);
        });
        input.click();
      }),
    download(name, content, encoding = "utf-8") {
      const bytes = typeof content === "string" ? encodeText(content, encoding) : content;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(
        new Blob([bytes as Uint8Array<ArrayBuffer>], { type: name.endsWith(".zip") ? "application/zip" : "application/yaml" }),
      );
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

/** On plain http there is no clipboard API; selected text can still be copied. */
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
