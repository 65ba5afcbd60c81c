import {
  Boxes,
  Braces,
  Camera,
  Cloud,
  Container,
  DoorOpen,
  HardDrive,
  type LucideIcon,
  Pause,
  Repeat,
  Split,
  SquareFunction,
  SquareTerminal,
  Workflow as WorkflowIcon,
} from "lucide-react";
import type { buildEntries } from "#editor/library/place-entry.ts";

/** The icons of the entries of "Build", by entry id. */
export const buildIcons: Readonly<Record<(typeof buildEntries)[number], LucideIcon>> = {
  "build:python": SquareFunction,
  "new:container": Container,
  "new:script": SquareTerminal,
  "build:volume": HardDrive,
  "build:snapshot": Camera,
  "build:resource": Braces,
  "build:http": Cloud,
  "build:suspend": Pause,
  "group:condition": Split,
  "group:loop": Repeat,
  "group:exit": DoorOpen,
  "group:sub-dag": WorkflowIcon,
};

/** The icon of a component of the library. */
export const componentIcon: LucideIcon = Boxes;
