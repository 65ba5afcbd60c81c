/** Runs a job in many small steps while the page is idle. Returns a function that stops it. */
export function whenIdle(steps: Iterator<void>): () => void {
  let stopped = false;
  const later = (work: (until: number) => void) => {
    // Safari has no idle callbacks; short turns at intervals do as well.
    if ("requestIdleCallback" in globalThis)
      requestIdleCallback((deadline) => work(performance.now() + Math.min(deadline.timeRemaining(), longestTurn)));
    else setTimeout(() => work(performance.now() + 4), 50);
  };
  const work = (until: number) => {
    do if (stopped || steps.next().done) return;
    while (performance.now() < until);
    later(work);
  };
  later(work);
  return () => void (stopped = true);
}

/** Milliseconds; an idle period may be longer, but the user may return in the middle of it. */
const longestTurn = 12;
