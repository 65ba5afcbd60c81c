import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { fetchMessages } from "#messages/lazy-catalog.ts";

// Parts of the page are shown with all their messages.
await Promise.all([fetchMessages("en"), fetchMessages("ko")]);

// What is waited for comes at once; how long a busy machine takes for it is not tested.
configure({ asyncUtilTimeout: 15_000 });

afterEach(cleanup);
