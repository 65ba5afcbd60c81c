import type { LucideIcon } from "lucide-react";
import {
  Box as BoxIcon,
  CircleAlert,
  CloudAlert,
  Cpu,
  EyeOff,
  Gauge,
  HardDrive,
  Info,
  KeyRound,
  Layers,
  MemoryStick,
  RotateCcw,
  Server,
  Split,
  Timer,
  TriangleAlert,
  Copy,
} from "lucide-react";
import type { Level } from "#diagnostics/diagnostic.ts";
import type { Chip } from "#editor/layout/chips.ts";

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
