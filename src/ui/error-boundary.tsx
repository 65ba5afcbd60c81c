import { Component, type ReactNode } from "react";
import { translator } from "#messages/lazy-catalog.ts";

interface Props {
  readonly language: () => "en" | "ko";
  readonly copy: (text: string) => Promise<boolean>;
  readonly children: ReactNode;
}

/** The error boundary for our own bugs: the pipeline stays stored in the browser, and the report can be copied. */
export class ErrorEdge extends Component<Props, { readonly error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    const t = translator(this.props.language());
    const { error } = this.state;
    const report = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ""}` : String(error);
    return (
      <div className="crash" role="alert">
        <h1>{t("crash-title")}</h1>
        <span>{t("crash-text")}</span>
        <pre>{report}</pre>
        <div className="row">
          <button type="button" className="btn primary" onClick={() => this.setState({ error: undefined })}>
            {t("crash-again")}
          </button>
          <button type="button" className="btn line" onClick={() => void this.props.copy(report)}>
            {t("crash-copy")}
          </button>
          <button type="button" className="btn line" onClick={() => location.reload()}>
            {t("crash-reload")}
          </button>
        </div>
      </div>
    );
  }
}
