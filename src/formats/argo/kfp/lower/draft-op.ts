/** Makes the draft of each op of a plan: its fields, with all references in the template's spelling. */
import { type DiagnosticCode, diagnosticOf, type DiagnosticValues, type Report } from "#diagnostics/diagnostic.ts";
import { reservedArtifact } from "#kubernetes/kfp-names.ts";
import { type Data, type DataMap, field, isList, isMap } from "#data/data.ts";
import { byCodePoint, scalarText } from "#components/python-text.ts";
import { serializeConstant } from "#components/type-names.ts";
import { componentOutputs, draftComponent, inputArtifact, type TaskArgument } from "./lower-component.ts";
import type { Parts } from "./command.ts";
import { NamePool, portName } from "./assign-names.ts";
import type { Draft, DraftOutput } from "./op.ts";
import {
  type ComponentOp,
  type ContainerOp,
  type PlanOp,
  type PlanReference,
  type PlanVolume,
  type SnapshotOp,
  type Source,
  splitTokens,
} from "#pipeline/pipeline-plan.ts";
import {
  claimAttributes,
  claimManifest,
  type Print,
  resourceFields,
  resourceOutputs,
  snapshotAttributes,
  snapshotManifest,
  snapshotReady,
} from "./resource-op.ts";
import { annotation } from "../annotation-keys.ts";
import { overlaid, withLabels, withPodEnvironment, withPodSpecPatch, withSortedVolumes } from "./op-settings.ts";
import { Uses } from "./used-references.ts";
import { claimVolume, claimVolumeName, mountVolume } from "./volumes.ts";
import type { WiredReference } from "./wiring.ts";

/** What drafting needs of the pipeline around an op. */
export interface DraftContext {
  readonly names: ReadonlyMap<string, string>;
  /** The reference with its name; undefined (and reported) if there is nothing of that name. `user`: the op that uses it. */
  readonly resolve: (reference: PlanReference, user: PlanOp) => WiredReference | undefined;
  readonly print: Print;
  readonly sdkVersion: string;
  readonly imagePullPolicy?: string;
  readonly report: Report;
}

/** What an op offers, by names that do not depend on other ops. */
export function outputsOfOp(op: PlanOp, name: string, report: Report): readonly DraftOutput[] {
  switch (op.kind) {
    case "component":
      return componentOutputs(op.spec, name, report);
    case "container":
      return containerOutputs(op, name);
    case "resource":
      return resourceOutputs(name, op.action, op.outputs ?? {});
    case "volume":
      return resourceOutputs(name, op.action, claimAttributes);
    case "snapshot":
      return resourceOutputs(name, undefined, snapshotAttributes);
  }
}

function containerOutputs(op: ContainerOp, name: string): readonly DraftOutput[] {
  const pool = new NamePool();
  const outputs = Object.entries(op.fileOutputs ?? {}).map(([output, from]) => {
    const reserved = reservedArtifact(output);
    return { output, name: pool.give(reserved ?? `${name}-${portName(output, "output")}`), from, reserved: reserved !== undefined };
  });
  const artifacts = Object.entries(op.artifactPaths ?? {}).map(([output, from]) => ({
    output,
    name: pool.give(output),
    from,
    reserved: true,
  }));
  return [...artifacts, ...outputs];
}

/** The draft of one op, settings included. */
export function draftOp(op: PlanOp, context: DraftContext): Draft<WiredReference> {
  return new Drafter(op, context).draft();
}

/** Kubernetes: all annotations of one object together, in bytes; counted here in characters, of which the large ones are ASCII. */
const largestAnnotations = 262_144;

class Drafter {
  private readonly name: string;
  private uses = new Uses<WiredReference>();
  private readonly report: Report;
  constructor(
    private readonly op: PlanOp,
    private readonly context: DraftContext,
  ) {
    this.name = context.names.get(op.id) ?? op.id;
    this.report = (found) => context.report({ ...found, path: [...(op.path ?? []), ...found.path] });
  }

  draft(): Draft<WiredReference> {
    const made = this.make();
    return this.withoutTokens({ ...made, fields: this.settled(made) });
  }

  /** Renders references in fields for which the SDK takes constants only, such as paths of outputs and actions; Argo accepts them there. */
  private withoutTokens(made: Draft<WiredReference>): Draft<WiredReference> {
    // The texts of a component are the user's own and contain no tokens.
    if (this.op.kind === "component") return made;
    return {
      ...made,
      fields: this.message(made.fields) as DataMap,
      artifacts: made.artifacts.map((artifact) => this.message(artifact) as DataMap),
      outputs: made.outputs.map((output) => ({ ...output, from: this.text(output.from) })),
    };
  }

  private make(): Draft<WiredReference> {
    const { op, name } = this;
    if (op.kind === "component") {
      const made = draftComponent<WiredReference>(
        { spec: op.spec, taskName: name, arguments: this.arguments(op), reference: op.reference },
        this.report,
      );
      this.uses = made.uses;
      return made;
    }
    const outputs = outputsOfOp(op, name, this.report);
    if (op.kind === "container") return { kind: "container", name, uses: this.uses, outputs, ...this.container(op) };
    return { kind: "resource", name, uses: this.uses, outputs, artifacts: [], fields: { resource: this.resource(op) } };
  }

  private arguments(op: ComponentOp): Readonly<Record<string, TaskArgument<WiredReference>>> {
    const types = new Map(op.spec.inputs.map((input) => [input.name, input.type]));
    return Object.fromEntries(Object.entries(op.arguments).map(([input, source]) => [input, this.argument(source, types.get(input))]));
  }

  private argument(source: Source, type: Data | undefined): TaskArgument<WiredReference> {
    if (source.kind === "text") return { kind: "text", parts: this.parts(source.parts) };
    if (source.kind !== "constant") return this.argumentOf(this.parts([source]));
    const text = serializeConstant(type, source.value);
    if (!text.ok || !text.text.includes("{{plan:")) return source;
    return this.argumentOf(this.parts(splitTokens(text.text)));
  }

  private argumentOf(parts: Parts<WiredReference>): TaskArgument<WiredReference> {
    const [only] = parts;
    return parts.length === 1 && only !== undefined && typeof only !== "string"
      ? { kind: "reference", reference: only }
      : { kind: "text", parts };
  }

  private parts(parts: readonly (string | PlanReference)[]): Parts<WiredReference> {
    return parts.flatMap((part): Parts<WiredReference> => {
      if (typeof part === "string")
        return splitTokens(part).flatMap((piece) => (typeof piece === "string" ? [piece] : this.resolved(piece)));
      return this.resolved(part);
    });
  }

  private resolved(reference: PlanReference): Parts<WiredReference> {
    const found = this.context.resolve(reference, this.op);
    return found ? [found] : [];
  }

  private container(op: ContainerOp): { readonly fields: DataMap; readonly artifacts: readonly DataMap[] } {
    const words = (list: readonly Data[]) =>
      list.map((word) => (isMap(word) || isList(word) ? JSON.stringify(word) : this.text(scalarText(word))));
    const container = {
      ...(op.args && { args: words(op.args) }),
      ...(op.command && { command: words(op.command) }),
      image: this.text(op.image),
    };
    const files = [...(op.files ?? [])].sort((a, b) => byCodePoint(a.input, b.input));
    const artifacts = files.map(({ input, path, source }) => {
      const argument = this.argument(source, undefined);
      const parts =
        argument.kind === "constant"
          ? [scalarText(argument.value as string)]
          : argument.kind === "text"
            ? argument.parts
            : [argument.reference];
      return inputArtifact(input, parts, path ?? `/tmp/inputs/${portName(input, "input")}/data`, this.uses);
    });
    return { fields: { container }, artifacts };
  }

  private resource(op: Exclude<PlanOp, ComponentOp | ContainerOp>): DataMap {
    const message = (data: Data) => this.message(data);
    switch (op.kind) {
      case "resource": {
        const { action, mergeStrategy, successCondition, failureCondition, setOwnerReference, flags } = op;
        const condition = (text: string | undefined) => (text === undefined ? undefined : this.text(text));
        return resourceFields(
          {
            manifest: message(op.manifest),
            action,
            mergeStrategy,
            setOwnerReference,
            flags: flags?.map((flag) => this.text(flag)),
            successCondition: condition(successCondition),
            failureCondition: condition(failureCondition),
          },
          this.context.print,
        );
      }
      case "volume": {
        const { resourceName, size, modes, storageClass, volumeName, annotations, dataSource, uniqueName } = op;
        const texts = message({
          resourceName,
          size,
          ...(storageClass !== undefined && { storageClass }),
          ...(volumeName !== undefined && { volumeName }),
        }) as { resourceName: string; size: string; storageClass?: string; volumeName?: string };
        const manifest = claimManifest({
          ...texts,
          modes,
          annotations: annotations && (message(annotations) as DataMap),
          dataSource: dataSource === undefined ? undefined : message(dataSource),
          uniqueName,
        });
        return resourceFields({ manifest, action: op.action }, this.context.print);
      }
      case "snapshot":
        return resourceFields({ manifest: this.snapshot(op), successCondition: op.successCondition ?? snapshotReady }, this.context.print);
    }
  }

  private snapshot(op: SnapshotOp): DataMap {
    const volume = this.volume(op.volume);
    const claim = field(field(volume, "persistentVolumeClaim"), "claimName");
    if (typeof claim !== "string") this.problem("lower-snapshot-volume", { task: this.name });
    return snapshotManifest({
      resourceName: this.text(op.resourceName),
      claim: typeof claim === "string" ? claim : "",
      snapshotClass: op.snapshotClass === undefined ? undefined : this.text(op.snapshotClass),
      apiVersion: op.apiVersion,
      annotations: op.annotations && (this.message(op.annotations) as DataMap),
      uniqueName: op.uniqueName,
    });
  }

  private volume(volume: PlanVolume): DataMap {
    switch (volume.kind) {
      case "op": {
        const [claim] = this.resolved({ kind: "output", op: volume.op, output: "name" });
        return claimVolume(
          this.context.names.get(volume.op) ?? volume.op,
          claim === undefined || typeof claim === "string" ? "" : this.uses.value(claim),
        );
      }
      case "claim":
        return claimVolume(volume.name ?? claimVolumeName(volume.claim), this.text(volume.claim));
      case "volume":
        return this.message(volume.volume) as DataMap;
    }
  }

  /** All settings on top of what the op makes. */
  private settled(made: Draft<WiredReference>): DataMap {
    const { op, context } = this;
    const mounts = mountVolume(
      (op.mounts ?? []).map(({ mountPath, volume }) => ({ mountPath: this.text(mountPath), volume: this.volume(volume) })),
    );
    const annotations = {
      ...(op.displayName !== undefined && { [annotation.displayName]: this.text(op.displayName) }),
      ...(op.maxCacheStaleness !== undefined && { [annotation.cacheStaleness]: op.maxCacheStaleness }),
    };
    const steps: readonly ((fields: DataMap) => DataMap)[] = [
      (fields) => overlaid(fields, mounts),
      (fields) => (Object.keys(annotations).length > 0 ? overlaid(fields, { metadata: { annotations } }) : fields),
      (fields) => (op.overlay ? overlaid(fields, this.message(op.overlay) as DataMap) : fields),
      (fields) => withLabels(fields, context.sdkVersion, op.caching),
      (fields) => withPodEnvironment(fields),
      (fields) => withPullPolicy(fields, context.imagePullPolicy),
      (fields) => withSortedVolumes(fields),
      (fields) => withPodSpecPatch(fields),
    ];
    const fields = steps.reduce((before, step) => step(before), made.fields);
    const annotated = field(field(fields, "metadata"), "annotations");
    const size = Object.entries(isMap(annotated) ? annotated : {}).reduce(
      (sum, [key, value]) => sum + key.length + String(value).length,
      0,
    );
    if (size > largestAnnotations)
      this.report({
        code: "lower-annotations-too-large",
        level: "cluster",
        values: { task: this.name, size, limit: largestAnnotations },
        path: [],
      });
    return fields;
  }

  private text(text: string): string {
    return text.includes("{{plan:") ? this.uses.t(this.parts([text])) : text;
  }

  /** Data with the references in all texts rendered, keys included. */
  private message(data: Data): Data {
    if (typeof data === "string") return this.text(data);
    if (isList(data)) return data.map((item) => this.message(item));
    if (!isMap(data)) return data;
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [this.text(key), this.message(value)]));
  }

  private problem<Code extends DiagnosticCode>(code: Code, values: DiagnosticValues<Code>): void {
    this.report(diagnosticOf(code, values, { level: "error", path: [] }));
  }
}

function withPullPolicy(fields: DataMap, policy: string | undefined): DataMap {
  const container = field(fields, "container");
  if (policy === undefined || !isMap(container) || Object.hasOwn(container, "imagePullPolicy")) return fields;
  return { ...fields, container: { ...container, imagePullPolicy: policy } };
}
