// Preloaded into a process (`node -r`): on exit it writes its largest memory (MB) and its processor time (seconds) to descriptor 3.
process.on("exit", () => {
  const { maxRSS } = process.resourceUsage();
  const { user, system } = process.cpuUsage();
  require("node:fs").writeSync(3, JSON.stringify({ memory: maxRSS / 1024, seconds: (user + system) / 1e6 }));
});
