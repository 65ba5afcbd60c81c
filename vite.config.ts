import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { splitWords } from "./vite.words.config.ts";

/** The page. Relative base: the built page works from any sub-path. */
export default defineConfig({
  base: "./",
  plugins: [react(), splitWords()],
  worker: { format: "es" },
  build: {
    outDir: "dist/page",
    target: "es2022",
    sourcemap: false,
    chunkSizeWarningLimit: 1600,
    // What the page starts with is one file: one request, and smaller than in pieces.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "start", tags: ["$initial"] }] } } },
  },
});
