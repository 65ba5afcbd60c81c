import { Ban, CircleHelp, Lightbulb } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import type { Values } from "#messages/translate.ts";
import type { Judgement, Offer } from "./canvas-props.ts";
import styles from "./canvas.module.css";

export interface RefusalProps {
  readonly judgement: Exclude<Judgement, { fits: "yes" }>;
  readonly at: { readonly left: number; readonly top: number };
  /** It stays and takes the keyboard: the wire was dropped. */
  readonly stays: boolean;
  readonly t: (code: string, values?: Values) => string;
  readonly onPick: (offer: Offer) => void;
  readonly onClose: () => void;
}

/** Shows beside the pointer why a wire is refused, with at most two next steps; Enter chooses the likelier one. */
export function Refusal({ judgement, at, stays, t, onPick, onClose }: RefusalProps) {
  const root = useRef<HTMLDivElement>(null);
  const offers = (judgement.offers ?? []).slice(0, 2);
  const { code, values } = judgement.reason;
  const title = t(`${code}.title`, values);
  const Icon = judgement.fits === "help" ? CircleHelp : Ban;
  useEffect(() => {
    if (stays) (root.current?.querySelector("button") ?? root.current)?.focus({ preventScroll: true });
  }, [stays]);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape") onClose();
    const picked = offers[Number(event.key) - 1];
    if (picked) onPick(picked);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const buttons = [...(root.current?.querySelectorAll("button") ?? [])];
      const next = buttons.indexOf(document.activeElement as HTMLButtonElement) + (event.key === "ArrowDown" ? 1 : -1);
      buttons[(next + buttons.length) % buttons.length]?.focus();
    }
  };
  return (
    <div
      ref={root}
      className={styles.bubble}
      style={at}
      role="alertdialog"
      aria-label={t(judgement.fits === "help" ? "canvas.needs-choice" : "canvas.refused")}
      tabIndex={-1}
      data-overlay=""
      onKeyDown={onKeyDown}
    >
      <div className={styles.reason}>
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
        <div>
          <b>{title === `${code}.title` ? t(judgement.fits === "help" ? "canvas.needs-choice" : "canvas.refused") : title}</b>
          <span>{t(code, values)}</span>
        </div>
      </div>
      {offers.map((offer, i) => (
        <OfferButton key={offer.code} offer={offer} index={i} t={t} onPick={onPick} />
      ))}
    </div>
  );
}

function OfferButton({ offer, index, t, onPick }: { offer: Offer; index: number; t: RefusalProps["t"]; onPick: RefusalProps["onPick"] }) {
  const hint = t(`${offer.code}.hint`, offer.values);
  return (
    <button type="button" className={styles.offer} onClick={() => onPick(offer)}>
      <Lightbulb size={16} strokeWidth={1.75} aria-hidden="true" />
      <span>
        <b>{t(offer.code, offer.values)}</b>
        {hint !== `${offer.code}.hint` && <small>{hint}</small>}
      </span>
      <kbd>{index === 0 ? "1 ↵" : index + 1}</kbd>
    </button>
  );
}
