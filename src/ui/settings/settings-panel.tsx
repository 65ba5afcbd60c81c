import { Braces, Search } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { rankOf } from "#editor/commands/search.ts";
import { applies, isChanged } from "#editor/settings/access.ts";
import type { Setting, Tab } from "#editor/settings/setting.ts";
import { settingsOf } from "#editor/settings/table.ts";
import { unmountedVolumes } from "#editor/settings/volumes.ts";
import { Section } from "../inspector/inspector-head.tsx";
import { Editable } from "../parts/editable.tsx";
import { useTranslate } from "../use-editor.ts";
import { ClaimControl } from "./claim-control.tsx";
import { Compute, Gpu } from "./compute.tsx";
import { placeText, SettingRow } from "./setting-row.tsx";
import { shownSetting, type Subject, SubjectContext, useSubject } from "./edited-tasks.ts";
import { WholeYaml } from "./yaml-control.tsx";

interface Props {
  readonly subject: Subject;
  /** Parts of the panel that are no settings, each with the tab before whose groups it is. */
  readonly parts: Readonly<Partial<Record<Tab, ReactNode>>>;
  /** The tabs in order; one without settings and parts is left out. */
  readonly tabs: readonly Tab[];
  /** The name of the first tab, which describes the subject. */
  readonly kindLabel?: string;
}

/** All settings of a subject in one scroll: tabs lead to their groups, a search finds a setting by its name, its field or its help. */
export function SettingsPanel({ subject, parts, tabs: wanted, kindLabel }: Props) {
  const t = useTranslate();
  const id = useId();
  const [text, setText] = useState("");
  const [isWhole, setIsWhole] = useState(false);
  const settings = settingsOf(subject.holders[0].format).filter((setting) => subject.holders.every((holder) => applies(setting, holder)));
  const tabs = wanted.filter(
    (one) => one === "yaml" || parts[one] !== undefined || settings.some((setting) => setting.tab === one && isUsual(setting, subject)),
  );
  const [tab, setTab] = useState<Tab | undefined>(tabs[0]);
  const go = (to: Tab) => {
    setTab(to);
    setText("");
    if (to === "yaml") setIsWhole(true);
    // Once the groups have replaced the search results.
    setTimeout(() => document.getElementById(`${id}-${to}`)?.scrollIntoView({ block: "start" }));
  };
  return (
    <SubjectContext value={subject}>
      <div className="settings-head">
        <nav className="tabs" aria-label={t("settings-tabs")}>
          {tabs.map((one) => (
            <button
              key={one}
              type="button"
              className={`tab-b${one === tab && text === "" ? " on" : ""}`}
              aria-current={one === tab && text === "" ? "true" : undefined}
              {...(one === "yaml" ? { "aria-label": t("tab-yaml"), title: t("tab-yaml") } : {})}
              onClick={() => go(one)}
            >
              {one === "yaml" ? (
                <Braces className="i s" aria-hidden="true" />
              ) : one === "kind" && kindLabel !== undefined ? (
                kindLabel
              ) : (
                t(`tab-${one}`)
              )}
            </button>
          ))}
        </nav>
        <label className="field find">
          <Search className="i xs" aria-hidden="true" />
          <input
            type="search"
            aria-label={t("settings-find")}
            placeholder={t("settings-find")}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape" && text !== "") {
                event.stopPropagation();
                setText("");
              }
            }}
          />
        </label>
      </div>
      <div className="scroll" key={subject.owner} onScroll={(event) => setTab(tabInView(event.currentTarget, id, tabs) ?? tab)}>
        <Editable>
          {text.trim() === "" ? (
            tabs.map((one) => (
              <div key={one} id={`${id}-${one}`}>
                {parts[one]}
                {one === "yaml" ? (
                  <Whole isOpen={isWhole} onToggle={() => setIsWhole(!isWhole)} />
                ) : (
                  groupsOf(settings, one).map(([group, list]) => <Group key={group} group={group} settings={list} />)
                )}
              </div>
            ))
          ) : (
            <Found settings={settings} text={text} />
          )}
        </Editable>
      </div>
    </SubjectContext>
  );
}

/** Whether a setting is shown without a request: common for the kind of template, or set. */
function isUsual(setting: Setting, subject: Subject): boolean {
  return !subject.covered?.has(setting.id) && (setting.rare !== true || isChanged(setting, shownSetting(setting, subject)));
}

/** The last tab whose part begins above the upper third of what is seen. */
function tabInView(scroller: HTMLElement, id: string, tabs: readonly Tab[]): Tab | undefined {
  // The last part is often too short to reach the top.
  if (scroller.scrollTop > 0 && scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2) return tabs.at(-1);
  const line = scroller.getBoundingClientRect().top + scroller.clientHeight / 3;
  return tabs.findLast((one) => (document.getElementById(`${id}-${one}`)?.getBoundingClientRect().top ?? Infinity) <= line);
}

function groupsOf(settings: readonly Setting[], tab: Tab): readonly (readonly [string, readonly Setting[]])[] {
  const groups = new Map<string, Setting[]>();
  for (const setting of settings) {
    if (setting.tab !== tab) continue;
    const list = groups.get(setting.group);
    if (list) list.push(setting);
    else groups.set(setting.group, [setting]);
  }
  return [...groups];
}

/** A group: common settings and those that are set; rare ones on request. A group of rare settings only is one line. */
function Group({ group, settings }: { readonly group: string; readonly settings: readonly Setting[] }) {
  const t = useTranslate();
  const subject = useSubject();
  const [open, setOpen] = useState(false);
  // A mount shows its volume already; those that nothing mounts have no other place.
  const isCovered = (setting: Setting) =>
    setting.id === "volumes" && subject.holders.every((holder) => unmountedVolumes(holder).length === 0);
  const isShown = (setting: Setting) => open || (!isCovered(setting) && isUsual(setting, subject));
  const shown = settings.filter(isShown);
  const hidden = settings.length - shown.length;
  const more =
    hidden > 0 ? (
      <button type="button" className="btn link" aria-expanded={open} onClick={() => setOpen(true)}>
        {t("setting-more", { n: hidden })}
      </button>
    ) : undefined;
  return (
    <Section title={t(`settings-${group}`)} action={more}>
      {group === "resource" ? <ClaimControl /> : null}
      {group === "compute" ? (
        <Compute />
      ) : group === "gpu" ? (
        <Gpu />
      ) : (
        shown.map((setting) => <SettingRow key={setting.id} setting={setting} />)
      )}
    </Section>
  );
}

function Found({ settings, text }: { readonly settings: readonly Setting[]; readonly text: string }) {
  const t = useTranslate();
  const { holders } = useSubject();
  const found = settings
    .map((setting) => ({
      setting,
      rank: Math.min(
        rankOf(t(`setting-${setting.id}`), text),
        rankOf(placeText(setting, holders[0]), text) + 1,
        rankOf(t(`settings-${setting.group}`), text) + 2,
        rankOf(t(`setting-${setting.id}.help`), text) + 3,
      ),
    }))
    .filter(({ rank }) => rank !== Infinity)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, 20);
  if (found.length === 0) return <div className="empty-line">{t("settings-none", { text })}</div>;
  return (
    <div className="sec">
      {found.map(({ setting }) => (
        <SettingRow key={setting.id} setting={setting} />
      ))}
    </div>
  );
}

/** Everything as YAML, on request: printing a large template takes a moment. */
function Whole({ isOpen: open, onToggle }: { readonly isOpen: boolean; readonly onToggle: () => void }) {
  const t = useTranslate();
  const subject = useSubject();
  const [holder] = subject.holders;
  if (subject.holders.length > 1) return null;
  return (
    <Section
      title={t("section-rest")}
      action={
        <button type="button" className="btn link" aria-expanded={open} onClick={onToggle}>
          {t(open ? "collapse" : "expand")}
        </button>
      }
    >
      {open ? (
        <WholeYaml holder={holder} path={holder.area === "pipeline" ? holder.specKey : []} owner={subject.owner} of={subject.of} />
      ) : (
        <span className="muted small">{t("setting-whole")}</span>
      )}
    </Section>
  );
}
