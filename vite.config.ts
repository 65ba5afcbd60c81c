import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { thirdPartyNotices } from "./vite.notices.config.ts";
import { splitMessages } from "./vite.messages.config.ts";

const notices = thirdPartyNotices();

/** The page. Relative base: the built page works from any sub-path. */
export default defineConfig({
  base: "./",
  plugins: [react(), splitMessages(), notices.page()],
  worker: { format: "es", plugins: () => [notices.worker()] },
  build: {
    outDir: "dist/page",
    target: "es2022",
    sourcemap: false,
    chunkSizeWarningLimit: 1600,
    // What the page starts with is one file: one request, and smaller than in pieces.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "start", tags: ["$initial"] }] } } },
  },
});
