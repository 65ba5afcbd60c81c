import { existsSync } from "node:fs";
import { defineConfig } from "vite";

/** The command and the runners that Node starts. Node 20 cannot read TypeScript, so they are bundled like the page. */
const entries = {
  cli: "src/cli/main.ts",
  corpus: "test/corpus/run.ts",
  bench: "test/bench/run.ts",
  conformance: "test/conformance/run.ts",
};

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ["playwright-core"] },
  build: {
    ssr: true,
    outDir: "dist/node",
    emptyOutDir: false,
    target: "node20",
    minify: false,
    rollupOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(new URL(file, import.meta.url)))),
      output: { entryFileNames: "[name].js", chunkFileNames: "parts/[name]-[hash].js" },
    },
  },
});
