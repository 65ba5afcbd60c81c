import { type LucideIcon, FileCode, PanelRightClose, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { setPanel } from "#editor/actions.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditor, useTranslate } from "../use-editor.ts";

/** Icon, name and kind of what the inspector shows. */
export function InspectorHead({
  title,
  detail,
  icon: Icon = SlidersHorizontal,
  more,
}: {
  readonly title: string;
  readonly detail: string;
  readonly icon?: LucideIcon;
  readonly more?: ReactNode;
}) {
  const t = useTranslate();
  const editor = useEditor();
  return (
    <div className="inspector-head">
      <span className="tile">
        <Icon className="i s" aria-hidden="true" />
      </span>
      <div className="names">
        <b className="cut" translate="no">
          {title}
        </b>
        <span className="cut">{detail}</span>
      </div>
      {more}
      <IconButton small icon={PanelRightClose} label={t("collapse")} onClick={() => setPanel(editor, "right", undefined)} />
    </div>
  );
}

/** Which lines the fields above write, and a link to them. */
export function WrittenAt({
  where,
  path,
  help,
}: {
  readonly where: string;
  readonly path: readonly (string | number)[];
  readonly help?: string | undefined;
}) {
  const t = useTranslate();
  const editor = useEditor();
  const show = () =>
    editor.session((now) => ({ panels: { ...now.panels, right: "yaml" }, reveal: { path, id: (now.reveal?.id ?? 0) + 1 } }));
  return (
    <div className="inspector-foot">
      <FileCode className="i xs" aria-hidden="true" />
      <span className="grow cut" title={help === undefined ? where : `${where}\n${help}`}>
        <span className="mono" translate="no">
          {where}
        </span>
      </span>
      <button type="button" className="btn link" onClick={show}>
        {t("show-in-yaml")}
      </button>
    </div>
  );
}

/** One section with its title. */
export function Section({
  title,
  action,
  children,
}: {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="sec" aria-label={title}>
      <h3>
        <span className="grow">{title}</span>
        {action}
      </h3>
      {children}
    </section>
  );
}
