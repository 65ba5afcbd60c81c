import type { ComponentSpec, TypeSpec } from "#components/component-spec.ts";
import type { Passing } from "./annotations.ts";
import type { PythonValue } from "./python-value.ts";
import type { Span } from "./syntax.ts";

/** A decorator as written: its dotted name, and those arguments that are literals. */
export interface PythonDecorator {
  readonly name: string;
  readonly arguments: Readonly<Record<string, PythonValue>>;
  readonly span: Span;
}

/** A top-level function and the component it defines. Spans are characters of the text that was read. */
export interface PythonFunction {
  readonly name: string;
  /** Includes its decorators. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** From `def` to the end of the body. */
  readonly sourceSpan: Span;
  /** The text of `sourceSpan`. */
  readonly source: string;
  readonly decorators: readonly PythonDecorator[];
  readonly isAsync: boolean;
  readonly baseImage?: string;
  readonly packagesToInstall?: readonly string[];
  /** The image of `@dsl.python_component`, for calls that give none. */
  readonly fallbackImage?: string;
  /** Settings in the decorators whose value is not known. */
  readonly unreadSettings: readonly Span[];
  readonly parameters: readonly PythonParameter[];
  /** The returned values, in order. */
  readonly outputs: readonly PythonOutput[];
  /** `single`: the returned value is the output; `fields`: a tuple with one value per output. */
  readonly returns: "none" | "single" | "fields";
  readonly summary?: string;
  readonly description: string;
  /** Interface and names; programOf adds image, command and args. */
  readonly component: ComponentSpec;
}

/** A parameter of a function, which is a port of the component. */
export interface PythonParameter {
  readonly name: string;
  readonly portName: string;
  readonly passing: Passing;
  readonly type?: TypeSpec;
  /** `text`: the default as written in a component.yaml. `none`: the default is None. `unread`: an expression that is not evaluated. */
  readonly default?:
    { readonly kind: "text"; readonly text: string } | { readonly kind: "none" } | { readonly kind: "unread"; readonly source: string };
  readonly optional: boolean;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly annotationSpan?: Span;
  readonly description?: string;
}

/** One returned value. */
export interface PythonOutput {
  /** Name of the port, unique among the outputs. */
  readonly name: string;
  readonly type?: TypeSpec;
  readonly span: Span;
}
