import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import type { Point } from "#editor/layout/places.ts";

/** A menu that opens at a point of the screen; it closes by a choice, Escape or a press elsewhere. */
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
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden="true" style={{ position: "fixed", left: screen.x, top: screen.y, width: 1, height: 1 }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="pop menu"
          align="start"
          side="bottom"
          aria-label={label}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          {children}
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

/** One entry; what is not available now is grey and says why. */
export function MenuEntry({ text, end, why, onChoose }: ItemProps) {
  return (
    <DropdownMenu.Item className="menu-item" disabled={why !== undefined} title={why} onSelect={onChoose}>
      <span className="grow">{text}</span>
      {end ? <span className="end">{end}</span> : null}
    </DropdownMenu.Item>
  );
}

/** A line between entries. */
export function MenuLine() {
  return <DropdownMenu.Separator className="menu-line" />;
}
