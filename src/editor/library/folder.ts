/** Files of a folder that may hold a component: a folder brings along much that is none. */
export function isComponentFolderFile(name: string): boolean {
  return /\.(ya?ml|json|py)$/i.test(name) && !/(^|\/)(\.|node_modules\/|__pycache__\/)/.test(name);
}

/** The most files read out of one folder, and the largest of them. */
export const folderBounds = { files: 2_000, bytes: 2_000_000 } as const;
