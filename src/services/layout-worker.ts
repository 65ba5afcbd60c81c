// ELK's own worker script: inside a worker it listens to that worker's messages ({id, cmd, …}) and answers {id, data} or {id, error}. It is
// a file of its own so that its 440 kB load when a graph is first arranged, and never on the page itself.
import "elkjs/lib/elk-worker.min.js";
