import * as DropdownMenu from "@radix-ui/react-dropdown-menu";
import { createContext, type ReactNode, useContext, useLayoutEffect, useRef } from "react";
import { flushSync } from "react-dom";
import type { Point } from "#editor/layout/geometry.ts";

const CloseContext = createContext<() => void>(() => undefined);

/**
 * A menu that opens at a point of the screen; it closes by a choice, Escape or a press elsewhere. The focus goes back to where it was
 * before the chosen entry runs.
 */
export function MenuAt({
  screen,
  label,
  onClose,
  children,
}: {
  readonly screen: Point;
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const content = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const menu = content.current;
    return () => {
      const active = document.activeElement;
      if (active && active !== document.body && !menu?.contains(active)) return;
      if (opener instanceof HTMLElement && opener !== document.body && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden="true" style={{ position: "fixed", left: screen.x, top: screen.y, width: 1, height: 1 }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          ref={content}
          className="pop menu"
          align="start"
          side="bottom"
          aria-label={label}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <CloseContext value={onClose}>{children}</CloseContext>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  readonly text: string;
  readonly end?: string;
  readonly why?: string;
  readonly onChoose: () => void;
}

/** One entry; an unavailable one is grey and gives the reason. */
export function MenuEntry({ text, end, why, onChoose }: ItemProps) {
  const close = useContext(CloseContext);
  return (
    <DropdownMenu.Item
      className="menu-item"
      disabled={why !== undefined}
      title={why}
      onSelect={(event) => {
        // Closed here, not by the menu afterwards: what the entry opens must stay.
        event.preventDefault();
        flushSync(close);
        onChoose();
      }}
    >
      <span className="grow">{text}</span>
      {end ? <span className="end">{end}</span> : null}
    </DropdownMenu.Item>
  );
}

/** A line between entries. */
export function MenuLine() {
  return <DropdownMenu.Separator className="menu-line" />;
}
