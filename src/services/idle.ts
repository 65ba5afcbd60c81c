/** Does a work of many small steps while the page has nothing else to do. Gives the way to stop it. */
export function whenIdle(steps: Iterator<void>): () => void {
  let stopped = false;
  const later = (work: (until: number) => void) => {
    // Safari has no idle callbacks; a short turn now and then does as well.
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

/** Milliseconds; an idle time may be longer, but the user may come back in the midst of it. */
const longestTurn = 12;
