// ELK's own worker script: loaded inside a worker it listens to that worker's messages ({id, cmd, …}) and answers {id, data} or {id, error}.
// It is in a file of its own so that its 440 kB load when a graph is first arranged, and the page never runs it.
import "elkjs/lib/elk-worker.min.js";
