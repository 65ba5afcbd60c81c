import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { splitMessages } from "./vite.messages.config.ts";

const reports = process.env.DAGWRIGHT_REPORTS;
const testTimeout = process.env.DAGWRIGHT_SOAK === "1" ? 3_600_000 : 60_000;
/** A worker loads each module once for all its files: most of the time would go into loading the same compiler again and again. */
const sharedModules = { pool: "threads", isolate: false } as const;

/**
 * Unit, golden and property tests run in Node; component tests (`*.test.tsx`) in a small DOM; end-to-end tests (`*.e2e.ts`) in a browser
 * against the built page. With DAGWRIGHT_REPORTS the counts are written for whoever adds them up.
 */
export default defineConfig({
  test: {
    reporters: reports === undefined ? ["default"] : ["default", "json"],
    outputFile: reports === undefined ? undefined : { json: `${reports}/${process.env.DAGWRIGHT_SUITE ?? "vitest"}.json` },
    projects: [
      {
        plugins: [splitMessages()],
        test: {
          name: "node",
          environment: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/browser/node_modules/**"],
          setupFiles: ["test/runs.ts"],
          testTimeout,
          ...sharedModules,
        },
      },
      {
        plugins: [react(), splitMessages()],
        test: {
          name: "component",
          environment: "happy-dom",
          include: ["test/**/*.test.tsx"],
          exclude: ["test/e2e/**", "test/browser/node_modules/**"],
          setupFiles: ["test/runs.ts", "test/ui/setup.ts"],
          testTimeout,
          ...sharedModules,
        },
      },
      {
        test: {
          // Pictures of README.md, made by `npm run docs:pictures`.
          name: "pictures",
          environment: "node",
          include: ["test/pictures/**/*.picture.ts"],
          globalSetup: ["test/e2e/global-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: "e2e",
          environment: "node",
          include: ["test/e2e/**/*.e2e.ts"],
          globalSetup: ["test/e2e/global-setup.ts"],
          // One browser for all; a worker keeps its modules and its connection from file to file.
          isolate: false,
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
