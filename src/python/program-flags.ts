/** The flag of a port on the program's command line. */
export function flagOf(port: string): string {
  return `--${port.replaceAll("_", "-")}`;
}

/** The flag before the paths of returned values. */
export const outputPathsFlag = "----output-paths";
