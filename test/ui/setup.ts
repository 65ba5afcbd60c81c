import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import { fetchWords } from "#messages/page.ts";

// Parts of the page are shown with all their words.
await Promise.all([fetchWords("en"), fetchWords("ko")]);

afterEach(cleanup);
