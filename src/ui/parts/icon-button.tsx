import type { LucideIcon } from "lucide-react";
import type { Ref } from "react";

interface Props {
  readonly icon: LucideIcon;
  /** Name of the button and its tooltip. */
  readonly label: string;
  /** A longer tooltip, such as the step that would be undone. */
  readonly title?: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly small?: boolean;
  readonly tabIndex?: number;
  readonly onClick: () => void;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with an icon and an accessible name. */
export function IconButton({ icon: Icon, label, title, pressed, disabled, small, tabIndex, onClick, ref }: Props) {
  return (
    <button
      ref={ref}
      type="button"
      className={`btn icon${small ? " sm" : ""}${pressed ? " on" : ""}`}
      aria-label={label}
      title={title ?? label}
      aria-pressed={pressed}
      disabled={disabled}
      tabIndex={tabIndex}
      onClick={onClick}
    >
      <Icon className="i" aria-hidden="true" />
    </button>
  );
}
