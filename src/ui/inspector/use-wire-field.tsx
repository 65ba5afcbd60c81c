import { type ReactNode, useEffect, useLayoutEffect, useMemo } from "react";
import { useStore } from "zustand";
import { useTranslate } from "../use-editor.ts";
import { type WireField, wireFields } from "../wire-fields.ts";

/** What a row needs to show that a wire can end at it. */
export interface ShownWireField {
  /** For the row's element. `data-wire` says how it takes the dragged wire: styles of inspector.css. */
  readonly row: { readonly "data-wire-field": string; readonly "data-wire"?: "yes" | "help" | "no"; readonly "data-wire-over"?: true };
  /** Why the row does not take the wire over it, or the last one, with what could be done. */
  readonly reason: ReactNode;
}

/** Makes a row of the inspector a target for wires of the canvas. */
export function useWireField(id: string, field: WireField): ShownWireField {
  const t = useTranslate();
  useLayoutEffect(() => wireFields.add(id, field));
  const wire = useStore(wireFields.store, (state) => state.wire);
  const isOver = useStore(wireFields.store, (state) => state.over === id);
  const refused = useStore(wireFields.store, (state) => (state.refused?.field === id ? state.refused.wire : undefined));
  // Judged once for each wire: a row does not change while a wire is drawn.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const judgement = useMemo(() => ((wire ?? refused) ? field.judge((wire ?? refused)!) : undefined), [wire, refused]);
  useEffect(() => {
    if (!refused) return;
    const onPress = (event: PointerEvent) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-wire-field]") : null;
      if (row?.dataset.wireField !== id) wireFields.close();
    };
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && wireFields.close();
    window.addEventListener("pointerdown", onPress, true);
    window.addEventListener("keydown", onKey, true);
    return () => {
      window.removeEventListener("pointerdown", onPress, true);
      window.removeEventListener("keydown", onKey, true);
    };
  }, [refused, id]);
  const isMessage = judgement && judgement.fits !== "yes" && (refused !== undefined || isOver);
  const offers = refused && judgement?.fits === "help" ? judgement.offers.filter(({ as }) => as !== undefined) : [];
  return {
    row: {
      "data-wire-field": id,
      ...(wire && judgement && { "data-wire": judgement.fits }),
      ...(isOver && { "data-wire-over": true as const }),
    },
    reason: isMessage ? (
      <div className="note t-warning" role="status">
        <span>
          {t(judgement.reason.code, judgement.reason.values)}{" "}
          {offers.map((offer) => (
            <button
              key={offer.code}
              type="button"
              className="btn link"
              onClick={() => {
                wireFields.close();
                field.take(refused!, offer.as);
              }}
            >
              {t(offer.code, offer.values)}
            </button>
          ))}
        </span>
      </div>
    ) : null,
  };
}
