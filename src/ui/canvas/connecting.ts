import type { BoxId } from "#editor/layout/geometry.ts";
import { createAnswers, createConnector, createFits } from "./connect-ports.ts";
import { draggedWire, portAt, type ConnectingModel } from "./connecting-model.ts";
import type { Held, PortRef } from "./gesture.ts";
import type { PointerState } from "./pointer.ts";
import { createRelease } from "./release-wire.ts";
import { createTake } from "./take-wire.ts";
import { connectChoices, portPoint, type PortAt } from "./wire-ends.ts";

export type Connecting = ReturnType<typeof connecting>;

/**
 * Drawing wires, without React: what a press picks up, where the loose end sticks, and what a release results in, in the graph of the last
 * `setModel`. The answer to the last wire stays until it is closed.
 */
export function connecting(first: ConnectingModel) {
  let current = first;
  const model = () => current;
  const answers = createAnswers(model);
  const fits = createFits(model);
  const connector = createConnector(model, answers, fits);

  const aim = (held: Held, pointerState: PointerState): PortRef | undefined => {
    const wire = draggedWire(model(), held);
    model().props.fields?.aim(pointerState.under.kind === "outside" ? pointerState.client : undefined);
    const port = wire && fits.near(wire.from, pointerState);
    return port && { box: port.box.id, row: port.row.key };
  };
  const listFrom = (from: PortAt) => {
    const { props, boxes, rects } = model();
    answers.ask({
      from,
      title: props.t("canvas.connect-to", { port: from.row.port.label, task: from.box.title }),
      choices: connectChoices(from, boxes, rects, (port) => fits.judged(from, port)),
      at: portPoint(from, rects),
      pick: ({ port }) => connector.attempt(from, port),
    });
  };
  const openList = (id: BoxId, row?: string) => {
    const { props, byId, rects } = model();
    const box = byId.get(id);
    if (!box || props.readOnly) return;
    answers.close();
    const only = row === undefined ? undefined : portAt(byId, { box: id, row });
    const ports = [...box.outputs, ...box.inputs].map((one): PortAt => ({ box, row: one }));
    if (only) listFrom(only);
    else if (ports.length === 1) listFrom(ports[0]!);
    else if (ports.length > 1)
      answers.ask({
        title: props.t("canvas.choose-port"),
        choices: ports.map((port) => ({ port })),
        at: rects.get(id) ?? { x: 0, y: 0 },
        pick: ({ port }) => listFrom(port),
      });
  };
  return {
    setModel: (next: ConnectingModel) => void (current = next),
    answers: answers.store,
    close: answers.close,
    connect: connector.connect,
    take: createTake(model, answers),
    aim,
    release: createRelease({ model, answers, fits, connector }),
    openList,
    fitsFrom: fits.fitsFrom,
    judged: fits.judged,
    heldWire: connector.heldWire,
  };
}
