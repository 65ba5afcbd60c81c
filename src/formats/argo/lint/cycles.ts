/**
 * A cycle among names, each with the names it waits for: the first one found, its first name repeated at the end; undefined without one.
 */
export function cycleIn(waits: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of waits.keys()) {
    // The way walked so far, each name with those of its neighbours that are still to be visited; no recursion, a chain may be long.
    const way: { readonly name: string; readonly open: string[] }[] = [];
    const enter = (name: string) => void way.push({ name, open: [...(waits.get(name) ?? [])] });
    const onWay = new Set<string>();
    if (!done.has(start)) enter(start);
    for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
      onWay.add(here.name);
      const next = here.open.shift();
      if (next === undefined) {
        done.add(here.name);
        onWay.delete(here.name);
        way.pop();
      } else if (onWay.has(next)) {
        const names = way.map(({ name }) => name);
        return [...names.slice(names.indexOf(next)), next];
      } else if (!done.has(next) && waits.has(next)) enter(next);
    }
  }
  return undefined;
}
