import type { Examples } from "#editor/ports.ts";

/** Each example is fetched on demand. */
const files: Readonly<Record<string, { readonly name: string; readonly load: () => Promise<{ readonly default: string }> }>> = {
  "by-value": { name: "passing-by-value.yaml", load: () => import("../../examples/passing-by-value.yaml?raw") },
  "by-file": { name: "passing-by-file.yaml", load: () => import("../../examples/passing-by-file.yaml?raw") },
  "by-file-ko": { name: "passing-by-file-ko.yaml", load: () => import("../../examples/passing-by-file-ko.yaml?raw") },
  metrics: { name: "export-metrics.yaml", load: () => import("../../examples/export-metrics.yaml?raw") },
  "metrics-ko": { name: "export-metrics-ko.yaml", load: () => import("../../examples/export-metrics-ko.yaml?raw") },
  gpu: { name: "gpu-training.yaml", load: () => import("../../examples/gpu-training.yaml?raw") },
  "gpu-ko": { name: "gpu-training-ko.yaml", load: () => import("../../examples/gpu-training-ko.yaml?raw") },
  "fan-out": { name: "fan-out.yaml", load: () => import("../../examples/fan-out.yaml?raw") },
  "fan-out-ko": { name: "fan-out-ko.yaml", load: () => import("../../examples/fan-out-ko.yaml?raw") },
  training: { name: "small-training.yaml", load: () => import("../../examples/small-training.yaml?raw") },
  v2: { name: "kfp-v2-training.yaml", load: () => import("../../examples/kfp-v2-training.yaml?raw") },
  "v2-ko": { name: "kfp-v2-training-ko.yaml", load: () => import("../../examples/kfp-v2-training-ko.yaml?raw") },
  argo: { name: "argo-orders.yaml", load: () => import("../../examples/argo-orders.yaml?raw") },
  "argo-ko": { name: "argo-orders-ko.yaml", load: () => import("../../examples/argo-orders-ko.yaml?raw") },
};

/** The examples bundled with the page. */
export function builtExamples(): Examples {
  return {
    ids: Object.keys(files),
    async read(id) {
      const file = Object.hasOwn(files, id) ? files[id] : undefined;
      if (!file) throw new Error(`no example ${id}`);
      return { name: file.name, text: (await file.load()).default };
    },
  };
}
