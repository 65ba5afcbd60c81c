/** Files of a folder that may contain a component; most of a folder usually does not. */
export function isComponentFolderFile(name: string): boolean {
  return /\.(ya?ml|json|py)$/i.test(name) && !/(^|\/)(\.|node_modules\/|__pycache__\/)/.test(name);
}

/** The maximum number of files read from one folder, and the maximum size of each. */
export const folderBounds = { files: 2_000, bytes: 2_000_000 } as const;
