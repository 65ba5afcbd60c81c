import type { LucideIcon } from "lucide-react";
import {
  Box as BoxIcon,
  Boxes,
  Braces,
  CircleAlert,
  CloudAlert,
  Cloud,
  Container,
  Cpu,
  Database,
  EyeOff,
  FileQuestionMark,
  Gauge,
  HardDrive,
  Info,
  KeyRound,
  Layers,
  ListChecks,
  LogOut,
  MemoryStick,
  Package,
  Pause,
  Plug,
  Repeat,
  RotateCcw,
  Server,
  Split,
  SquareFunction,
  SquareTerminal,
  Timer,
  TriangleAlert,
  Workflow,
  Copy,
} from "lucide-react";
import type { Level } from "#diagnostics/diagnostic.ts";
import type { Chip } from "#editor/layout/chips.ts";
import type { GraphNode } from "#model/graph.ts";

/** The icon of a call's kind; control flow comes before what is called. */
export function kindIcon(node: GraphNode): LucideIcon {
  if (node.hook) return LogOut;
  if (node.group && node.loop) return Repeat;
  if (node.group && node.when) return Split;
  switch (node.kind) {
    case "dag":
      return Workflow;
    case "steps":
      return ListChecks;
    case "resource":
      return node.outputs.some((port) => port.volume !== undefined) ? HardDrive : Braces;
    case "script":
      return SquareTerminal;
    case "suspend":
      return Pause;
    case "http":
      return Cloud;
    case "data":
      return Database;
    case "containerSet":
      return Boxes;
    case "plugin":
      return Plug;
    case "external":
      return Package;
    case "missing":
    case "unknown":
      return FileQuestionMark;
    case "container":
      return node.python ? SquareFunction : Container;
  }
}

export const CHIP_ICONS: Readonly<Record<Chip["kind"], LucideIcon>> = {
  gpu: Gauge,
  cpu: Cpu,
  memory: MemoryStick,
  volume: HardDrive,
  secret: KeyRound,
  retry: RotateCcw,
  cache: EyeOff,
  timeout: Timer,
  placement: Server,
  sidecar: BoxIcon,
  when: Split,
  uses: Copy,
};

export const LEVEL_ICONS: Readonly<Record<Level, LucideIcon>> = {
  error: CircleAlert,
  cluster: CloudAlert,
  warning: TriangleAlert,
  info: Info,
};

export { Layers };
