import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Unit, golden and property tests run in Node; component tests (`*.test.tsx`) in a small DOM. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: "node", environment: "node", include: ["test/**/*.test.ts"], exclude: ["test/stories/**", "test/corpus/**", "test/conformance/**", "test/bench/**"], testTimeout: 30_000 } },
      { plugins: [react()], test: { name: "component", environment: "happy-dom", include: ["test/**/*.test.tsx"], exclude: ["test/stories/**"], testTimeout: 30_000, setupFiles: ["test/ui/setup.ts"] } },
    ],
  },
});
