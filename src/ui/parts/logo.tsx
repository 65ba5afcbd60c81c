/** The mark: an output wired to an input. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 22 22" aria-hidden="true">
      <rect width="22" height="22" rx="5" fill="var(--accent)" />
      <path d="M7.6 7C13 7 9 15 13.4 15" fill="none" stroke="var(--accent-fg)" strokeWidth="1.7" />
      <circle cx="6.4" cy="7" r="2.5" fill="var(--accent-fg)" />
      <rect x="13" y="12.6" width="4.8" height="4.8" rx=".8" fill="var(--accent-fg)" />
    </svg>
  );
}
