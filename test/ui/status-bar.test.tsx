import { expect, test } from "vitest";
import { screen } from "@testing-library/react";
import { renderPage } from "./whole-page.tsx";

const nested = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: nested}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: fetch, template: leaf}
      - {name: group, template: group, dependencies: [fetch]}
  - name: group
    dag:
      tasks:
      - {name: first, template: leaf}
      - {name: second, template: leaf, dependencies: [first]}
      - {name: third, template: leaf, dependencies: [second]}
  - {name: leaf, container: {image: a}}
`;

test("the status bar counts the tasks and the wires of all levels", async () => {
  await renderPage(nested);
  expect(screen.getByText("4 tasks · 3 wires")).toBeInTheDocument();
});
